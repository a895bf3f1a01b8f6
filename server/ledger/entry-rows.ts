import { added, addedTo, changed, type RowOf, type WrittenRow } from '../../db/index.ts';
import { accountId } from './account-kind.ts';
import type { AccountState, Head } from './book.ts';
import type { PlannedEntry } from './plan.ts';

/**
 * The rows of planned entries: accounts that are used for the first time, running balances, sums of months, lines, facts,
 * headers, texts, and the moved head. `before` holds the states that the plan started from: who writes the rows checks that they are stored so.
 */
export function entryRows(
  { bookId, number }: Pick<Head, 'bookId' | 'number'>,
  planned: readonly PlannedEntry[],
  before: ReadonlyMap<string, AccountState>,
): WrittenRow[] {
  const last = planned.at(-1);
  if (!last) return [];
  const { villageId } = last.header;
  const head = { villageId, bookId, number };
  const rows: WrittenRow[] = [changed('ledgerHeads', head, { number: last.header.number })];
  const states = new Map(before);
  for (const { header, lines, accounts, text, facts } of planned) {
    for (const [index, line] of lines.entries()) {
      const account = accounts[index];
      if (!account) throw new Error('a line without its account');
      const { kind, ownerId, unit, floor } = account;
      const id = accountId(account);
      const state = states.get(id);
      if (!state) rows.push(added('accounts', { villageId, id, kind, ownerId, unit, floor }));
      const { balanceAfter: balance, effectiveThrough } = line;
      const now = { balance, effectiveThrough };
      states.set(id, now);
      if (floor !== null) rows.push(balanceRow({ villageId, accountId: id, floor }, state, now));
      const month = monthOf(line.effectiveOn);
      rows.push(
        addedTo('accountMonths', { villageId, month, accountId: id, amount: line.amount }, ['amount']),
        added('postings', { villageId, number: header.number, ...line }),
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
  account: Pick<RowOf<'balances'>, 'villageId' | 'accountId' | 'floor'>,
  was: AccountState | undefined,
  now: AccountState,
): WrittenRow {
  return was ? changed('balances', { ...account, ...was }, now) : added('balances', { ...account, ...now });
}
