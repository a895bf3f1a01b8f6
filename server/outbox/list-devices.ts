import { and, countDistinct, desc, eq, max } from 'drizzle-orm';
import type { z } from 'zod';
import type { Reader } from '../../db/index.ts';
import type { operations } from '../../shared/outbox/contract.ts';
import { isConfirmed } from './devices.ts';

type Listed = z.input<(typeof operations)['outbox.devices']['response']>['items'][number];

/** The keys of all devices, the newest of each kiosk first. */
export async function listDevices({ db, t }: Reader, villageId: string): Promise<Listed[]> {
  const { outboxDevices: devices, outboxRows: rows, kiosks } = t;
  const found = await db
    .select({
      ...{ id: devices.id, kioskId: devices.kioskId, kiosk: kiosks.name, keyX: devices.keyX },
      ...{
        registeredAtMs: devices.registeredAtMs,
        heardAtMs: devices.heardAtMs,
        emptyAtMs: devices.emptyAtMs,
      },
      ...{ confirmedAtMs: devices.confirmedAtMs, clockOffsetMs: devices.clockOffsetMs },
      ...{ brokenAtMs: devices.brokenAtMs, writtenOffAtMs: devices.writtenOffAtMs },
      revokedAtMs: kiosks.revokedAtMs,
    })
    .from(devices)
    .innerJoin(kiosks, and(eq(kiosks.villageId, devices.villageId), eq(kiosks.id, devices.kioskId)))
    .where(eq(devices.villageId, villageId))
    .orderBy(devices.kioskId, desc(devices.registeredAtMs));
  const counted = await db
    .select({ id: rows.deviceId, last: max(rows.number), rows: countDistinct(rows.number) })
    .from(rows)
    .where(eq(rows.villageId, villageId))
    .groupBy(rows.deviceId);
  const byDevice = new Map(counted.map((one) => [one.id, one]));
  const current = new Map<string, string>();
  // A key that waits for the desk takes nobody's place.
  for (const device of found)
    if (isConfirmed(device) && !current.has(device.kioskId)) current.set(device.kioskId, device.id);
  return found.map(({ keyX, revokedAtMs, ...device }) => {
    const { last, rows: had = 0 } = byDevice.get(device.id) ?? {};
    const lastNumber = last ?? 0;
    const isLatest = current.get(device.kioskId) === device.id;
    return {
      ...device,
      signs: keyX !== null,
      lastNumber,
      missing: Math.max(0, lastNumber - had),
      isCurrent: isLatest && revokedAtMs === null && device.writtenOffAtMs === null,
    };
  });
}
