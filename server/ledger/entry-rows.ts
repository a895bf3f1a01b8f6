import { added, addedTo, changed, type RowOf, type WrittenRow } from '../../db/index.ts';
import type { AccountState, Head } from './book.ts';
import type { PlannedEntry } from './plan.ts';

type Balance = Pick<AccountState, 'balance' | 'effectiveThrough'>;

/**
 * The rows of planned entries: accounts that are used for the first time, running balances, sums of months, lines, facts,
 * headers, texts, and the moved head. `before` holds the states that the plan started from: who writes the rows checks that they are stored so.
 */
export function entryRows(
  { bookId, number }: Pick<Head, 'bookId' | 'number'>,
  planned: readonly PlannedEntry[],
  before: { readonly get: (accountId: string) => Balance | undefined },
): WrittenRow[] {
  const last = planned.at(-1);
  if (!last) return [];
  const { villageId } = last.header;
  const head = { villageId, bookId, number };
  const rows: WrittenRow[] = [changed('ledgerHeads', head, { number: last.header.number })];
  const moved = new Map<string, Balance>();
  for (const { header, lines, accounts, text, facts } of planned) {
    for (const [index, line] of lines.entries()) {
      const account = accounts[index];
      if (!account) throw new Error('a line without its account');
      const { number: accountNumber, kind, ownerId, unit, floor } = account;
      const { accountId: id, amount, balanceAfter, effectiveOn, effectiveThrough } = line;
      const was = moved.get(id) ?? before.get(id);
      if (!was)
        rows.push(added('accounts', { villageId, number: accountNumber, id, kind, ownerId, unit, floor }));
      const now = { balance: balanceAfter, effectiveThrough };
      moved.set(id, now);
      if (floor !== null) rows.push(balanceRow({ villageId, accountNumber, floor }, was, now));
      const month = monthOf(effectiveOn);
      const posting = { line: line.line, amount, balanceAfter, effectiveOn, effectiveThrough };
      rows.push(
        addedTo('accountMonths', { villageId, month, accountNumber, amount }, ['amount']),
        added('postings', { villageId, number: header.number, accountNumber, ...posting }, id),
      );
    }
    for (const fact of facts) rows.push(added('journalFacts', { villageId, number: header.number, ...fact }));
    rows.push(added('journal', header));
    if (text) rows.push(added('journalTexts', { villageId, number: header.number, ...text }));
  }
  return rows;
}

/** The month of a business day, as sums are kept by it: "2026-05". */
export function monthOf(day: string): string {
  return day.slice(0, 7);
}

function balanceRow(
  account: Pick<RowOf<'balances'>, 'villageId' | 'accountNumber' | 'floor'>,
  was: Balance | undefined,
  now: Balance,
): WrittenRow {
  if (!was) return added('balances', { ...account, ...now });
  const { balance, effectiveThrough } = was;
  return changed('balances', { ...account, balance, effectiveThrough }, now);
}
