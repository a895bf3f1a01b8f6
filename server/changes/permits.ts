import { and, eq, gt, isNull } from 'drizzle-orm';
import type { Reader, Tx } from '../../db/index.ts';
import type { GuardedId } from '../../shared/changes/guarded.ts';
import { CHANGE_TRANSITIONS, PERMIT_MS } from '../../shared/changes/states.ts';
import { type ChangeRow, writeChange } from './change-row.ts';

/** Finds the agreements to an operation that were not used and are not over. */
export async function unusedPermits(
  { db, t: { changes } }: Reader,
  villageId: string,
  operation: GuardedId,
  nowMs: number,
): Promise<ChangeRow[]> {
  return db
    .select()
    .from(changes)
    .where(
      and(
        eq(changes.villageId, villageId),
        eq(changes.operation, operation),
        eq(changes.state, CHANGE_TRANSITIONS.agree.to),
        isNull(changes.usedAtMs),
        gt(changes.decidedAtMs, nowMs - PERMIT_MS),
      ),
    );
}

/** Notes that a permit was used; null gives it back. */
export async function notePermitUsed(tx: Tx, permit: ChangeRow, usedAtMs: number | null): Promise<void> {
  await writeChange(tx, permit, { usedAtMs });
}
