import { aliasedTable, and, desc, eq, sql } from 'drizzle-orm';
import type { Reader, RowOf, WrittenIn, WrittenRow } from '../../db/index.ts';
import { type Answers, type Ask, askNow, read, stored, type WorkingSet } from '../commands/index.ts';
import { accountId, type AccountRef } from './account-kind.ts';
import { genesisHash } from './seal.ts';

/** The last entry of a book. */
export interface Head {
  readonly bookId: string;
  readonly number: number;
  readonly hash: string;
  /** The instant of the last entry; 0 for an empty book. */
  readonly bookedAtMs: number;
  /** The number of the last account; 0 when there is none. */
  readonly accounts: number;
}

export interface AccountState {
  /** The number under which the tables of the ledger keep the account. */
  readonly number: number;
  readonly balance: number;
  readonly effectiveThrough: string;
}

/** A book as somebody who writes it must know it: its head, and the accounts that may be moved. */
export interface Book {
  /** Null when the village has no book. */
  readonly head: Head | null;
  readonly states: States;
  /** The accounts that were asked for. No other may be moved. */
  readonly asked: Pick<ReadonlySet<string>, 'has'>;
}

/** States by account id. Accounts that were never used are missing. */
export type States = Pick<ReadonlyMap<string, AccountState>, 'get'>;

/** Asks for the head of the book and the states of these accounts. */
export function bookOf(accounts: readonly AccountRef[]): Ask<Book> {
  const asks = asksById(accounts);
  const wanted = [...HEAD.wanted];
  for (const ask of asks.values()) wanted.push(...ask.wanted);
  return { wanted, pick: (set) => ({ head: HEAD.pick(set), states: statesIn(set, asks), asked: asks }) };
}

/** Asks for the states of these accounts, by id. Accounts that were never used are missing. */
export function statesOf(accounts: readonly AccountRef[]): Ask<States> {
  const asks = asksById(accounts);
  return {
    wanted: Array.from(asks.values()).flatMap(({ wanted }) => wanted),
    pick: (set) => statesIn(set, asks),
  };
}

type AsksById = ReadonlyMap<string, Ask<AccountState | undefined>>;

function asksById(accounts: readonly AccountRef[]): AsksById {
  const asks = new Map<string, Ask<AccountState | undefined>>();
  for (const account of accounts) {
    const id = accountId(account);
    asks.set(id, (account.floor === null ? lastPosting : runningBalance).one([id]));
  }
  return asks;
}

/** Few of the states of a book are looked at more than once, so each is looked up when it is asked for. */
function statesIn(set: WorkingSet, asks: AsksById): States {
  return { get: (id) => asks.get(id)?.pick(set) };
}

/** The book with these rows written: what a command drafts last follows on what it drafted before. The states stay as they were. */
export function bookAfter(book: Book, rows: readonly WrittenRow[]): Book {
  let { head } = book;
  for (const row of rows) {
    if (row.table === 'accounts') head = head && { ...head, accounts: row.now.number };
    if (row.table !== 'journal') continue;
    const { number, hash, bookedAtMs } = row.now;
    head = head && { ...head, number, hash, bookedAtMs };
  }
  return { ...book, head };
}

/** The balance of an account in states that were asked for; 0 for one that was never used. */
export function balanceIn(states: Book['states'], account: AccountRef): number {
  return states.get(accountId(account))?.balance ?? 0;
}

/** Reads book, number and hash of the last entry; null when the village has no book. */
export function readHead(reader: Reader, villageId: string): Promise<Head | null> {
  return askNow(reader, villageId, HEAD);
}

const headOfBook = read<readonly [none: ''], Head | null>()({
  name: 'ledger.head',
  over: {
    // An entry moves the head of its book.
    ledgerHeads: 'apart',
    accounts: (answers, { now }) => answers.change([''], (head) => head && { ...head, accounts: now.number }),
    journal(answers, { now: { number, hash, bookedAtMs } }) {
      answers.change([''], (head) => head && { ...head, number, hash, bookedAtMs });
    },
  },
  rows: ({ db, t: { ledgerHeads, journal, accounts }, keys }) => {
    const lastAccount = db
      .select({ number: accounts.number })
      .from(accounts)
      .where(eq(accounts.villageId, keys.villageId))
      .orderBy(desc(accounts.number))
      .limit(1);
    return db
      .select({
        at: keys.at,
        bookId: ledgerHeads.bookId,
        number: ledgerHeads.number,
        hash: journal.hash,
        bookedAtMs: journal.bookedAtMs,
        accounts: sql<number>`coalesce(${lastAccount}, 0)`.mapWith(Number).as('accounts'),
      })
      .from(keys.table)
      .crossJoin(ledgerHeads)
      .leftJoin(
        journal,
        and(eq(journal.villageId, ledgerHeads.villageId), eq(journal.number, ledgerHeads.number)),
      )
      .where(eq(ledgerHeads.villageId, keys.villageId));
  },
  answer([head]) {
    if (!head) return null;
    const { bookId, number, hash, bookedAtMs, accounts } = head;
    return {
      ...{ bookId, number, bookedAtMs: bookedAtMs ?? 0, accounts },
      hash: number === 0 ? genesisHash(bookId) : (hash ?? ''),
    };
  },
});

const HEAD = headOfBook.one(['']);

/** The state of an account with a floor: one row, at any length of history. */
const runningBalance = read<readonly [accountId: string], AccountState | undefined>()({
  name: 'ledger.balance',
  over: {
    // A posting moves the balance of its account.
    balances: 'apart',
    accounts: 'apart',
    postings: changeState,
  },
  rows: ({ db, t: { balances, accounts }, keys }) =>
    db
      .select({
        at: keys.at,
        number: accounts.number,
        balance: balances.balance,
        effectiveThrough: balances.effectiveThrough,
      })
      .from(keys.table)
      .crossJoin(accounts)
      .crossJoin(balances)
      .where(
        and(
          eq(accounts.villageId, keys.villageId),
          eq(accounts.id, keys.part(0)),
          eq(balances.villageId, keys.villageId),
          eq(balances.accountNumber, accounts.number),
        ),
      ),
  answer: ([state]) => state && stored(state),
});

/** The state of an account without a floor, as its last posting left it. */
const lastPosting = read<readonly [accountId: string], AccountState | undefined>()({
  name: 'ledger.lastPosting',
  over: {
    accounts: 'apart',
    postings: changeState,
  },
  rows: ({ db, t: { postings, accounts }, keys }) => {
    const last = aliasedTable(postings, 'last');
    const number = db
      .select({ number: last.number })
      .from(last)
      .where(and(eq(last.villageId, keys.villageId), eq(last.accountNumber, accounts.number)))
      .orderBy(desc(last.effectiveThrough), desc(last.number))
      .limit(1);
    return db
      .select({
        at: keys.at,
        accountNumber: postings.accountNumber,
        balanceAfter: postings.balanceAfter,
        effectiveThrough: postings.effectiveThrough,
      })
      .from(keys.table)
      .crossJoin(accounts)
      .crossJoin(postings)
      .where(
        and(
          eq(accounts.villageId, keys.villageId),
          eq(accounts.id, keys.part(0)),
          eq(postings.villageId, keys.villageId),
          eq(postings.number, number),
          eq(postings.accountNumber, accounts.number),
        ),
      );
  },
  answer: ([posting]) => posting && stateAfter(posting),
});

/** A posting says of which account it is, also to those that asked for one that was not there yet. */
function changeState(
  answers: Answers<readonly [accountId: string], AccountState | undefined>,
  { now, about = '' }: WrittenIn<'postings'>,
): void {
  answers.change([about], () => stateAfter(now));
}

function stateAfter({
  accountNumber: number,
  balanceAfter: balance,
  effectiveThrough,
}: Pick<RowOf<'postings'>, 'accountNumber' | 'balanceAfter' | 'effectiveThrough'>): AccountState {
  return { number, balance, effectiveThrough };
}
