import type {
  BalancesField,
  GoodsField,
  PaperField,
  PaperKind,
  RosterField,
  RulesField,
} from '../../../shared/imports/papers.ts';
import type { IconName } from '../../ui/icons.ts';

export const PAPERS: readonly { readonly kind: PaperKind; readonly icon: IconName }[] = [
  { kind: 'roster', icon: 'people' },
  { kind: 'balances', icon: 'ledger' },
  { kind: 'rules', icon: 'book' },
  { kind: 'goods', icon: 'basket' },
];

const roster: readonly RosterField[] = ['number', 'group', 'head', 'relation', 'size', 'phone', 'note'];
const balances: readonly BalancesField[] = [
  'number',
  'group',
  'head',
  'carried',
  'earned',
  'deducted',
  'redeemed',
  'balance',
];
const rules: readonly RulesField[] = [
  'code',
  'category',
  'title',
  'points',
  'proposer',
  'evidence',
  'limit',
  'enabled',
];
const goods: readonly GoodsField[] = [
  'category',
  'name',
  'unit',
  'price',
  'cost',
  'barcode',
  'stock',
  'limit',
];

/** The columns that each paper may hold, in the order people expect. */
export const PAPER_FIELDS: Readonly<Record<PaperKind, readonly PaperField[]>> = {
  roster,
  balances,
  rules,
  goods,
};

/** The page that shows what was brought in. */
export const PLACE_OF_PAPER = {
  roster: 'households',
  balances: 'households',
  rules: 'rules',
  goods: 'goods',
} as const;
