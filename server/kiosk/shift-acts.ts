import { and, eq, isNull } from 'drizzle-orm';
import type { Reader, RowOf } from '../../db/index.ts';
import type { AnyAct } from '../../shared/acts/act.ts';

/** A shift that nobody has ended yet. */
export type UnendedShift = Pick<RowOf<'shifts'>, 'id' | 'kioskId' | 'startedAtMs' | 'endedAtMs' | 'usedAtMs'>;

/** Reads those of a kiosk or of a volunteer. */
export async function unendedShifts(
  { db, t: { shifts } }: Reader,
  villageId: string,
  of: { readonly kioskId: string } | { readonly volunteerId: string },
): Promise<UnendedShift[]> {
  const { id, kioskId, startedAtMs, endedAtMs, usedAtMs } = shifts;
  const theirs = 'kioskId' in of ? eq(kioskId, of.kioskId) : eq(shifts.volunteerId, of.volunteerId);
  return db
    .select({ id, kioskId, startedAtMs, endedAtMs, usedAtMs })
    .from(shifts)
    .where(and(eq(shifts.villageId, villageId), theirs, isNull(endedAtMs)))
    .orderBy(id);
}

/** The act of a volunteer who signed in at a kiosk. `byDevice`: the device checked the PIN, without network. */
export function actOfBegin(kioskId: string, shift: string, byDevice?: true): AnyAct {
  const how = byDevice ? { byDevice } : {};
  return { act: 'shifts.begun', on: `kiosk:${kioskId}`, is: { shift, ...how } };
}

/** The acts of shifts that end. */
export function actsOfEnd(shifts: readonly Pick<UnendedShift, 'id' | 'kioskId'>[]): AnyAct[] {
  return shifts.map(({ id, kioskId }) => ({
    act: 'shifts.ended',
    on: `kiosk:${kioskId}`,
    was: { shift: id },
  }));
}
