import type { EntryKind } from '../../../shared/ledger/entry-kinds.ts';
import type { PassbookLine } from '../../../shared/ledger/passbook.ts';
import type { Format } from '../../i18n/format.ts';
import type { DeskText } from '../text.ts';

/** The title of an entry: its own, or its kind where the text was erased or never written. */
export function entryTitle(
  entry: { readonly kind: EntryKind; readonly text: { readonly title: string; readonly erased: boolean } },
  { t }: DeskText,
): string {
  if (entry.text.erased) return t(`ledger.kind.${entry.kind}`) + t('ledger.erased');
  return entry.text.title === '' ? t(`ledger.kind.${entry.kind}`) : entry.text.title;
}

/** The title of a line of a passbook: a reversal is called one, or it would read as the deed itself with a minus. */
export function lineTitle(line: Parameters<typeof entryTitle>[0], text: DeskText): string {
  const title = entryTitle(line, text);
  if (line.text.title === '' || line.text.erased) return title;
  if (line.kind === 'return') return text.t('passbook.return', { title });
  return line.kind === 'reversal' ? text.t('passbook.reversal', { title }) : title;
}

/** Says which volunteers typed their PINs for the household; empty where nobody had to. */
export function witnessWords({ witnessed }: Pick<PassbookLine, 'witnessed'>, { t }: DeskText): string {
  if (witnessed === null) return '';
  const names = witnessed.names.join('、');
  return t(witnessed.why === 'new' ? 'ledger.secondedBy' : 'ledger.vouchedBy', { names });
}

/** Every kind, in the order people look for them. */
export const ENTRY_KINDS_SHOWN: readonly EntryKind[] = [
  'award',
  'deduction',
  'redemption',
  'late_redemption',
  'return',
  'reversal',
  'opening',
  'stock_in',
  'stocktake',
  'hold',
  'release',
  'transfer',
  'closing',
  'budget',
];

/** Kinds of households' entries that can be taken back; stock has its own correction, the stocktake. */
const REVERSIBLE: ReadonlySet<EntryKind> = new Set([
  'award',
  'deduction',
  'redemption',
  'late_redemption',
  'return',
  'opening',
  'transfer',
  'closing',
]);

export function isReversible(entry: {
  readonly kind: EntryKind;
  readonly reversedBy: number | null;
}): boolean {
  return entry.reversedBy === null && REVERSIBLE.has(entry.kind);
}

const ACCOUNT_KINDS = [
  'household',
  'held',
  'issued',
  'deducted',
  'redeemed',
  'opening',
  'lapsed',
  'budget',
  'shelf',
  'supplier',
  'given',
  'adjusted',
  'stock',
  'funding',
  'cost',
] as const;

/** An account's name in plain words; a kind added later shows as it is. */
export function accountWords(kind: string, { t }: DeskText): string {
  const known = ACCOUNT_KINDS.find((name) => name === kind);
  return known === undefined ? kind : t(`ledger.accounts.${known}`);
}

/** A figure in its unit: points, money, or pieces of an item. */
export function amountInUnit(unit: string, amount: number, format: Format): string {
  if (unit === 'POINT') return format.points(amount);
  if (unit === 'CNY') return format.yuan(amount);
  return format.count(amount);
}

const CHECKS = [
  'account',
  'amount',
  'balance',
  'book',
  'chain',
  'floor',
  'gap',
  'head',
  'kind',
  'line',
  'lines',
  'missing',
  'orphan',
  'seal',
  'sum',
  'text',
  'through',
  'version',
] as const;

/** Names the check that failed, in plain words and as the program calls it. */
export function checkWords(check: string, { t }: DeskText): string {
  const known = CHECKS.find((name) => name === check);
  return known === undefined ? check : `${t(`proof.checks.${known}`)} (${check})`;
}
