import { and, count, eq, isNotNull, isNull } from 'drizzle-orm';
import type { Reader, Tx } from '../../db/index.ts';
import type { AnyAct } from '../../shared/acts/act.ts';
import { Refusal } from '../../shared/errors.ts';
import { devicesById, isConfirmed } from './devices.ts';

/** Somebody at the desk compared a new key with what the device's screen shows: what was done by its word is booked now. */
export async function confirmKey(
  tx: Tx,
  villageId: string,
  { id, staffId, nowMs }: { readonly id: string; readonly staffId: string; readonly nowMs: number },
): Promise<AnyAct> {
  const device = (await devicesById(tx, villageId, [id])).get(id);
  if (!device) throw new Refusal('outbox.unknown', { id });
  if (isConfirmed(device)) throw new Refusal('outbox.confirmed', { id });
  const { outboxDevices: devices } = tx.t;
  await tx.db
    .update(devices)
    .set({ confirmedAtMs: nowMs, confirmedBy: staffId })
    .where(and(eq(devices.villageId, villageId), eq(devices.id, id)))
    .returning({ id: devices.id });
  return { act: 'outbox.key_confirmed', on: `kiosk:${device.kioskId}`, is: { key: id } };
}

/** The keys that wait for somebody at the desk. */
export async function countUnconfirmedKeys(
  { db, t: { outboxDevices: devices } }: Reader,
  villageId: string,
): Promise<number> {
  const [found] = await db
    .select({ n: count() })
    .from(devices)
    .where(
      and(
        ...[eq(devices.villageId, villageId), isNotNull(devices.keyX)],
        ...[isNull(devices.confirmedAtMs), isNull(devices.writtenOffAtMs)],
      ),
    );
  return found?.n ?? 0;
}
