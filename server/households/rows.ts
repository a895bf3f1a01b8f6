import { and, asc, eq, gt, inArray } from 'drizzle-orm';
import { chunked, type Reader, type RowOf } from '../../db/index.ts';
import type { Household } from '../../shared/households/contract.ts';
import { Refusal } from '../../shared/errors.ts';
import { validCards } from '../cards/index.ts';
import { read, stored } from '../commands/index.ts';
import { accountId, balancesOf } from '../ledger/index.ts';
import { heldAccount, householdAccount } from './ledger-kinds.ts';

export interface HouseholdName {
  readonly id: string;
  readonly number: string;
  readonly head: string;
  readonly group: string;
  readonly state: 'active' | 'closed';
}

/** A household as commands know it. */
export interface KnownHousehold extends HouseholdName {
  readonly pinHash: string | null;
  /** When the office gave it the PIN. */
  readonly pinSetAtMs: number | null;
  readonly erasedAtMs: number | null;
}

/** A household by its id, for commands; closed ones too. */
export const householdById = read<readonly [id: string], KnownHousehold | undefined>()({
  name: 'households.byId',
  over: { households: (answers, { now }) => answers.drop([now.id]) },
  rows: ({ db, t: { households }, keys }) =>
    db
      .select({
        at: keys.at,
        id: households.id,
        number: households.number,
        head: households.head,
        group: households.groupName,
        state: households.state,
        pinHash: households.pinHash,
        pinSetAtMs: households.pinSetAtMs,
        erasedAtMs: households.erasedAtMs,
      })
      .from(keys.table)
      .crossJoin(households)
      .where(and(eq(households.villageId, keys.villageId), eq(households.id, keys.part(0)))),
  answer: ([found]) => found && stored(found),
});

/** The numbers of all households of the village. */
export const householdNumbers = read<readonly [all: ''], readonly string[]>()({
  name: 'households.numbers',
  over: { households: 'stale' },
  rows: ({ db, t: { households }, keys }) =>
    db
      .select({ at: keys.at, number: households.number })
      .from(keys.table)
      .crossJoin(households)
      .where(eq(households.villageId, keys.villageId)),
  answer: (rows) => rows.map(({ number }) => number),
});

const ROWS_A_PAGE = 500;

/** Every household of the village as it is stored, closed ones too, by number. There is a pause after every page. */
export async function allHouseholds(
  { db, t: { households } }: Reader,
  villageId: string,
  pause: () => Promise<void>,
): Promise<RowOf<'households'>[]> {
  const all: RowOf<'households'>[] = [];
  for (;;) {
    const last = all.at(-1)?.numberKey ?? '';
    const page = await db
      .select()
      .from(households)
      .where(and(eq(households.villageId, villageId), gt(households.numberKey, last)))
      .orderBy(asc(households.numberKey))
      .limit(ROWS_A_PAGE);
    all.push(...page);
    if (page.length < ROWS_A_PAGE) return all;
    await pause();
  }
}

/** Reads these households as the contract shows them, in this order, each with its valid card and its balances. */
export async function readHouseholds(
  reader: Reader,
  villageId: string,
  ids: readonly string[],
): Promise<Household[]> {
  const { households } = reader.t;
  const found = new Map<string, RowOf<'households'>>();
  for (const some of chunked(ids)) {
    const rows = await reader.db
      .select()
      .from(households)
      .where(and(eq(households.villageId, villageId), inArray(households.id, some)));
    for (const row of rows) found.set(row.id, row);
  }
  const cards = await validCards(reader, villageId, ids);
  const accounts = ids.flatMap((id) => [householdAccount(id), heldAccount(id)]);
  const amounts = await balancesOf(reader, villageId, accounts);
  return ids.flatMap((id) => {
    const row = found.get(id);
    if (!row) return [];
    return [
      {
        id,
        number: row.number,
        originalNumber: row.originalNumber,
        group: row.groupName,
        head: row.head,
        size: row.size,
        phone: row.phone,
        note: row.note,
        state: row.state,
        balance: amounts.get(accountId(householdAccount(id))) ?? 0,
        held: amounts.get(accountId(heldAccount(id))) ?? 0,
        card: cards.get(id) ?? null,
        hasPin: row.pinHash !== null,
        pinSetAtMs: row.pinSetAtMs,
        showsName: row.showsName,
        closedAtMs: row.closedAtMs,
        erasedAtMs: row.erasedAtMs,
      },
    ];
  });
}

export async function getHousehold(reader: Reader, villageId: string, id: string): Promise<Household> {
  const [household] = await readHouseholds(reader, villageId, [id]);
  if (!household) throw new Refusal('household.not_found');
  return household;
}

/** Number, head and group of these households, by id, closed ones too. */
export async function householdNames(
  reader: Reader,
  villageId: string,
  ids: readonly string[],
): Promise<Map<string, HouseholdName>> {
  const { households } = reader.t;
  const names = new Map<string, HouseholdName>();
  for (const some of chunked(ids)) {
    const rows = await reader.db
      .select({
        id: households.id,
        number: households.number,
        head: households.head,
        group: households.groupName,
        state: households.state,
      })
      .from(households)
      .where(and(eq(households.villageId, villageId), inArray(households.id, some)));
    for (const row of rows) names.set(row.id, row);
  }
  return names;
}

/** The ids that are not households of the village. */
export async function missingHouseholds(
  reader: Reader,
  villageId: string,
  ids: readonly string[],
): Promise<string[]> {
  const { households } = reader.t;
  const rows = await reader.db
    .select({ id: households.id })
    .from(households)
    .where(and(eq(households.villageId, villageId), inArray(households.id, [...ids])));
  const found = new Set(rows.map((row) => row.id));
  return ids.filter((id) => !found.has(id));
}

/** Refuses ids that are not households of the village. */
export async function requireHouseholds(
  reader: Reader,
  villageId: string,
  ids: readonly string[],
): Promise<void> {
  const [missing] = ids.length === 0 ? [] : await missingHouseholds(reader, villageId, ids);
  if (missing !== undefined) throw new Refusal('household.not_found', { id: missing });
}

/** Throws if the household's personal data has been erased: nothing is written about it any more. */
export async function refuseErased(reader: Reader, villageId: string, id: string): Promise<void> {
  const { households } = reader.t;
  const [found] = await reader.db
    .select({ number: households.number, erasedAtMs: households.erasedAtMs })
    .from(households)
    .where(and(eq(households.villageId, villageId), eq(households.id, id)));
  if (found && found.erasedAtMs !== null) throw new Refusal('household.erased', { number: found.number });
}

/** Number and state of one household; refuses where there is none. */
export async function findHousehold(
  reader: Reader,
  villageId: string,
  id: string,
): Promise<{ number: string; state: 'active' | 'closed' }> {
  const { households } = reader.t;
  const [found] = await reader.db
    .select({ number: households.number, state: households.state })
    .from(households)
    .where(and(eq(households.villageId, villageId), eq(households.id, id)));
  if (!found) throw new Refusal('household.not_found');
  return found;
}

/**
 * The household that received the points when this one was closed; null while it is open, and if the points simply
 * ended.
 */
export async function successorOf(
  reader: Reader,
  villageId: string,
  id: string,
): Promise<HouseholdName | null> {
  const { households } = reader.t;
  const [found] = await reader.db
    .select({ successorId: households.successorId })
    .from(households)
    .where(and(eq(households.villageId, villageId), eq(households.id, id)));
  if (typeof found?.successorId !== 'string') return null;
  const names = await householdNames(reader, villageId, [found.successorId]);
  return names.get(found.successorId) ?? null;
}
