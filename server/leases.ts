import { gt, lte, or } from 'drizzle-orm';
import type { Tables, Tx } from '../db/index.ts';

/** What one of several processes on a database does for all: backups, the daily sweep. */
export interface ChoreClaim {
  readonly id: Tables['chores']['$inferInsert']['id'];
  readonly holder: string;
  readonly nowMs: number;
  readonly heldMs: number;
  /** Whoever holds it for longer than this from now does so by a clock that was ahead. */
  readonly aheadMs: number;
}

/** Takes a chore that nobody holds any more; of several at once, one gets it. */
export async function takeFreeChore(
  { db, t: { chores } }: Tx,
  { id, holder, nowMs, heldMs, aheadMs }: ChoreClaim,
): Promise<boolean> {
  const held = { holder, heldUntilMs: nowMs + heldMs };
  const taken = await db
    .insert(chores)
    .values({ id, note: null, ...held })
    .onConflictDoUpdate({
      target: chores.id,
      set: held,
      setWhere: or(lte(chores.heldUntilMs, nowMs), gt(chores.heldUntilMs, nowMs + aheadMs)),
    })
    .returning({ id: chores.id });
  return taken.length > 0;
}
