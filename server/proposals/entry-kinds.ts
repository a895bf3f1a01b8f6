import { entryKinds as labels } from '../../shared/proposals/entry-kinds.ts';
import { entryKind } from '../ledger/index.ts';

const common = { mayPassFloor: false, source: ['proposal'] } as const;

export const entryKinds = {
  /** Opening balances are also imported from a spreadsheet. */
  ...entryKind({
    kind: 'opening',
    mayPassFloor: false,
    source: ['proposal', 'import'],
    label: labels.opening,
  }),
  ...entryKind({ ...common, kind: 'award', label: labels.award }),
  ...entryKind({ ...common, kind: 'deduction', mayPassFloor: true, label: labels.deduction }),
  /** A split, a merge, or a household that leaves its points to another. */
  ...entryKind({ ...common, kind: 'transfer', label: labels.transfer, lines: { every: 'household' } }),
  /** A household leaves its points behind when its account ends; a debt lapses too. */
  ...entryKind({
    ...common,
    kind: 'closing',
    label: labels.closing,
    lines: { inOrder: ['household', 'lapsed'] },
  }),
};
