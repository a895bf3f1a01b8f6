import { and, eq, gt, lte, or } from 'drizzle-orm';
import type { Tables, Tx } from '../../db/index.ts';

export type LeaseNote = NonNullable<Tables['leases']['$inferSelect']['note']>;

/** A claim to do work that one process does for all on a database: backups, the daily sweep. */
export interface LeaseClaim {
  readonly id: string;
  readonly holder: string;
  readonly nowMs: number;
  readonly heldMs: number;
  /** A lease that lasts longer than this from now was taken by a clock that was ahead, and counts as free. */
  readonly aheadMs: number;
}

/** Takes a free lease; false if another process holds it. If several try at once, one gets it. */
export async function takeFreeLease(
  { db, t: { leases } }: Tx,
  { id, holder, nowMs, heldMs, aheadMs }: LeaseClaim,
): Promise<boolean> {
  const held = { holder, heldUntilMs: nowMs + heldMs };
  const taken = await db
    .insert(leases)
    .values({ id, note: null, ...held })
    .onConflictDoUpdate({
      target: leases.id,
      set: held,
      setWhere: or(lte(leases.heldUntilMs, nowMs), gt(leases.heldUntilMs, nowMs + aheadMs)),
    })
    .returning({ id: leases.id });
  return taken.length > 0;
}

/** Prolongs a lease; false if this process does not hold it. */
export async function prolongLease(
  { db, t: { leases } }: Tx,
  { id, holder, heldUntilMs }: { readonly id: string; readonly holder: string; readonly heldUntilMs: number },
): Promise<boolean> {
  const mine = await db
    .update(leases)
    .set({ heldUntilMs })
    .where(and(eq(leases.id, id), eq(leases.holder, holder)))
    .returning({ id: leases.id });
  return mine.length > 0;
}

/** Gives a lease back, with a note of how the job went unless it is null. */
export async function releaseLease(
  { db, t: { leases } }: Tx,
  { id, holder, note }: { readonly id: string; readonly holder: string; readonly note: LeaseNote | null },
): Promise<void> {
  await db
    .update(leases)
    .set({ holder: '', heldUntilMs: 0, ...(note ? { note } : {}) })
    .where(and(eq(leases.id, id), eq(leases.holder, holder)))
    .returning({ id: leases.id });
}
