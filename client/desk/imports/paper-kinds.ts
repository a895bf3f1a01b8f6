import type { RouteLocationRaw } from 'vue-router';
import type {
  BalancesField,
  GoodsField,
  PaperField,
  PaperKind,
  RosterField,
  RulesField,
} from '../../../shared/imports/papers.ts';
import type { ScoresField } from '../../../shared/imports/score-rows.ts';
import type { Permission } from '../../../shared/permissions.ts';
import type { IconName } from '../../ui/icons.ts';

export const PAPERS: readonly { readonly kind: PaperKind; readonly icon: IconName }[] = [
  { kind: 'roster', icon: 'people' },
  { kind: 'balances', icon: 'ledger' },
  { kind: 'rules', icon: 'book' },
  { kind: 'goods', icon: 'basket' },
  { kind: 'scores', icon: 'star' },
];

/** The permission to bring in each paper. */
export const NEEDS_OF_PAPER: Readonly<Record<PaperKind, Permission>> = {
  roster: 'paper.import',
  balances: 'paper.import',
  rules: 'paper.import',
  goods: 'paper.import',
  scores: 'proposal.make',
};

/** The page of a paper, or of one that was read. */
export function pageOf(kind: PaperKind, id?: string): RouteLocationRaw {
  const own = id === undefined ? {} : { id };
  return kind === 'scores' ? { name: 'scores', params: own } : { name: 'import', params: { kind, ...own } };
}

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

const scores: readonly ScoresField[] = [
  'number',
  'group',
  'head',
  'rule',
  'points',
  'date',
  'member',
  'event',
  'note',
];

/** The columns that each paper may hold, in the order people expect. */
export const PAPER_FIELDS: Readonly<Record<PaperKind, readonly PaperField[]>> = {
  roster,
  balances,
  rules,
  goods,
  scores,
};

/** The page that shows what was brought in. */
export const PLACE_OF_PAPER = {
  roster: 'households',
  balances: 'households',
  rules: 'rules',
  goods: 'goods',
  scores: 'approvals',
} as const;
