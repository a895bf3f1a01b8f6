import { and, eq, isNull } from 'drizzle-orm';
import type { Reader, Tx } from '../../db/index.ts';
import { Refusal } from '../../shared/errors.ts';
import { SHIFT_IDLE_MS, SHIFT_LASTS_MS } from '../../shared/kiosk/shift-limits.ts';
import { askNow, read, stored } from '../commands/index.ts';
import type { VillageContext } from '../http/index.ts';
import { endShifts } from './kiosks.ts';

export interface Shift {
  readonly id: string;
  readonly kioskId: string;
  readonly volunteerId: string;
  readonly volunteer: string;
  readonly startedAtMs: number;
  /** The volunteer's own household and relatives'; null: none was declared. */
  readonly householdIds: readonly string[] | null;
}

interface NewShift {
  readonly villageId: string;
  readonly id: string;
  readonly kioskId: string;
  readonly volunteer: { readonly id: string; readonly pinHash: string };
  readonly tokenHash: string;
  readonly nowMs: number;
}

/**
 * Starts a shift and ends the kiosk's previous one. False when the volunteer was disabled or got another PIN,
 * or the kiosk was revoked, since the PIN was checked.
 */
export async function startShift(tx: Tx, shift: NewShift): Promise<boolean> {
  const { villageId, kioskId, nowMs } = shift;
  const { kiosks, volunteers, shifts } = tx.t;
  // Writing the kiosk's row first makes two sign-ins on one kiosk wait for each other.
  const stands = await tx.db
    .update(kiosks)
    .set({ lastSeenAtMs: nowMs })
    .where(and(eq(kiosks.villageId, villageId), eq(kiosks.id, kioskId), isNull(kiosks.revokedAtMs)))
    .returning({ id: kiosks.id });
  const same = await tx.db
    .select({ id: volunteers.id })
    .from(volunteers)
    .where(
      and(
        eq(volunteers.villageId, villageId),
        eq(volunteers.id, shift.volunteer.id),
        eq(volunteers.pinHash, shift.volunteer.pinHash),
        isNull(volunteers.disabledAtMs),
      ),
    );
  if (stands.length === 0 || same.length === 0) return false;
  await endShifts({ tx, villageId, nowMs }, { kioskId });
  await tx.db
    .insert(shifts)
    .values({
      villageId,
      id: shift.id,
      kioskId,
      volunteerId: shift.volunteer.id,
      tokenHash: shift.tokenHash,
      startedAtMs: nowMs,
      endedAtMs: null,
      usedAtMs: null,
      byDevice: false,
    })
    .returning({ id: shifts.id });
  return true;
}

/** A shift with what may end it. */
export interface KnownShift extends Shift {
  readonly endedAtMs: number | null;
  readonly usedAtMs: number | null;
  readonly revokedAtMs: number | null;
  readonly disabledAtMs: number | null;
  readonly confirmedAtMs: number | null;
  /** A device says that it was begun there, without network. */
  readonly byDevice: boolean;
}

/** A shift by its id. */
export const shiftById = read<readonly [id: string], KnownShift | undefined>()({
  name: 'kiosk.shiftById',
  over: { shifts: 'stale', kiosks: 'stale', volunteers: 'stale' },
  rows: ({ db, t: { shifts, kiosks, volunteers }, keys }) =>
    db
      .select({
        at: keys.at,
        id: shifts.id,
        kioskId: shifts.kioskId,
        volunteerId: shifts.volunteerId,
        volunteer: volunteers.name,
        householdIds: volunteers.householdIds,
        startedAtMs: shifts.startedAtMs,
        endedAtMs: shifts.endedAtMs,
        usedAtMs: shifts.usedAtMs,
        revokedAtMs: kiosks.revokedAtMs,
        disabledAtMs: volunteers.disabledAtMs,
        confirmedAtMs: volunteers.confirmedAtMs,
        byDevice: shifts.byDevice,
      })
      .from(keys.table)
      .crossJoin(shifts)
      .innerJoin(kiosks, and(eq(kiosks.villageId, shifts.villageId), eq(kiosks.id, shifts.kioskId)))
      .innerJoin(
        volunteers,
        and(eq(volunteers.villageId, shifts.villageId), eq(volunteers.id, shifts.volunteerId)),
      )
      .where(and(eq(shifts.villageId, keys.villageId), eq(shifts.id, keys.part(0)))),
  answer: ([found]) => found && stored(found),
});

/**
 * Refuses a shift that is over, or whose volunteer nobody has confirmed. Redemptions ask again when they are decided, so
 * that a revoked kiosk books nothing.
 */
export function requireOpen(
  shift: KnownShift | undefined,
  { openedAtMs, nowMs }: { readonly openedAtMs: number | null; readonly nowMs: number },
): Shift {
  if (shift?.revokedAtMs) throw new Refusal('kiosk.revoked');
  // A volunteer disabled at the very moment of signing in may have left an open shift.
  if (shift?.disabledAtMs !== null || !isOpen(shift, nowMs)) throw new Refusal('kiosk.shift_over');
  // The shift began before the books were opened, or the confirmation was lost since.
  if (mustBeConfirmed(shift, openedAtMs)) throw new Refusal('kiosk.shift_over', { what: 'unconfirmed' });
  return shift;
}

/**
 * Whether a volunteer has to be confirmed before handing out: somebody else knows the PIN. Before the books are open
 * nothing is handed out.
 */
export function mustBeConfirmed(
  { confirmedAtMs }: { readonly confirmedAtMs: number | null },
  openedAtMs: number | null,
): boolean {
  return openedAtMs !== null && confirmedAtMs === null;
}

/** Whether the shift's volunteer declared this household: another one hands out to it. */
export function isOwnHousehold({ householdIds }: Shift, householdId: string): boolean {
  return householdIds?.includes(householdId) === true;
}

/** Finds an open shift or refuses. */
export async function findShift(
  reader: Reader,
  { id: villageId, openedAtMs }: Pick<VillageContext, 'id' | 'openedAtMs'>,
  id: string,
  nowMs: number,
): Promise<Shift> {
  return requireOpen(await askNow(reader, villageId, shiftById.one([id])), { openedAtMs, nowMs });
}

export function isOpen(shift: { startedAtMs: number; endedAtMs: number | null }, nowMs: number): boolean {
  // The distance counts in both directions: a clock that was set back must not make a shift last for ever.
  return shift.endedAtMs === null && Math.abs(nowMs - shift.startedAtMs) < SHIFT_LASTS_MS;
}

/**
 * True when nobody used the shift's token for SHIFT_IDLE_MS. It is asked where the token comes in (devices.ts), before
 * anything else: whatever is done after that is itself a use.
 */
export function isLeftAlone(
  { startedAtMs, usedAtMs }: { readonly startedAtMs: number; readonly usedAtMs: number | null },
  nowMs: number,
): boolean {
  return Math.abs(nowMs - (usedAtMs ?? startedAtMs)) >= SHIFT_IDLE_MS;
}
