import { and, eq, isNull, lt, or, sql } from 'drizzle-orm';
import type { Reader, Store } from '../../db/index.ts';
import { Refusal } from '../../shared/errors.ts';
import type { Caller, Resolvers } from '../http/index.ts';
import { hashToken } from '../identity/index.ts';
import { isOpen, SHIFT_LASTS_MS } from './shifts.ts';

/** `lastSeenAtMs` is for the desk's list of kiosks: a minute is close enough, a write for each request is not. */
const SEEN_EVERY_MS = 60_000;

/**
 * Who stands behind a device token and a shift token: the device alone where no shift token came along, else
 * the volunteer. Refuses devices unknown or revoked, and shifts that are over.
 */
export function kioskResolver(store: Store): Resolvers['kiosk'] {
  return async (deviceToken, shiftToken, reader, nowMs): Promise<Caller> => {
    const row = await findDevice(
      reader,
      hashToken(deviceToken),
      shiftToken === null ? '' : hashToken(shiftToken),
    );
    if (!row) throw new Refusal('auth.required');
    const { villageId, kioskId, shift } = row;
    if (row.revokedAtMs !== null) throw new Refusal('kiosk.revoked');
    // Beside the request: nobody waits for it, and a failure only leaves an older time on the desk's list.
    if (nowMs - (row.lastSeenAtMs ?? 0) >= SEEN_EVERY_MS)
      noteSeen(store, villageId, kioskId, nowMs).catch(() => undefined);
    if (shiftToken === null) {
      return {
        villageId,
        actor: { kind: 'kiosk', id: kioskId, roles: ['kiosk'], kioskId, householdIds: [] },
      };
    }
    if (shift === null || !isOpen(shift, nowMs)) throw new Refusal('kiosk.shift_over');
    const { id: shiftId, volunteerId } = shift;
    const actor = {
      kind: 'volunteer',
      id: volunteerId,
      roles: ['volunteer'],
      kioskId,
      shiftId,
      householdIds: [],
    } as const;
    return { villageId, actor, expiresAtMs: shift.startedAtMs + SHIFT_LASTS_MS };
  };
}

async function findDevice(reader: Reader, deviceHash: string, shiftHash: string) {
  const [row] = await reader.prepared(
    'shop.device',
    ({ db, t: { kiosks, shifts } }) =>
      db
        .select({
          villageId: kiosks.villageId,
          kioskId: kiosks.id,
          revokedAtMs: kiosks.revokedAtMs,
          lastSeenAtMs: kiosks.lastSeenAtMs,
          shift: {
            id: shifts.id,
            volunteerId: shifts.volunteerId,
            startedAtMs: shifts.startedAtMs,
            endedAtMs: shifts.endedAtMs,
          },
        })
        .from(kiosks)
        .leftJoin(
          shifts,
          and(
            eq(shifts.villageId, kiosks.villageId),
            eq(shifts.kioskId, kiosks.id),
            eq(shifts.tokenHash, sql.placeholder('shiftHash')),
          ),
        )
        .where(eq(kiosks.tokenHash, sql.placeholder('deviceHash'))),
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
