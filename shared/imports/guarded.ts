import type { GuardedOfDomain } from '../changes/guarded-spec.ts';
import { acts } from './acts.ts';

/** A paper may need a second person: for prices, limits, rules and heads that it changes, and for goods that it brings. */
export const guarded = {
  'imports.commit': {
    zh: '导入资料',
    en: 'Import a paper',
    fields: {
      paper: acts['imports.committed'].fields.paper,
      file: acts['imports.committed'].fields.file,
      takenIn: { zh: '进的货折合多少钱', en: 'Goods taken in count as worth', unit: 'yuan' },
      ...acts['imports.changed'].fields,
    },
  },
} as const satisfies GuardedOfDomain;
