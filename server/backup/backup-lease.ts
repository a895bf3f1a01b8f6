import { and, eq } from 'drizzle-orm';
import type { Store } from '../../db/index.ts';
import type { BackupNote } from '../../shared/backups/contract.ts';
import { takeFreeLease } from '../leases.ts';

/** Who of several processes is at the backups, and how the last one went: a row of the database they share. */

/** A process that died holds nobody up for longer; one that lives says so in time. */
const HELD_MS = 5 * 60_000;
const RENEW_MS = 60_000;
/** Held for longer than anybody says: by a clock that was ahead. Those of several machines differ by less than this. */
const AHEAD_MS = 2 * HELD_MS;

const NOTHING: BackupNote = { madeAtMs: null, failure: null };

/** Takes the lease, or takes it anew; false while another process is at it. */
export async function takeLease(store: Store, holder: string, nowMs: number): Promise<boolean> {
  return store.transaction(async (tx) => {
    const { leases } = tx.t;
    const mine = await tx.db
      .update(leases)
      .set({ heldUntilMs: nowMs + HELD_MS })
      .where(and(eq(leases.id, 'backup'), eq(leases.holder, holder)))
      .returning({ id: leases.id });
    if (mine.length > 0) return true;
    return takeFreeLease(tx, { id: 'backup', holder, nowMs, heldMs: HELD_MS, aheadMs: AHEAD_MS });
  });
}

/** Does a work of any length with the lease in hand: it is taken anew each minute, over a store that is open so long. */
export async function withLease<T>(
  { store, clock, holder }: { readonly store: Store; readonly clock: () => number; readonly holder: string },
  work: () => Promise<T>,
): Promise<T> {
  let renewed: Promise<unknown> = Promise.resolve();
  const timer = setInterval(() => {
    renewed = takeLease(store, holder, clock()).catch(() => undefined);
  }, RENEW_MS);
  try {
    return await work();
  } finally {
    clearInterval(timer);
    // Laid down afterwards, it must not be taken once more.
    await renewed;
  }
}

/** Lays the lease down, with how it went. */
export async function releaseLease(store: Store, holder: string, note: BackupNote | null): Promise<void> {
  await store.transaction(({ db, t: { leases } }) =>
    db
      .update(leases)
      .set({ holder: '', heldUntilMs: 0, ...(note ? { note } : {}) })
      .where(and(eq(leases.id, 'backup'), eq(leases.holder, holder)))
      .returning({ id: leases.id }),
  );
}

export async function readNote(store: Store): Promise<BackupNote> {
  const rows = await store.read(({ db, t: { leases } }) =>
    db.select({ note: leases.note }).from(leases).where(eq(leases.id, 'backup')),
  );
  return rows[0]?.note ?? NOTHING;
}
