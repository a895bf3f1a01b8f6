import { and, eq, isNull, lt, or, sql } from 'drizzle-orm';
import type { Reader, Store, Tables } from '../../db/index.ts';
import { Refusal } from '../../shared/errors.ts';
import { type Caller, type Resolvers, villageColumns, villageOf } from '../http/index.ts';
import { hashToken } from '../identity/index.ts';
import { isLeftAlone, isOpen } from './shifts.ts';

/**
 * How often it is noted that a kiosk was seen and its shift used. A minute is close enough, a write for each request is
 * not. So a shift may be over up to a minute earlier than its last use says, and never later.
 */
const NOTED_EVERY_MS = 60_000;

/**
 * Resolves a device token and a shift token: the device alone if there is no shift token, else the volunteer. Refuses
 * devices unknown or revoked, and shifts that are over.
 */
export function kioskResolver(store: Store): Resolvers['kiosk'] {
  const noting = new Set<string>();
  return async (tokens, reader, nowMs, isByHand): Promise<Caller> => {
    const shiftHash = tokens.shift === null ? '' : hashToken(tokens.shift);
    const row = await findDevice(reader, hashToken(tokens.device), shiftHash);
    if (!row) throw new Refusal('auth.required');
    const { villageId, kioskId, shiftId, volunteerId } = row;
    if (row.revokedAtMs !== null) throw new Refusal('kiosk.revoked');
    const endedBy = whyOver(row, nowMs);
    const usedShiftId = endedBy === null && isByHand ? shiftId : null;
    if (!noting.has(kioskId) && isDue(row, usedShiftId, nowMs)) {
      noting.add(kioskId);
      // Beside the request: nobody waits for it, and what fails is noted by the next request.
      void note(store, { villageId, kioskId, usedShiftId, nowMs })
        .catch(() => undefined)
        .finally(() => noting.delete(kioskId));
    }
    const village = villageOf(row);
    if (tokens.shift === null) {
      const actor = { kind: 'kiosk', id: kioskId, roles: ['kiosk'], kioskId, householdIds: [] } as const;
      return { village, actor };
    }
    if (endedBy !== null) throw new Refusal('kiosk.shift_over', endedBy);
    if (shiftId === null || volunteerId === null) throw new Refusal('kiosk.shift_over');
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

type DeviceRow = NonNullable<Awaited<ReturnType<typeof findDevice>>>;

/** Why the shift of a token is over; null while it goes on. */
function whyOver({ startedAtMs, endedAtMs, usedAtMs }: DeviceRow, nowMs: number): { what?: 'idle' } | null {
  if (startedAtMs === null || !isOpen({ startedAtMs, endedAtMs }, nowMs)) return {};
  return isLeftAlone({ startedAtMs, usedAtMs }, nowMs) ? { what: 'idle' } : null;
}

/** Whether the time is worth noting again: of the kiosk, or of the shift if this request uses one. */
function isDue(
  { lastSeenAtMs, startedAtMs, usedAtMs }: DeviceRow,
  usedShiftId: string | null,
  nowMs: number,
): boolean {
  const isOld = (atMs: number | null) => nowMs - (atMs ?? 0) >= NOTED_EVERY_MS;
  return isOld(lastSeenAtMs) || (usedShiftId !== null && isOld(usedAtMs ?? startedAtMs));
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
          usedAtMs: shifts.usedAtMs,
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

/** Something that stays the same for as long as a kiosk is paired with its device, and is another for every other one. */
export async function deviceMark(reader: Reader, villageId: string, kioskId: string): Promise<string> {
  const [kiosk] = await reader.prepared(
    'shop.deviceMark',
    ({ db, t: { kiosks } }) =>
      db
        .select({ tokenHash: kiosks.tokenHash })
        .from(kiosks)
        .where(
          and(eq(kiosks.villageId, sql.placeholder('villageId')), eq(kiosks.id, sql.placeholder('kioskId'))),
        ),
    { villageId, kioskId },
  );
  const mark = kiosk?.tokenHash ?? null;
  if (mark === null) throw new Refusal('auth.required');
  return mark;
}

interface Seen {
  readonly villageId: string;
  readonly kioskId: string;
  /** The shift that the request uses; null: none. */
  readonly usedShiftId: string | null;
  readonly nowMs: number;
}

/** Several processes may note at once, and a late one must not put an earlier time in the place of a later one. */
async function note(store: Store, { villageId, kioskId, usedShiftId, nowMs }: Seen): Promise<void> {
  await store.transaction(async (tx) => {
    const { kiosks, shifts } = tx.t;
    await tx.db
      .update(kiosks)
      .set({ lastSeenAtMs: nowMs })
      .where(and(eq(kiosks.villageId, villageId), eq(kiosks.id, kioskId), isBefore(kiosks.lastSeenAtMs)))
      .returning({ id: kiosks.id });
    if (usedShiftId === null) return;
    await tx.db
      .update(shifts)
      .set({ usedAtMs: nowMs })
      .where(and(eq(shifts.villageId, villageId), eq(shifts.id, usedShiftId), isBefore(shifts.usedAtMs)))
      .returning({ id: shifts.id });
  });

  function isBefore(column: Tables['kiosks']['lastSeenAtMs'] | Tables['shifts']['usedAtMs']) {
    return or(isNull(column), lt(column, nowMs));
  }
}
