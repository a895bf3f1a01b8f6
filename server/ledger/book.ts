import { aliasedTable, and, desc, eq } from 'drizzle-orm';
import type { Reader } from '../../db/index.ts';
import { type Ask, askNow, read } from '../commands/index.ts';
import { accountId, type AccountRef } from './account-kind.ts';
import { genesisHash } from './seal.ts';

/** The last entry of a book. */
export interface Head {
  readonly bookId: string;
  readonly number: number;
  readonly hash: string;
  /** The instant of the last entry; 0 for an empty book. */
  readonly bookedAtMs: number;
}

export interface AccountState {
  readonly balance: number;
  readonly effectiveThrough: string;
}

/** A book as somebody who writes it must know it: its head, and the accounts that may be moved. */
export interface Book {
  /** Null when the village has no book. */
  readonly head: Head | null;
  /** States by account id. Accounts that were never used are missing. */
  readonly states: ReadonlyMap<string, AccountState>;
  /** The accounts that were asked for. No other may be moved. */
  readonly asked: ReadonlySet<string>;
}

/** Asks for the head of the book and the states of these accounts. */
export function bookOf(accounts: readonly AccountRef[]): Ask<Book> {
  const head = headOfBook.one(['']);
  const states = statesOf(accounts);
  const asked = new Set(accounts.map(accountId));
  return {
    wanted: [...head.wanted, ...states.wanted],
    pick: (set) => ({ head: head.pick(set), states: states.pick(set), asked }),
  };
}

/** Asks for the states of these accounts, by id. Accounts that were never used are missing. */
export function statesOf(accounts: readonly AccountRef[]): Ask<ReadonlyMap<string, AccountState>> {
  const asks = new Map(
    accounts.map((account) => {
      const id = accountId(account);
      return [id, (account.floor === null ? lastPosting : runningBalance).one([id])];
    }),
  );
  return {
    wanted: Array.from(asks.values()).flatMap(({ wanted }) => wanted),
    pick(set) {
      const states = new Map<string, AccountState>();
      for (const [id, ask] of asks) {
        const state = ask.pick(set);
        if (state) states.set(id, state);
      }
      return states;
    },
  };
}

/** The balance of an account in states that were asked for; 0 for one that was never used. */
export function balanceIn(states: Book['states'], account: AccountRef): number {
  return states.get(accountId(account))?.balance ?? 0;
}

/** Reads book, number and hash of the last entry; null when the village has no book. */
export function readHead(reader: Reader, villageId: string): Promise<Head | null> {
  return askNow(reader, villageId, headOfBook.one(['']));
}

const headOfBook = read<readonly [none: ''], Head | null>()({
  name: 'ledger.head',
  over: {
    // An entry moves the head of its book.
    ledgerHeads: 'apart',
    journal(answers, { now: { number, hash, bookedAtMs } }) {
      answers.change([''], (head) => head && { ...head, number, hash, bookedAtMs });
    },
  },
  rows: ({ db, t: { ledgerHeads, journal }, keys }) =>
    db
      .select({
        at: keys.at,
        bookId: ledgerHeads.bookId,
        number: ledgerHeads.number,
        hash: journal.hash,
        bookedAtMs: journal.bookedAtMs,
      })
      .from(keys.table)
      .crossJoin(ledgerHeads)
      .leftJoin(
        journal,
        and(eq(journal.villageId, ledgerHeads.villageId), eq(journal.number, ledgerHeads.number)),
      )
      .where(eq(ledgerHeads.villageId, keys.villageId)),
  answer([head]) {
    if (!head) return null;
    const { bookId, number, hash, bookedAtMs } = head;
    return {
      ...{ bookId, number, bookedAtMs: bookedAtMs ?? 0 },
      hash: number === 0 ? genesisHash(bookId) : (hash ?? ''),
    };
  },
});

/** The state of an account with a floor: one row, at any length of history. */
const runningBalance = read<readonly [accountId: string], AccountState | undefined>()({
  name: 'ledger.balance',
  over: {
    // A posting moves the balance of its account.
    balances: 'apart',
    postings: (answers, { now }) => answers.change([now.accountId], () => stateAfter(now)),
  },
  rows: ({ db, t: { balances }, keys }) =>
    db
      .select({
        at: keys.at,
        balance: balances.balance,
        effectiveThrough: balances.effectiveThrough,
      })
      .from(keys.table)
      .crossJoin(balances)
      .where(and(eq(balances.villageId, keys.villageId), eq(balances.accountId, keys.part(0)))),
  answer: ([state]) => state && { balance: state.balance, effectiveThrough: state.effectiveThrough },
});

/** The state of an account without a floor, as its last posting left it. */
const lastPosting = read<readonly [accountId: string], AccountState | undefined>()({
  name: 'ledger.lastPosting',
  over: {
    postings: (answers, { now }) => answers.change([now.accountId], () => stateAfter(now)),
  },
  rows: ({ db, t: { postings }, keys }) => {
    const last = aliasedTable(postings, 'last');
    const number = db
      .select({ number: last.number })
      .from(last)
      .where(and(eq(last.villageId, keys.villageId), eq(last.accountId, keys.part(0))))
      .orderBy(desc(last.effectiveThrough), desc(last.number))
      .limit(1);
    return db
      .select({
        at: keys.at,
        balanceAfter: postings.balanceAfter,
        effectiveThrough: postings.effectiveThrough,
      })
      .from(keys.table)
      .crossJoin(postings)
      .where(
        and(
          eq(postings.villageId, keys.villageId),
          eq(postings.number, number),
          eq(postings.accountId, keys.part(0)),
        ),
      );
  },
  answer: ([posting]) => posting && stateAfter(posting),
});

function stateAfter({
  balanceAfter: balance,
  effectiveThrough,
}: {
  readonly balanceAfter: number;
  readonly effectiveThrough: string;
}): AccountState {
  return { balance, effectiveThrough };
}
