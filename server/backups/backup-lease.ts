import { eq } from 'drizzle-orm';
import type { Store } from '../../db/index.ts';
import type { BackupNote } from '../../shared/backups/contract.ts';
import { prolongLease, releaseLease, takeFreeLease } from '../jobs/index.ts';

/**
 * The lease that lets one process at a time make or restore backups, and the note of the last backup. Both stand in
 * one row of the shared database.
 */

const LEASE = 'backup';
/** After this time the lease of a process that died is free. A living process renews it in time. */
const HELD_MS = 5 * 60_000;
const RENEW_MS = 60_000;
/**
 * A lease that runs longer than this was taken by a clock that was ahead, and counts as free. The clocks of several
 * machines differ by less.
 */
const AHEAD_MS = 2 * HELD_MS;

const NOTHING: BackupNote = { madeAtMs: null, failure: null };

/** Takes or renews the lease; false while another process holds it. */
export async function takeLease(store: Store, holder: string, nowMs: number): Promise<boolean> {
  return store.transaction(async (tx) => {
    if (await prolongLease(tx, { id: LEASE, holder, heldUntilMs: nowMs + HELD_MS })) return true;
    return takeFreeLease(tx, { id: LEASE, holder, nowMs, heldMs: HELD_MS, aheadMs: AHEAD_MS });
  });
}

/** Runs `work` and renews the lease each minute over `store`, which must stay open meanwhile. */
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
    // The caller gives the lease back next. A renewal still under way would take it again.
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
