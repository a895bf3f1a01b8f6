import { randomUUID } from 'node:crypto';
import type { Store, Tx } from '../../db/index.ts';
import type { AnyAct } from '../../shared/acts/act.ts';
import { COMMAND_LINE } from '../../shared/acts/program-words.ts';
import { businessDay } from '../../shared/business-day.ts';
import { readVillage } from '../http/index.ts';
import { LEDGER_KINDS } from '../ledger-kinds.ts';
import type { ActAt } from '../at.ts';
import { createLedger, readHead } from '../ledger/index.ts';
import { bookActs } from './book-acts.ts';

/** The person who acts, and the way. */
export type ActBy = Pick<ActAt, 'actorId' | 'via'>;

/** Somebody at the machine itself. */
export const BY_COMMAND_LINE: ActBy = { actorId: COMMAND_LINE, via: 'command_line' };
/** The program by itself. */
export const BY_SERVER: ActBy = { actorId: 'system', via: 'server' };

/**
 * Books acts whose work a wrong clock must not hinder: backups, restores, exports. When the clock is behind the book,
 * they take the time of its last entry.
 */
export async function bookAnyway(
  tx: Tx,
  villageId: string,
  { clock, ...by }: ActBy & { readonly clock: () => number },
  ...acts: readonly AnyAct[]
): Promise<void> {
  await tx.lockBook(villageId);
  const village = await readVillage(tx, villageId);
  const head = await readHead(tx, villageId);
  // A village without a book has nowhere to write it.
  if (!village || !head) return;
  const nowMs = clock();
  const ledger = createLedger({ kinds: LEDGER_KINDS, clock: () => Math.max(nowMs, head.bookedAtMs) });
  const today = businessDay(nowMs, village.settings.timeZone);
  await bookActs(ledger, tx, { ...by, villageId, today, newId: randomUUID }, acts);
}

/** Books an act in every village of the database, each in a transaction of its own. */
export async function bookInEveryVillage(
  store: Store,
  by: ActBy & { readonly clock: () => number },
  actIn: (villageId: string) => AnyAct,
): Promise<void> {
  const villages = await store.read(({ db, t }) =>
    db.select({ id: t.villages.id }).from(t.villages).orderBy(t.villages.id),
  );
  for (const { id } of villages) await store.transaction((tx) => bookAnyway(tx, id, by, actIn(id)));
}
