import {
  aliasedTable,
  and,
  asc,
  count,
  eq,
  exists,
  getTableColumns,
  gt,
  isNotNull,
  isNull,
  notExists,
  type SQL,
  sql,
} from 'drizzle-orm';
import type { Reader, Tables, Tx } from '../../db/index.ts';
import type { StaffMember } from '../../shared/staff/contract.ts';
import { Refusal } from '../../shared/errors.ts';
import type { StaffRole } from '../../shared/roles.ts';
import { askNow, read, stored } from '../commands/index.ts';
import { villageColumns } from '../http/index.ts';
import { forgive } from '../identity/index.ts';
import { countedSinceMs, isCounted } from './counted.ts';
import { refuseTakenName, refuseUnfit } from './fit-for-staff.ts';
import { hashToken } from '../identity/index.ts';
import { endSessions } from '../identity/index.ts';
import type { AccessClaims } from '../identity/index.ts';

export type StaffRow = Tables['staff']['$inferSelect'];

export interface NewStaff {
  readonly villageId: string;
  readonly id: string;
  readonly username: string;
  readonly displayName: string;
  /** From hashSecret, outside the transaction. */
  readonly passwordHash: string;
  readonly mustChangePassword: boolean;
  readonly roles: readonly StaffRole[];
  readonly householdIds: readonly string[];
  /** The maker of the account, until somebody else confirms it; null: it decides from now on. */
  readonly unconfirmedBy: string | null;
  readonly nowMs: number;
}

/** Adds a person, whom refuseUnfit has let pass. */
export async function createStaff(tx: Tx, input: NewStaff): Promise<StaffRow> {
  const { nowMs, roles, householdIds, unconfirmedBy, ...rest } = input;
  const [row] = await tx.db
    .insert(tx.t.staff)
    .values({
      ...rest,
      roles: Array.from(new Set(roles)),
      householdIds: Array.from(new Set(householdIds)),
      ...(unconfirmedBy === null ? { confirmedAtMs: nowMs } : unconfirmed(unconfirmedBy, nowMs)),
      disabledAtMs: null,
      createdAtMs: nowMs,
    })
    .onConflictDoNothing({ target: tx.t.staff.username })
    .returning();
  if (!row) throw new Refusal('staff.username_taken', { username: input.username });
  return row;
}

export interface StaffChange {
  readonly displayName?: string | undefined;
  readonly roles?: readonly StaffRole[] | undefined;
  readonly householdIds?: readonly string[] | undefined;
  readonly disabled?: boolean | undefined;
}

/**
 * Changes a person. The village keeps at least one administrator, and a disabled person is logged out. Nobody can
 * take back the declared kin of their own account: otherwise somebody who may change staff could decide on their own
 * household.
 */
export async function updateStaff(
  tx: Tx,
  { villageId, id, actorId, nowMs }: { villageId: string; id: string; actorId: string; nowMs: number },
  change: StaffChange,
): Promise<StaffRow> {
  const { staff } = tx.t;
  await tx.lockBook(villageId); // two administrators must not strike each other off at the same moment
  const before = await findStaff(tx, villageId, id);
  const { householdIds: declared = before.householdIds } = change;
  if (id === actorId && before.householdIds.some((household) => !declared.includes(household)))
    throw new Refusal('staff.own_households');
  const disabledAtMs = disabledAt(before.disabledAtMs, change.disabled, nowMs);
  const after = {
    displayName: change.displayName ?? before.displayName,
    roles: change.roles ? Array.from(new Set(change.roles)) : before.roles,
    householdIds: change.householdIds ? Array.from(new Set(change.householdIds)) : before.householdIds,
    disabledAtMs,
  };
  if (after.displayName !== before.displayName) await refuseTakenName(tx, { villageId, id, ...after });
  if (change.roles ?? change.householdIds ?? change.disabled === false)
    await refuseUnfit(tx, { villageId, id, ...after });
  const waits = needsConfirming(before, after) ? unconfirmedAgain(before, actorId, nowMs) : {};
  const [row] = await tx.db
    .update(staff)
    .set({ ...after, ...waits })
    .where(and(eq(staff.villageId, villageId), eq(staff.id, id)))
    .returning();
  if (!row) throw new Refusal('staff.not_found');
  if (isActiveAdmin(before) && !isActiveAdmin(row)) await requireAdmin(tx, villageId);
  if (disabledAtMs !== null) await endSessions(tx, { villageId, kind: 'staff', id }, nowMs);
  return row;
}

/**
 * A role gained, kin taken away, or an account that comes back decides nothing until somebody else has confirmed it; nor does
 * whoever lays the administrator's role down, and could have made the accounts that now propose.
 */
function needsConfirming(
  before: StaffRow,
  after: Pick<StaffRow, 'roles' | 'householdIds' | 'disabledAtMs'>,
): boolean {
  return (
    doRolesWait(before.roles, after.roles) ||
    before.householdIds.some((id) => !after.householdIds.includes(id)) ||
    (before.disabledAtMs !== null && after.disabledAtMs === null)
  );
}

/** A role gained waits for a second person, and so does whoever lays the administrator's role down. */
export function doRolesWait(before: readonly StaffRole[], after: readonly StaffRole[]): boolean {
  return (
    after.some((role) => !before.includes(role)) || (before.includes('admin') && !after.includes('admin'))
  );
}

function unconfirmed(by: string, nowMs: number) {
  return { confirmedAtMs: null, unconfirmedBy: by, unconfirmedSinceMs: nowMs };
}

/** The account waits like a new one. Until when it was confirmed is kept: the person counts for some days more (counted.ts). */
function unconfirmedAgain(before: StaffRow, by: string, nowMs: number) {
  const { confirmedAtMs, confirmedUntilMs, disabledAtMs } = before;
  const untilMs = confirmedAtMs === null ? confirmedUntilMs : (disabledAtMs ?? nowMs);
  return { ...unconfirmed(by, nowMs), confirmedUntilMs: untilMs };
}

/** Everybody who is kin of a household becomes kin of the one its people or points have gone to. Answers who did. */
export async function extendKin(tx: Tx, villageId: string, from: string, to: string): Promise<string[]> {
  const { staff } = tx.t;
  const grown: string[] = [];
  for (const { id, householdIds } of await listStaff(tx, villageId)) {
    if (!householdIds.includes(from) || householdIds.includes(to)) continue;
    await tx.db
      .update(staff)
      .set({ householdIds: [...householdIds, to] })
      .where(and(eq(staff.villageId, villageId), eq(staff.id, id)))
      .returning({ id: staff.id });
    grown.push(id);
  }
  return grown;
}

/** Sets a password. Other log-ins end: all of them, or all except the one that changed it. */
export async function setPassword(
  tx: Tx,
  villageId: string,
  id: string,
  password: {
    readonly hash: string;
    readonly mustChange: boolean;
    readonly keepSessionId?: string;
    /** The person who set it, if somebody else did: the account then waits to be confirmed. */
    readonly setBy?: string;
  },
  nowMs: number,
): Promise<StaffRow> {
  const { staff } = tx.t;
  const [row] = await tx.db
    .update(staff)
    .set({
      ...{ passwordHash: password.hash, mustChangePassword: password.mustChange },
      ...(password.setBy === undefined
        ? {}
        : unconfirmedAgain(await findStaff(tx, villageId, id), password.setBy, nowMs)),
    })
    .where(and(eq(staff.villageId, villageId), eq(staff.id, id)))
    .returning();
  if (!row) throw new Refusal('staff.not_found');
  await endSessions(tx, { villageId, kind: 'staff', id }, nowMs, password.keepSessionId);
  await forgive(tx, '', loginSubject(row.username));
  await forgive(tx, '', ownSubject(row.id));
  return row;
}

/** A person of the staff by id, for commands. */
export const staffById = read<readonly [id: string], StaffRow | undefined>()({
  name: 'staff.byId',
  over: { staff: (answers, { now }) => answers.change([now.id], () => now) },
  rows: ({ db, t: { staff }, keys }) =>
    db
      .select({ at: keys.at, ...getTableColumns(staff) })
      .from(keys.table)
      .crossJoin(staff)
      .where(and(eq(staff.villageId, keys.villageId), eq(staff.id, keys.part(0)))),
  answer: ([found]) => found && stored(found),
});

export async function findStaff(reader: Reader, villageId: string, id: string): Promise<StaffRow> {
  const row = await askNow(reader, villageId, staffById.one([id]));
  if (!row) throw new Refusal('staff.not_found');
  return row;
}

export async function findByUsername(reader: Reader, username: string): Promise<StaffRow | undefined> {
  const { staff } = reader.t;
  const [row] = await reader.db.select().from(staff).where(eq(staff.username, username));
  return row;
}

export async function listStaff(reader: Reader, villageId: string): Promise<StaffRow[]> {
  const { staff } = reader.t;
  return reader.db.select().from(staff).where(eq(staff.villageId, villageId)).orderBy(asc(staff.username));
}

/** Display names of staff, for lists that say who did it. */
export async function staffNames(reader: Reader, villageId: string): Promise<Map<string, string>> {
  const rows = await listStaff(reader, villageId);
  return new Map(rows.map((row) => [row.id, row.displayName]));
}

/**
 * The person behind a live log-in, and the village. Null if the log-in was ended or is over, or the person is
 * disabled.
 */
export async function findBySession(
  reader: Reader,
  { villageId, staffId, sessionId, nowMs }: AccessClaims & { readonly nowMs: number },
) {
  const [found] = await reader.prepared(
    'identity.staffSession',
    ({ db, t }) => {
      const ofFamily = (which: SQL | undefined) =>
        db
          .select({ id: t.sessions.id })
          .from(t.sessions)
          .where(and(eq(t.sessions.familyId, sql.placeholder('sessionId')), which));
      const colleague = aliasedTable(t.staff, 'colleague');
      const countedStaff = db
        .select({ n: count() })
        .from(colleague)
        .where(
          and(
            eq(colleague.villageId, t.staff.villageId),
            isCounted(colleague, sql.placeholder('countedSinceMs')),
          ),
        );
      return db
        .select({
          ...villageColumns(t),
          confirmedAtMs: t.staff.confirmedAtMs,
          countedStaff: sql<number>`${countedStaff}`.mapWith(Number).as('counted_staff'),
          id: t.staff.id,
          roles: t.staff.roles,
          householdIds: t.staff.householdIds,
          mustChangePassword: t.staff.mustChangePassword,
        })
        .from(t.staff)
        .innerJoin(t.villages, eq(t.villages.id, t.staff.villageId))
        .where(
          and(
            eq(t.staff.villageId, sql.placeholder('villageId')),
            eq(t.staff.id, sql.placeholder('staffId')),
            isNull(t.staff.disabledAtMs),
            // One revoked token ends them all. A token that lasts must exist too: expired ones are deleted, and a
            // mark that the log-in was ended goes with them.
            notExists(ofFamily(isNotNull(t.sessions.revokedAtMs))),
            exists(ofFamily(gt(t.sessions.expiresAtMs, sql.placeholder('nowMs')))),
          ),
        );
    },
    { villageId, staffId, sessionId, nowMs, countedSinceMs: countedSinceMs(nowMs) },
  );
  return found ?? null;
}

export function staffMember(row: StaffRow): StaffMember {
  return {
    id: row.id,
    username: row.username,
    displayName: row.displayName,
    roles: row.roles,
    householdIds: row.householdIds,
    disabled: row.disabledAtMs !== null,
    mustChangePassword: row.mustChangePassword,
    confirmedAtMs: row.confirmedAtMs,
    unconfirmedBy: row.unconfirmedBy,
    unconfirmedSinceMs: row.unconfirmedSinceMs,
  };
}

/** Wrong passwords are counted by name, whether or not somebody has it: a lock tells a guesser nothing. */
export function loginSubject(username: string): string {
  return `login:${hashToken(username).slice(0, 32)}`;
}

/** Under this subject the wrong passwords of somebody who is logged in already are counted. */
export function ownSubject(staffId: string): string {
  return `password:${staffId}`;
}

function disabledAt(before: number | null, disabled: boolean | undefined, nowMs: number): number | null {
  if (disabled === undefined) return before;
  return disabled ? (before ?? nowMs) : null;
}

function isActiveAdmin(row: StaffRow): boolean {
  return row.disabledAtMs === null && row.roles.includes('admin');
}

async function requireAdmin(tx: Tx, villageId: string): Promise<void> {
  const rows = await listStaff(tx, villageId);
  if (!rows.some(isActiveAdmin)) throw new Refusal('staff.last_admin');
}
