import { and, eq } from 'drizzle-orm';
import type { Store } from '../../db/index.ts';
import type { BackupNote } from '../../shared/backups/contract.ts';
import { takeFreeChore } from '../leases.ts';

/** Who of several processes is at the backups, and how the last one went: a row of the database they share. */

/** A process that died holds nobody up for longer; one that lives says so in time. */
const HELD_MS = 5 * 60_000;
const RENEW_MS = 60_000;
/** Held for longer than anybody says: by a clock that was ahead. Those of several machines differ by less than this. */
const AHEAD_MS = 2 * HELD_MS;

const NOTHING: BackupNote = { madeAtMs: null, failure: null };

/** Takes the chore, or takes it anew; false while another process is at it. */
export async function takeChore(store: Store, holder: string, nowMs: number): Promise<boolean> {
  return store.transaction(async (tx) => {
    const { chores } = tx.t;
    const mine = await tx.db
      .update(chores)
      .set({ heldUntilMs: nowMs + HELD_MS })
      .where(and(eq(chores.id, 'backup'), eq(chores.holder, holder)))
      .returning({ id: chores.id });
    if (mine.length > 0) return true;
    return takeFreeChore(tx, { id: 'backup', holder, nowMs, heldMs: HELD_MS, aheadMs: AHEAD_MS });
  });
}

/** Does a work of any length with the chore in hand: it is taken anew each minute, over a store that is open so long. */
export async function withChore<T>(
  { store, clock, holder }: { readonly store: Store; readonly clock: () => number; readonly holder: string },
  work: () => Promise<T>,
): Promise<T> {
  let renewed: Promise<unknown> = Promise.resolve();
  const timer = setInterval(() => {
    renewed = takeChore(store, holder, clock()).catch(() => undefined);
  }, RENEW_MS);
  try {
    return await work();
  } finally {
    clearInterval(timer);
    // Laid down afterwards, it must not be taken once more.
    await renewed;
  }
}

/** Lays the chore down, with how it went. */
export async function leaveChore(store: Store, holder: string, note: BackupNote | null): Promise<void> {
  await store.transaction(({ db, t: { chores } }) =>
    db
      .update(chores)
      .set({ holder: '', heldUntilMs: 0, ...(note ? { note } : {}) })
      .where(and(eq(chores.id, 'backup'), eq(chores.holder, holder)))
      .returning({ id: chores.id }),
  );
}

export async function readNote(store: Store): Promise<BackupNote> {
  const rows = await store.read(({ db, t: { chores } }) =>
    db.select({ note: chores.note }).from(chores).where(eq(chores.id, 'backup')),
  );
  return rows[0]?.note ?? NOTHING;
}
