import { gt, lte, or } from 'drizzle-orm';
import type { Tx } from '../db/index.ts';

/** What one of several processes on a database does for all: backups, the daily sweep. */
export interface LeaseClaim {
  readonly id: string;
  readonly holder: string;
  readonly nowMs: number;
  readonly heldMs: number;
  /** Whoever holds it for longer than this from now does so by a clock that was ahead. */
  readonly aheadMs: number;
}

/** Takes a lease that nobody holds any more; of several at once, one gets it. */
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
