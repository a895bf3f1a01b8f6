import { and, eq, sql } from 'drizzle-orm';
import type { Reader, Tx } from '../../db/store.ts';
import { accountId, type AccountRef } from './account-kind.ts';
import { type AccountState, accountStates } from './balances.ts';
import { genesisHash } from './seal.ts';

/**
 * Head and balances of a book, read for a writer that holds its lock. Works in one commit share their reads and
 * results (`tx.shared`), so that the second of them need not ask the database.
 */

export interface Head {
  readonly bookId: string;
  readonly number: number;
  readonly hash: string;
  /** The instant of the last entry; 0 for an empty book. */
  readonly bookedAtMs: number;
}

/** Reads book, number and hash of the last entry; null when the village has no book. */
export async function readHead(reader: Reader, villageId: string): Promise<Head | null> {
  const [head] = await reader.prepared(
    'ledger.head',
    ({ db, t }) =>
      db
        .select({
          bookId: t.ledgerHeads.bookId,
          number: t.ledgerHeads.number,
          hash: t.journal.hash,
          bookedAtMs: t.journal.bookedAtMs,
        })
        .from(t.ledgerHeads)
        .leftJoin(
          t.journal,
          and(eq(t.journal.villageId, t.ledgerHeads.villageId), eq(t.journal.number, t.ledgerHeads.number)),
        )
        .where(eq(t.ledgerHeads.villageId, sql.placeholder('villageId'))),
    { villageId },
  );
  if (!head) return null;
  const hash = head.number === 0 ? genesisHash(head.bookId) : (head.hash ?? '');
  return { ...head, hash, bookedAtMs: head.bookedAtMs ?? 0 };
}

/** Reads the head, unless an earlier post of this commit has moved it. */
export async function lockedHead(tx: Tx, villageId: string): Promise<Head | null> {
  return (tx.shared.get(headNote(villageId)) as Head | undefined) ?? readHead(tx, villageId);
}

/** Reads the states of the accounts that exist, unless an earlier post of this commit has moved them. */
export async function lockedStates(
  tx: Tx,
  villageId: string,
  accounts: readonly AccountRef[],
): Promise<Map<string, AccountState>> {
  const states = new Map<string, AccountState>();
  const unknown: AccountRef[] = [];
  for (const account of accounts) {
    const id = accountId(account);
    const noted = tx.shared.get(stateNote(villageId, id)) as AccountState | undefined;
    if (noted) states.set(id, noted);
    else unknown.push(account);
  }
  for (const [id, state] of await accountStates(tx, villageId, unknown)) states.set(id, state);
  return states;
}

/**
 * Reads balances under the book's lock, by account id. Accounts that were never used are missing. A post that
 * follows in the same transaction does not read them again.
 */
export async function lockedBalances(
  tx: Tx,
  villageId: string,
  accounts: readonly AccountRef[],
): Promise<Map<string, number>> {
  await tx.lockBook(villageId);
  const states = await lockedStates(tx, villageId, accounts);
  noteStates(tx, villageId, states);
  return new Map([...states].map(([id, { balance }]) => [id, balance]));
}

/** Notes where a post has left the book. */
export function noteBook(
  tx: Tx,
  villageId: string,
  head: Head,
  states: ReadonlyMap<string, AccountState>,
): void {
  tx.shared.set(headNote(villageId), head);
  noteStates(tx, villageId, states);
}

function noteStates(tx: Tx, villageId: string, states: ReadonlyMap<string, AccountState>): void {
  for (const [id, state] of states) tx.shared.set(stateNote(villageId, id), state);
}

function headNote(villageId: string): string {
  return `ledger head ${villageId}`;
}

function stateNote(villageId: string, id: string): string {
  return `ledger state ${villageId} ${id}`;
}
