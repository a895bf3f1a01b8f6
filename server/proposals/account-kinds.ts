import { accountKind } from '../ledger/index.ts';

const common = { unit: 'POINT', floor: null, owner: 'village' } as const;

/** The village's own side of awards, deductions, opening balances, and of points that end with a household's account. */
export const accountKinds = {
  ...accountKind({
    ...common,
    kind: 'issued',
    label: { zh: '发放积分', en: 'Points issued' },
    section: 'equity',
  }),
  ...accountKind({
    ...common,
    kind: 'deducted',
    label: { zh: '扣减积分', en: 'Points deducted' },
    section: 'expenses',
  }),
  ...accountKind({
    ...common,
    kind: 'opening',
    label: { zh: '期初结转', en: 'Opening balances' },
    section: 'equity',
  }),
  ...accountKind({
    ...common,
    kind: 'lapsed',
    label: { zh: '销户注销', en: 'Points lapsed' },
    section: 'expenses',
  }),
};

export const ISSUED = accountKinds.issued.of();
export const DEDUCTED = accountKinds.deducted.of();
export const OPENING = accountKinds.opening.of();
export const LAPSED = accountKinds.lapsed.of();
