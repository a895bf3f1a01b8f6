import { entryKinds as labels } from '../../shared/kiosk/entry-kinds.ts';
import { entryKind } from '../ledger/index.ts';

export const entryKinds = entryKind({
  kind: 'redemption',
  mayPassFloor: false,
  source: ['redemption'],
  label: labels.redemption,
  endsHold: true,
});
