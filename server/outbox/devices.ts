import { and, eq, getTableColumns, inArray, isNotNull, isNull } from 'drizzle-orm';
import type { Reader, RowOf, Tx } from '../../db/index.ts';
import { Refusal } from '../../shared/errors.ts';
import { type PublicKey, readKey, thumbprintOf } from './verify-row.ts';

export interface Device extends RowOf<'outboxDevices'> {
  /** When its kiosk was made, was last paired, and was locked out. */
  readonly knownSinceMs: number;
  readonly pairedAtMs: number | null;
  readonly revokedAtMs: number | null;
}

interface Registering {
  readonly tx: Tx;
  readonly villageId: string;
  readonly kioskId: string;
  readonly nowMs: number;
  readonly newId: () => string;
}

/** A key that comes so soon after the pairing belongs to it: whoever was handed the code stands there. */
const WITH_PAIRING_MS = 30 * 60_000;
const HOUR_MS = 3_600_000;
/** So many keys of a kiosk may wait for the desk: within an hour, and in all. */
const WAITING_AN_HOUR = 5;
const WAITING_IN_ALL = 20;

/**
 * Notes the key of a kiosk's device. The same key again stays as it is, and a kiosk has one device that cannot sign. The first
 * key after a pairing counts at once; each later one waits for the desk. Refuses with outbox.key, outbox.keys_waiting.
 */
export async function registerDevice(
  at: Registering,
  publicKey: PublicKey | null,
): Promise<{ readonly id: string; readonly isNew: boolean; readonly isConfirmed: boolean }> {
  const { tx, villageId, kioskId, nowMs, newId } = at;
  if (publicKey !== null && readKey(publicKey) === null) throw new Refusal('outbox.key');
  const id =
    publicKey === null ? await unsignedDevice(tx, villageId, kioskId, newId) : thumbprintOf(publicKey);
  const known = (await devicesById(tx, villageId, [id])).get(id);
  if (known) return { id, isNew: false, isConfirmed: isConfirmed(known) };
  const isFirst = publicKey === null || (await comesWithPairing(at));
  const confirmedAtMs = isFirst && publicKey !== null ? nowMs : null;
  await tx.db
    .insert(tx.t.outboxDevices)
    .values({
      ...{ villageId, id, kioskId, keyX: publicKey?.x ?? null, keyY: publicKey?.y ?? null },
      ...{ registeredAtMs: nowMs, heardAtMs: nowMs, emptyAtMs: null, brokenAtMs: null, writtenOffAtMs: null },
      ...{ confirmedAtMs, confirmedBy: null, clockOffsetMs: null, alarmedAtMs: null },
    })
    .returning({ id: tx.t.outboxDevices.id });
  return { id, isNew: true, isConfirmed: isFirst };
}

/** Whether this is the kiosk's first key since its device was paired, and comes with the pairing itself. */
async function comesWithPairing({ tx, villageId, kioskId, nowMs }: Registering): Promise<boolean> {
  const { outboxDevices: devices, kiosks } = tx.t;
  const [kiosk] = await tx.db
    .select({ pairedAtMs: kiosks.pairedAtMs })
    .from(kiosks)
    .where(and(eq(kiosks.villageId, villageId), eq(kiosks.id, kioskId)));
  const keys = await tx.db
    .select({ registeredAtMs: devices.registeredAtMs, confirmedAtMs: devices.confirmedAtMs })
    .from(devices)
    .where(
      and(
        ...[eq(devices.villageId, villageId), eq(devices.kioskId, kioskId)],
        ...[isNotNull(devices.keyX), isNull(devices.writtenOffAtMs)],
      ),
    );
  const pairedAtMs = kiosk?.pairedAtMs ?? -Infinity;
  if (keys.every((key) => key.registeredAtMs < pairedAtMs) && nowMs - pairedAtMs <= WITH_PAIRING_MS)
    return true;
  const waiting = keys.filter(({ confirmedAtMs }) => confirmedAtMs === null);
  const lately = waiting.filter(({ registeredAtMs }) => registeredAtMs > nowMs - HOUR_MS);
  if (waiting.length >= WAITING_IN_ALL || lately.length >= WAITING_AN_HOUR)
    throw new Refusal('outbox.keys_waiting');
  return false;
}

/** Nothing is booked by the word of a device that cannot sign, so nobody has to confirm it. */
export function isConfirmed({ keyX, confirmedAtMs }: Pick<Device, 'keyX' | 'confirmedAtMs'>): boolean {
  return keyX === null || confirmedAtMs !== null;
}

async function unsignedDevice(
  { db, t: { outboxDevices } }: Reader,
  villageId: string,
  kioskId: string,
  newId: () => string,
): Promise<string> {
  const [known] = await db
    .select({ id: outboxDevices.id })
    .from(outboxDevices)
    .where(
      and(
        eq(outboxDevices.villageId, villageId),
        eq(outboxDevices.kioskId, kioskId),
        isNull(outboxDevices.keyX),
      ),
    )
    .limit(1);
  return known?.id ?? newId();
}

/** The devices of a village with these ids. */
export async function devicesById(
  { db, t: { outboxDevices, kiosks } }: Reader,
  villageId: string,
  ids: readonly string[],
): Promise<Map<string, Device>> {
  if (ids.length === 0) return new Map();
  const found = await db
    .select({
      ...getTableColumns(outboxDevices),
      ...{ knownSinceMs: kiosks.createdAtMs, pairedAtMs: kiosks.pairedAtMs },
      revokedAtMs: kiosks.revokedAtMs,
    })
    .from(outboxDevices)
    .innerJoin(
      kiosks,
      and(eq(kiosks.villageId, outboxDevices.villageId), eq(kiosks.id, outboxDevices.kioskId)),
    )
    .where(and(eq(outboxDevices.villageId, villageId), inArray(outboxDevices.id, [...ids])));
  return new Map(found.map((device) => [device.id, device]));
}

/**
 * A key counts until its kiosk is locked out, gets another pairing code or is written off. Rows made before still count, and
 * somebody looks at them: nobody knows when they were made but the device.
 */
export function hasEnded({ registeredAtMs, pairedAtMs, revokedAtMs, writtenOffAtMs }: Device): boolean {
  return (
    revokedAtMs !== null || writtenOffAtMs !== null || pairedAtMs === null || pairedAtMs > registeredAtMs
  );
}
