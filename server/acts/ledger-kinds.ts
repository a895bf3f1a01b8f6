import { entryKinds as labels } from '../../shared/acts/domain.ts';
import { ACT_KIND, entryKind } from '../ledger/index.ts';

export const accountKinds = {};

/** An act: it moves nothing, its source is the thing it was done to, and its facts say what was done. */
export const entryKinds = entryKind({
  kind: ACT_KIND,
  mayPassFloor: false,
  source: null,
  label: labels.act,
  lines: 'none',
});
