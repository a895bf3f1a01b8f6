import { and, asc, eq } from 'drizzle-orm';
import type { z } from 'zod';
import type { Reader, Tables, Tx } from '../../db/index.ts';
import type { CopiedVolunteer } from '../../shared/copy/contract.ts';
import type { volunteer } from '../../shared/kiosk/contract.ts';
import { Refusal } from '../../shared/errors.ts';
import { endShifts } from './kiosks.ts';
import { mustBeConfirmed } from './shifts.ts';

export type VolunteerView = z.input<typeof volunteer>;
export type VolunteerRow = Tables['volunteers']['$inferSelect'];

export async function listVolunteers(reader: Reader, villageId: string): Promise<VolunteerView[]> {
  return (await volunteerRows(reader, villageId)).map(viewOf);
}

async function volunteerRows({ db, t: { volunteers } }: Reader, villageId: string): Promise<VolunteerRow[]> {
  return db
    .select()
    .from(volunteers)
    .where(eq(volunteers.villageId, villageId))
    .orderBy(asc(volunteers.createdAtMs), asc(volunteers.id));
}

/** Names by id, for showing who booked an entry. */
export async function volunteerNames(reader: Reader, villageId: string): Promise<Map<string, string>> {
  const rows = await listVolunteers(reader, villageId);
  return new Map(rows.map((row) => [row.id, row.name]));
}

/** Volunteers who may begin a shift now, with what their PINs are checked by. */
export async function servingVolunteers(
  reader: Reader,
  village: { readonly id: string; readonly openedAtMs: number | null },
): Promise<CopiedVolunteer[]> {
  const rows = await volunteerRows(reader, village.id);
  return rows
    .filter((row) => row.disabledAtMs === null && !mustBeConfirmed(row, village.openedAtMs))
    .map(({ id, name, pinHash, householdIds, confirmedAtMs }) => ({
      ...{ id, name, verifier: pinHash, mayVouch: confirmedAtMs !== null, kin: householdIds ?? [] },
    }));
}

export interface NewVolunteer {
  readonly villageId: string;
  readonly id: string;
  readonly name: string;
  readonly pinHash: string;
  readonly householdIds?: readonly string[];
  /** The person of the staff who knows the PIN too, and does not confirm it. Null: nobody does. */
  readonly unconfirmedBy: string | null;
  readonly nowMs: number;
}

export async function createVolunteer(
  tx: Tx,
  { nowMs, householdIds = [], ...fields }: NewVolunteer,
): Promise<VolunteerView> {
  const declared = [...new Set(householdIds)];
  const confirmedAtMs = fields.unconfirmedBy === null ? nowMs : null;
  const row: VolunteerRow = {
    ...fields,
    ...{ householdIds: declared, disabledAtMs: null, createdAtMs: nowMs, confirmedAtMs },
  };
  const made = await tx.db
    .insert(tx.t.volunteers)
    .values(row)
    .onConflictDoNothing()
    .returning({ id: tx.t.volunteers.id });
  if (made.length === 0) throw new Refusal('volunteer.name_taken', { name: fields.name });
  return viewOf(row);
}

interface VolunteerChange {
  readonly villageId: string;
  readonly id: string;
  readonly nowMs: number;
  /** The person of the staff who changes it. */
  readonly actorId: string;
  readonly disabled?: boolean | undefined;
  readonly pinHash?: string | undefined;
  readonly householdIds?: readonly string[] | undefined;
}

/**
 * Changes a volunteer; answers how they were and are. Disabling, or a new PIN, ends their shifts on all kiosks. After a new PIN,
 * the end of being disabled, or kin taken away, somebody else confirms before the volunteer serves or vouches again.
 */
export async function changeVolunteer(
  tx: Tx,
  change: VolunteerChange,
): Promise<Readonly<Record<'was' | 'now', VolunteerView>>> {
  const { villageId, id, nowMs, disabled, pinHash } = change;
  const before = await findVolunteer(tx, villageId, id);
  if (!before) throw new Refusal('volunteer.not_found', { id });
  const disabledAtMs =
    disabled === undefined ? before.disabledAtMs : disabled ? (before.disabledAtMs ?? nowMs) : null;
  const householdIds = change.householdIds ? [...new Set(change.householdIds)] : before.householdIds;
  const declared = { disabledAtMs, pinHash: pinHash ?? before.pinHash, householdIds };
  // While nobody has confirmed the volunteer, the one who knows the PIN stays the one who may not.
  const knowsPin = pinHash === undefined ? before.unconfirmedBy : null;
  const confirmation = loosens(before, { ...change, householdIds })
    ? { confirmedAtMs: null, unconfirmedBy: knowsPin ?? change.actorId }
    : {};
  const after = { ...before, ...declared, ...confirmation };
  await tx.db
    .update(tx.t.volunteers)
    .set({ ...declared, ...confirmation })
    .where(and(eq(tx.t.volunteers.villageId, villageId), eq(tx.t.volunteers.id, id)))
    .returning({ id: tx.t.volunteers.id });
  if (disabled === true || pinHash !== undefined)
    await endShifts({ tx, villageId, nowMs }, { volunteerId: id });
  return { was: viewOf(before), now: viewOf(after) };
}

function loosens(
  before: VolunteerRow,
  {
    pinHash,
    disabled,
    householdIds,
  }: Pick<VolunteerChange, 'pinHash' | 'disabled'> & Pick<VolunteerRow, 'householdIds'>,
): boolean {
  const isEnabled = before.disabledAtMs !== null && disabled === false;
  const losesKin = before.householdIds?.some((one) => householdIds?.includes(one) !== true) === true;
  return pinHash !== undefined || isEnabled || losesKin;
}

export async function findVolunteer(
  reader: Reader,
  villageId: string,
  id: string,
): Promise<VolunteerRow | undefined> {
  const { volunteers } = reader.t;
  const [row] = await reader.db
    .select()
    .from(volunteers)
    .where(and(eq(volunteers.villageId, villageId), eq(volunteers.id, id)));
  return row;
}

export function viewOf(row: VolunteerRow): VolunteerView {
  const { id, name, disabledAtMs, householdIds, confirmedAtMs, unconfirmedBy } = row;
  return {
    ...{ id, name, disabled: disabledAtMs !== null, householdIds: householdIds ?? [] },
    ...{ confirmed: confirmedAtMs !== null, unconfirmedBy },
  };
}
