import { and, eq } from 'drizzle-orm';
import type { Tx } from '../../db/index.ts';
import type { AnyAct } from '../../shared/acts/act.ts';
import { Refusal } from '../../shared/errors.ts';
import { devicesById } from './devices.ts';

/** Nothing more is waited for from this device. A row of it that comes all the same is booked, on the day it comes. */
export async function writeOffDevice(
  tx: Tx,
  villageId: string,
  { id, reason, nowMs }: { readonly id: string; readonly reason: string; readonly nowMs: number },
): Promise<AnyAct> {
  const device = (await devicesById(tx, villageId, [id])).get(id);
  if (!device) throw new Refusal('outbox.unknown', { id });
  const { outboxDevices: devices } = tx.t;
  await tx.db
    .update(devices)
    .set({ writtenOffAtMs: nowMs })
    .where(and(eq(devices.villageId, villageId), eq(devices.id, id)))
    .returning({ id: devices.id });
  return { act: 'outbox.written_off', on: `kiosk:${device.kioskId}`, is: { key: id, reason } };
}
