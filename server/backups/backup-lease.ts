import { eq } from 'drizzle-orm';
import type { Store } from '../../db/index.ts';
import type { BackupNote } from '../../shared/backups/contract.ts';
import { prolongLease, releaseLease, takeFreeLease } from '../jobs/index.ts';

/** Who of several processes is at the backups, and how the last one went: a row of the database they share. */

const LEASE = 'backup';
/** A process that died holds nobody up for longer; one that lives says so in time. */
const HELD_MS = 5 * 60_000;
const RENEW_MS = 60_000;
/** Held for longer than anybody says: by a clock that was ahead. Those of several machines differ by less than this. */
const AHEAD_MS = 2 * HELD_MS;

const NOTHING: BackupNote = { madeAtMs: null, failure: null };

/** Takes the lease, or takes it anew; false while another process is at it. */
export async function takeLease(store: Store, holder: string, nowMs: number): Promise<boolean> {
  return store.transaction(async (tx) => {
    if (await prolongLease(tx, { id: LEASE, holder, heldUntilMs: nowMs + HELD_MS })) return true;
    return takeFreeLease(tx, { id: LEASE, holder, nowMs, heldMs: HELD_MS, aheadMs: AHEAD_MS });
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

/** Gives the lease back, with a note of how it went. */
export async function leaveBackup(store: Store, holder: string, note: BackupNote | null): Promise<void> {
  await store.transaction((tx) => releaseLease(tx, { id: LEASE, holder, note }));
}

export async function readNote(store: Store): Promise<BackupNote> {
  const rows = await store.read(({ db, t: { leases } }) =>
    db.select({ note: leases.note }).from(leases).where(eq(leases.id, LEASE)),
  );
  return rows[0]?.note ?? NOTHING;
}
