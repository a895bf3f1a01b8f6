import { asc, eq, gt } from 'drizzle-orm';
import type { Reader } from '../../db/store.ts';
import type { BadRow } from '../../shared/ledger/verification.ts';
import { accountIdOf, isAccountOf, missingAccount } from './account-number.ts';
import type { EntryRow, FactRow, LineRow, MonthRow, TextRow } from './journal-rows.ts';
import { type LedgerKinds, parseAccountId } from './kind-registry.ts';
import { textCommitment } from './seal.ts';
import { bad, type LedgerTable, type AccountTrack } from './verify-entry.ts';
import { orphanFact } from './verify-facts.ts';

interface LoadedAccounts {
  readonly accounts: ReadonlyMap<string, AccountTrack>;
  readonly numbered: ReadonlyMap<number, AccountTrack>;
  readonly bad: BadRow | null;
}

/** Reads every account of the book, with its balance at zero, or finds the first that does not fit its id. */
export async function loadAccounts(
  reader: Reader,
  kinds: LedgerKinds,
  villageId: string,
): Promise<LoadedAccounts> {
  const { accounts: table } = reader.t;
  const rows = await reader.db.select().from(table).where(eq(table.villageId, villageId)).orderBy(table.id);
  const accounts = new Map<string, AccountTrack>();
  const numbered = new Map<number, AccountTrack>();
  for (const row of rows) {
    const wrong = wrongAccount(kinds, row);
    if (wrong) return { accounts, numbered, bad: wrong };
    const { id, number, unit, floor } = row;
    const track = { id, number, unit, floor, balance: 0, through: '', lastNumber: 0, months: new Map() };
    accounts.set(id, track);
    numbered.set(number, track);
  }
  return { accounts, numbered, bad: null };
}

interface AccountRow {
  readonly id: string;
  readonly kind: string;
  readonly ownerId: string;
  readonly unit: string;
  readonly floor: number | null;
}

function wrongAccount(kinds: LedgerKinds, { id, kind, ownerId, unit, floor }: AccountRow): BadRow | null {
  const account = parseAccountId(kinds, id);
  const said = `${kind}:${ownerId}:${unit}`;
  if (!account) return bad('accounts', { check: 'account', accountId: id, expected: said, found: id });
  if (said !== id) return bad('accounts', { check: 'account', accountId: id, expected: id, found: said });
  const { floor: expected } = account;
  return floor === expected
    ? null
    : bad('accounts', { check: 'floor', accountId: id, expected, found: floor });
}

/**
 * Finds the first stored balance, by account id, that is not the recomputed one, or an account that no line names.
 */
export async function checkBalances(
  reader: Reader,
  villageId: string,
  accounts: ReadonlyMap<string, AccountTrack>,
): Promise<BadRow | null> {
  const { balances, accounts: table } = reader.t;
  const { balance, floor, effectiveThrough } = balances;
  const rows = await reader.db
    .select({ accountId: accountIdOf(table, balances), balance, floor, effectiveThrough })
    .from(balances)
    .leftJoin(table, isAccountOf(table, balances))
    .where(eq(balances.villageId, villageId));
  const stored = new Map(rows.map((row) => [row.accountId, row]));
  for (const id of [...new Set([...accounts.keys(), ...stored.keys()])].sort(byBytes)) {
    const wrong = wrongBalance(id, accounts.get(id), stored.get(id));
    if (wrong) return wrong;
  }
  return null;
}

interface BalanceRow {
  readonly balance: number;
  readonly floor: number;
  readonly effectiveThrough: string;
}

function wrongBalance(
  accountId: string,
  track: AccountTrack | undefined,
  stored: BalanceRow | undefined,
): BadRow | null {
  if (track?.lastNumber === 0)
    return bad('accounts', { check: 'orphan', accountId, expected: '', found: accountId });
  if (!track || (track.floor === null && stored)) {
    return bad('balances', { check: 'orphan', accountId, expected: '', found: stored?.balance ?? '' });
  }
  if (track.floor === null) return null;
  if (!stored) return bad('balances', { check: 'missing', accountId, expected: track.balance, found: '' });
  const differs = (
    check: 'balance' | 'floor' | 'through',
    expected: string | number,
    found: string | number,
  ) => (expected === found ? null : bad('balances', { check, accountId, expected, found }));
  return (
    differs('balance', track.balance, stored.balance) ??
    differs('floor', track.floor, stored.floor) ??
    differs('through', track.through, stored.effectiveThrough)
  );
}

/** Checks the next stored sum of a month against the recomputed one of its account, which is taken out. */
export function checkMonth(
  track: AccountTrack | undefined,
  { month, accountNumber, amount }: MonthRow,
): BadRow | null {
  const accountId = track?.id ?? missingAccount(accountNumber);
  const expected = track?.months.get(month);
  const found = `${month}: ${String(amount)}`;
  if (expected === undefined)
    return bad('account_months', { check: 'orphan', accountId, expected: '', found });
  track?.months.delete(month);
  return amount === expected
    ? null
    : bad('account_months', { check: 'month', accountId, expected: `${month}: ${String(expected)}`, found });
}

/** Finds the first recomputed month, by account id, that has no stored sum. */
export function findMissingMonth(accounts: ReadonlyMap<string, AccountTrack>): BadRow | null {
  const [first] = Array.from(accounts.values())
    .filter(({ months }) => months.size > 0)
    .sort((a, b) => byBytes(a.id, b.id));
  if (!first) return null;
  const [[month, amount] = ['', 0]] = Array.from(first.months).sort(([a], [b]) => byBytes(a, b));
  return bad('account_months', {
    check: 'missing',
    accountId: first.id,
    expected: `${month}: ${String(amount)}`,
    found: '',
  });
}

/** Checks the next text row against an entry whose seal fits. An erased text has neither body nor salt. */
export function checkText(header: EntryRow, text: TextRow | null): BadRow | null {
  const { number, textCommitment: committed } = header;
  if (text && text.number < number) return orphanText(text);
  if (text?.number !== number) {
    if (committed === null) return null;
    return bad('journal_texts', { check: 'missing', number, expected: committed, found: '' });
  }
  if (committed === null) return orphanText(text);
  const { body, salt } = text;
  if (body === null && salt === null) return null;
  const found = body === null || salt === null ? null : textCommitment(salt, body);
  return found === committed
    ? null
    : bad('journal_texts', { check: 'text', number, expected: committed, found });
}

export function orphanText({ number, body }: TextRow): BadRow {
  return bad('journal_texts', {
    check: 'orphan',
    number,
    expected: '',
    found: body === null ? null : '…',
  });
}

interface End {
  /** Number of the last entry there is. */
  readonly last: number;
  readonly headNumber: number;
  /** The first line, text and fact after the last entry. */
  readonly line: LineRow | null;
  readonly text: TextRow | null;
  readonly fact: FactRow | null;
  /** The first stored balance, or else sum of a month, that is wrong. */
  readonly balances: BadRow | null;
}

/**
 * Checks the rest once all entries fit. When head and journal disagree, the rest of the book is the witness: lines
 * without a header, or balances that include more than the journal, mean that an entry was taken away.
 */
export function checkEnd({ last, headNumber, line, text, fact, balances }: End): BadRow | null {
  const left = line ?? text ?? fact;
  if (headNumber > last && (left !== null || balances !== null)) {
    return bad('journal', { check: 'gap', number: last + 1, expected: last + 1, found: '' });
  }
  if (line) {
    const { number, line: index, accountId, amount } = line;
    return bad('postings', { check: 'orphan', number, line: index, accountId, expected: '', found: amount });
  }
  if (text) return orphanText(text);
  if (fact) return orphanFact(fact, 0);
  if (headNumber < last && balances) {
    return bad('journal', {
      check: 'head',
      number: headNumber + 1,
      expected: headNumber,
      found: headNumber + 1,
    });
  }
  if (headNumber !== last)
    return bad('ledger_heads', { check: 'head', number: headNumber, expected: last, found: headNumber });
  return balances;
}

/**
 * Finds the first row of the ledger that belongs to none of these villages: no walk along a book ever meets it. It
 * asks each table for the next village it knows, so that the cost does not grow with the books.
 */
export async function findStray(reader: Reader, villageIds: readonly string[]): Promise<BadRow | null> {
  const known = new Set(villageIds);
  const { ledgerHeads, accounts, balances, accountMonths, journal, postings, journalFacts, journalTexts } =
    reader.t;
  const tables = [
    ['ledger_heads', ledgerHeads],
    ['accounts', accounts],
    ['balances', balances],
    ['account_months', accountMonths],
    ['journal', journal],
    ['postings', postings],
    ['journal_facts', journalFacts],
    ['journal_texts', journalTexts],
  ] as const;
  for (const [name, table] of tables) {
    const stray = await strayIn(reader, name, table, known);
    if (stray) return stray;
  }
  return null;
}

type StrayTable =
  | 'journal'
  | 'ledgerHeads'
  | 'accounts'
  | 'balances'
  | 'accountMonths'
  | 'postings'
  | 'journalFacts'
  | 'journalTexts';

async function strayIn(
  reader: Reader,
  name: LedgerTable,
  table: Reader['t'][StrayTable],
  known: ReadonlySet<string>,
): Promise<BadRow | null> {
  for (let last: string | null = null; ;) {
    const [row]: { villageId: string }[] = await reader.db
      .select({ villageId: table.villageId })
      .from(table)
      .where(last === null ? undefined : gt(table.villageId, last))
      .orderBy(asc(table.villageId))
      .limit(1);
    if (!row) return null;
    if (!known.has(row.villageId)) return bad(name, { check: 'orphan', expected: '', found: row.villageId });
    last = row.villageId;
  }
}

function byBytes(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
