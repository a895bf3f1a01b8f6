import { and, eq } from 'drizzle-orm';
import type { Tx } from '../../db/index.ts';
import type { AnyAct } from '../../shared/acts/act.ts';
import { Refusal } from '../../shared/errors.ts';
import { hasHappened } from './row-call.ts';
import { devicesById } from './devices.ts';

interface Settling {
  readonly id: string;
  readonly remark: string;
  readonly staffId: string;
  readonly nowMs: number;
}

/** Notes that somebody looked at a late row with its slip. The points have moved already, or never will by this row. */
export async function settleRow(
  tx: Tx,
  villageId: string,
  { id, remark, staffId, nowMs }: Settling,
): Promise<AnyAct> {
  const { db, t } = tx;
  const { outboxRows: rows } = t;
  const own = and(eq(rows.villageId, villageId), eq(rows.id, id));
  const [found] = await db.select().from(rows).where(own);
  const isLate =
    found && (found.answer === 'late' || found.answer === 'waiting' || hasHappened(found.doneHow));
  if (!isLate) throw new Refusal('outbox.not_found', { id });
  if (found.settledAtMs !== null) throw new Refusal('outbox.settled', { id });
  await db
    .update(rows)
    .set({ settledAtMs: nowMs, settledBy: staffId, remark })
    .where(own)
    .returning({ id: rows.id });
  const { householdId, deviceId, number } = found;
  const device = (await devicesById(tx, villageId, [deviceId])).get(deviceId);
  const on =
    householdId === null
      ? (`kiosk:${device?.kioskId ?? ''}` as const)
      : (`household:${householdId}` as const);
  return {
    act: 'outbox.settled',
    on,
    is: { row: `${deviceId.slice(0, 6)} ${String(number)}`, rowId: id, remark },
  };
}
