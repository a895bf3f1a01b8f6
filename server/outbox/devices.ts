import { and, eq, getTableColumns, inArray, isNull, sql } from 'drizzle-orm';
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

/**
 * Notes the key of a kiosk's device. The same key again stays as it is, and a kiosk has one device that cannot sign. Answers
 * whether it is new.
 */
export async function registerDevice(
  { tx, villageId, kioskId, nowMs, newId }: Registering,
  publicKey: PublicKey | null,
): Promise<{ readonly id: string; readonly isNew: boolean }> {
  if (publicKey !== null && readKey(publicKey) === null) throw new Refusal('outbox.key');
  const id =
    publicKey === null ? await unsignedDevice(tx, villageId, kioskId, newId) : thumbprintOf(publicKey);
  const added = await tx.db
    .insert(tx.t.outboxDevices)
    .values({
      ...{ villageId, id, kioskId, keyX: publicKey?.x ?? null, keyY: publicKey?.y ?? null },
      ...{ registeredAtMs: nowMs, heardAtMs: nowMs, emptyAtMs: null, brokenAtMs: null, writtenOffAtMs: null },
    })
    .onConflictDoNothing()
    .returning({ id: tx.t.outboxDevices.id });
  return { id, isNew: added.length > 0 };
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

/** The number of the last row that came of a device; 0: none. */
export async function lastNumber(
  { db, t: { outboxRows } }: Reader,
  villageId: string,
  deviceId: string,
): Promise<number> {
  const [last] = await db
    .select({ number: sql<number>`coalesce(max(${outboxRows.number}), 0)`.mapWith(Number) })
    .from(outboxRows)
    .where(and(eq(outboxRows.villageId, villageId), eq(outboxRows.deviceId, deviceId)));
  return last?.number ?? 0;
}

/** Notes that a device was heard of, that it had nothing more to send, and that rows in its name had a wrong signature. */
export async function noteHeard(
  tx: Tx,
  villageId: string,
  heard: {
    readonly id: string;
    readonly nowMs: number;
    readonly isHeard: boolean;
    readonly isEmpty: boolean;
    readonly isBroken: boolean;
  },
): Promise<void> {
  const { outboxDevices } = tx.t;
  const { id, nowMs, isHeard, isEmpty, isBroken } = heard;
  if (!isHeard && !isBroken) return;
  await tx.db
    .update(outboxDevices)
    .set({
      ...(isHeard ? { heardAtMs: nowMs } : {}),
      ...(isEmpty ? { emptyAtMs: nowMs } : {}),
      ...(isBroken ? { brokenAtMs: nowMs } : {}),
    })
    .where(and(eq(outboxDevices.villageId, villageId), eq(outboxDevices.id, id)))
    .returning({ id: outboxDevices.id });
}
