import { and, eq, isNull, lt, or, sql } from 'drizzle-orm';
import type { Reader, Store } from '../../db/index.ts';
import { Refusal } from '../../shared/errors.ts';
import { type Caller, type Resolvers, villageColumns, villageOf } from '../http/index.ts';
import { hashToken } from '../identity/index.ts';
import { isOpen } from './shifts.ts';

/** `lastSeenAtMs` is for the desk's list of kiosks: a minute is close enough, a write for each request is not. */
const SEEN_EVERY_MS = 60_000;

/**
 * Resolves a device token and a shift token: the device alone if there is no shift token, else the volunteer. Refuses
 * devices unknown or revoked, and shifts that are over.
 */
export function kioskResolver(store: Store): Resolvers['kiosk'] {
  const noting = new Set<string>();
  return async (deviceToken, shiftToken, reader, nowMs): Promise<Caller> => {
    const shiftHash = shiftToken === null ? '' : hashToken(shiftToken);
    const row = await findDevice(reader, hashToken(deviceToken), shiftHash);
    if (!row) throw new Refusal('auth.required');
    const { villageId, kioskId, shiftId, volunteerId, startedAtMs, endedAtMs } = row;
    if (row.revokedAtMs !== null) throw new Refusal('kiosk.revoked');
    if (nowMs - (row.lastSeenAtMs ?? 0) >= SEEN_EVERY_MS && !noting.has(kioskId)) {
      noting.add(kioskId);
      // Beside the request: nobody waits for it, and a failure only leaves an older time on the desk's list.
      void noteSeen(store, villageId, kioskId, nowMs)
        .catch(() => undefined)
        .finally(() => noting.delete(kioskId));
    }
    const village = villageOf(row);
    if (shiftToken === null) {
      const actor = { kind: 'kiosk', id: kioskId, roles: ['kiosk'], kioskId, householdIds: [] } as const;
      return { village, actor };
    }
    if (
      shiftId === null ||
      volunteerId === null ||
      startedAtMs === null ||
      !isOpen({ startedAtMs, endedAtMs }, nowMs)
    )
      throw new Refusal('kiosk.shift_over');
    const actor = {
      kind: 'volunteer',
      id: volunteerId,
      roles: ['volunteer'],
      kioskId,
      shiftId,
      householdIds: [],
    } as const;
    return { village, actor };
  };
}

async function findDevice(reader: Reader, deviceHash: string, shiftHash: string) {
  const [row] = await reader.prepared(
    'shop.device',
    ({ db, t }) => {
      const { kiosks, shifts, villages } = t;
      return db
        .select({
          ...villageColumns(t),
          kioskId: kiosks.id,
          revokedAtMs: kiosks.revokedAtMs,
          lastSeenAtMs: kiosks.lastSeenAtMs,
          shiftId: shifts.id,
          volunteerId: shifts.volunteerId,
          startedAtMs: shifts.startedAtMs,
          endedAtMs: shifts.endedAtMs,
        })
        .from(kiosks)
        .innerJoin(villages, eq(villages.id, kiosks.villageId))
        .leftJoin(
          shifts,
          and(
            eq(shifts.villageId, kiosks.villageId),
            eq(shifts.kioskId, kiosks.id),
            eq(shifts.tokenHash, sql.placeholder('shiftHash')),
          ),
        )
        .where(eq(kiosks.tokenHash, sql.placeholder('deviceHash')));
    },
    { deviceHash, shiftHash },
  );
  return row;
}

async function noteSeen(store: Store, villageId: string, kioskId: string, nowMs: number): Promise<void> {
  await store.transaction(async (tx) => {
    const { kiosks } = tx.t;
    const old = or(isNull(kiosks.lastSeenAtMs), lt(kiosks.lastSeenAtMs, nowMs - SEEN_EVERY_MS + 1));
    await tx.db
      .update(kiosks)
      .set({ lastSeenAtMs: nowMs })
      .where(and(eq(kiosks.villageId, villageId), eq(kiosks.id, kioskId), old))
      .returning({ id: kiosks.id });
  });
}
