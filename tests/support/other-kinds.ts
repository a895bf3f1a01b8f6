import { accountKind, entryKind, ledgerKinds } from '../../server/ledger/index.ts';

/** Kinds of account and entry of a book that is no village's: lots of goods, funds of donors, budgets of points. */
export const OTHER_KINDS = ledgerKinds(
  {
    ...accountKind({
      kind: 'lot',
      unit: 'SKU',
      floor: 0,
      owner: 'lot',
      label: { zh: '批次', en: 'Lot' },
      section: 'assets',
      short: 'ledger.stock_short',
    }),
    ...accountKind({
      kind: 'lot_reserved',
      unit: 'SKU',
      floor: 0,
      owner: 'lot',
      label: { zh: '批次留货', en: 'Reserved of a lot' },
      section: 'assets',
      holdsFor: 'lot',
    }),
    ...accountKind({
      kind: 'outside',
      unit: 'SKU',
      floor: null,
      owner: 'donor',
      label: { zh: '外来', en: 'Outside' },
      section: 'equity',
    }),
    ...accountKind({
      kind: 'fund',
      unit: 'CNY',
      floor: -1000,
      owner: 'fund',
      label: { zh: '专款', en: 'Fund' },
      section: 'assets',
    }),
    ...accountKind({
      kind: 'donations',
      unit: 'CNY',
      floor: null,
      owner: 'village',
      label: { zh: '捐款', en: 'Donations' },
      section: 'equity',
    }),
    ...accountKind({
      kind: 'budget',
      unit: 'POINT',
      floor: 0,
      owner: 'budget',
      label: { zh: '预算', en: 'Budget' },
      section: 'assets',
    }),
    ...accountKind({
      kind: 'minted',
      unit: 'POINT',
      floor: null,
      owner: 'village',
      label: { zh: '发行', en: 'Minted' },
      section: 'equity',
    }),
  },
  {
    ...entryKind({
      kind: 'grant',
      mayPassFloor: true,
      source: null,
      label: { zh: '拨付', en: 'Grant' },
    }),
    ...entryKind({
      kind: 'purchase',
      mayPassFloor: false,
      source: ['order'],
      label: { zh: '采购', en: 'Purchase' },
    }),
    ...entryKind({
      kind: 'handout',
      mayPassFloor: false,
      source: null,
      label: { zh: '发放', en: 'Hand-out' },
      endsHold: true,
    }),
    ...entryKind({
      kind: 'act_keys_given',
      mayPassFloor: false,
      source: ['household'],
      label: { zh: '交钥匙', en: 'Keys given' },
      lines: 'none',
    }),
  },
);
