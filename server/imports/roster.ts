import { asc, eq } from 'drizzle-orm';
import type { Reader } from '../../db/store.ts';
import type { RosterReading, RosterRow } from '../../shared/imports/papers.ts';
import { householdNumberKey, nextHouseholdNumber } from '../../shared/households/number.ts';
import { meantByOriginal } from '../../shared/households/original-number.ts';
import { addHouseholds, changeHousehold, type HouseholdFields } from '../households/index.ts';
import { randomBelow } from '../identity/index.ts';
import { type ImportWork, type Plan, problemsAgainst, rowKey } from './plan.ts';

/** A household the village has already. */
export interface KnownHousehold extends HouseholdFields {
  readonly id: string;
  readonly numberKey: string;
  readonly originalKey: string | null;
  readonly state: 'active' | 'closed';
}

interface Change {
  readonly id: string;
  readonly fields: Partial<HouseholdFields>;
}

/**
 * Rows match households by number or original number. If the paper had none (one was made up for it), or nobody has it
 * yet, they match by head and group, so that the same paper read twice finds the households it made, whichever of its
 * columns was taken for the number. Fields that a paper leaves blank are kept.
 */
export async function planRoster(reader: Reader, villageId: string, reading: RosterReading): Promise<Plan> {
  const known = await knownHouseholds(reader, villageId);
  const { problems, add } = problemsAgainst(reading);
  const isNumberOwn = numberIsOwn(reading);
  const matches = matchRows(reading.rows, known, isNumberOwn);
  const numbers = new NumberPool(known, reading.rows.filter(isNumberOwn));
  const given = new Map<string, string>();
  const fresh: RosterRow[] = [];
  const changes: Change[] = [];
  let unchanged = 0;
  for (const row of reading.rows) {
    const match = matches.get(row);
    if (match) given.set(rowKey(row), match.number);
    const at = { sheet: row.sheet, sourceRow: row.sourceRow };
    if (!match) {
      const number = isNumberOwn(row) ? row.number : numbers.take(row.number);
      given.set(rowKey(row), number);
      // A number that was made up for the paper alone is nobody's loss.
      if (number !== row.number && row.originalNumber === null)
        add('warning', 'village_number_given', { ...at, field: 'number', value: row.number }, { number });
      fresh.push({ ...row, number });
    } else if (match.state === 'closed') {
      const { number, head } = match;
      add(
        'error',
        'village_household_closed',
        { ...at, field: 'number', value: row.number },
        { number, head },
      );
    } else {
      const fields = changedFields(match, row);
      if (Object.keys(fields).length === 0) unchanged += 1;
      else changes.push({ id: match.id, fields });
      if (fields.head !== undefined) {
        const params = { number: match.number, now: match.head };
        add('warning', 'village_head_differs', { ...at, field: 'head', value: row.head }, params);
      }
    }
  }
  return {
    create: fresh.length,
    update: changes.length,
    unchanged,
    problems,
    numbers: given,
    write: (work) => writeRoster(work, fresh, changes),
  };
}

export async function knownHouseholds(reader: Reader, villageId: string): Promise<KnownHousehold[]> {
  const { households } = reader.t;
  return reader.db
    .select({
      id: households.id,
      number: households.number,
      numberKey: households.numberKey,
      originalNumber: households.originalNumber,
      originalKey: households.originalKey,
      group: households.groupName,
      head: households.head,
      size: households.size,
      phone: households.phone,
      note: households.note,
      state: households.state,
    })
    .from(households)
    .where(eq(households.villageId, villageId))
    .orderBy(asc(households.numberKey));
}

async function writeRoster(
  work: ImportWork,
  fresh: readonly RosterRow[],
  changes: readonly Change[],
): Promise<number[]> {
  const { tx, villageId, nowMs } = work;
  const ink = { nowMs, randomInt: (below: number) => randomBelow(work.random, below) };
  const households = fresh.map(({ number, originalNumber, group, head, size, phone, note }) => {
    return { id: work.newId(), number, originalNumber, group, head, size, phone, note };
  });
  await addHouseholds(tx, villageId, households, ink, work.onProgress);
  for (const [index, { id, fields }] of changes.entries()) {
    await changeHousehold(tx, villageId, id, fields, nowMs);
    work.onProgress(fresh.length + index + 1);
  }
  return [];
}

/** Whether a row's number stands in the paper, or was given to it when it was read. */
function numberIsOwn({ assumptions, problems }: RosterReading): (row: RosterRow) => boolean {
  if (assumptions.some(({ code }) => code === 'assume_numbers_given')) return () => false;
  const missing = problems.filter(({ code }) => code === 'number_missing');
  const given = new Set(missing.map(({ sheet, row }) => `${sheet}!${String(row)}`));
  return ({ sheet, sourceRow, originalNumber }) =>
    originalNumber === null && !given.has(`${sheet}!${String(sourceRow)}`);
}

function matchRows(
  rows: readonly RosterRow[],
  known: readonly KnownHousehold[],
  isNumberOwn: (row: RosterRow) => boolean,
): Map<RosterRow, KnownHousehold> {
  const matches = new Map<RosterRow, KnownHousehold>();
  const free = new Set(known);
  const take = (row: RosterRow, household: KnownHousehold | undefined) => {
    if (!household || !free.delete(household)) return;
    matches.set(row, household);
  };
  const byKey = new Map(known.map((household) => [household.numberKey, household]));
  for (const row of rows) if (isNumberOwn(row)) take(row, byKey.get(householdNumberKey(row.number)));
  for (const row of rows) {
    if (row.originalNumber !== null) take(row, byOriginal(row.originalNumber, known));
    // Digits alone mean somebody's original number only if the name says so too.
    else if (isNumberOwn(row) && !matches.has(row)) {
      const meant = meantByOriginal(row.number, known);
      if (meant?.head === row.head) take(row, meant);
    }
  }

  const byPerson = Map.groupBy(known, ({ head, group }) => `${head}\n${group}`);
  for (const row of rows) {
    if (isNumberOwn(row) || matches.has(row)) continue;
    const same = (byPerson.get(`${row.head}\n${row.group}`) ?? []).filter(
      (household) =>
        free.has(household) && (row.originalNumber === null || household.originalNumber === null),
    );
    const key = householdNumberKey(row.number);
    take(
      row,
      same.find(({ numberKey }) => numberKey === key) ??
        same.find(({ phone }) => phone !== null && phone === row.phone) ??
        same[0],
    );
  }
  return matches;
}

/** The household with this original number, or with it as its number from before numbers were short. */
function byOriginal(original: string, known: readonly KnownHousehold[]): KnownHousehold | undefined {
  const key = householdNumberKey(original);
  return known.find(({ numberKey }) => numberKey === key) ?? meantByOriginal(original, known);
}

/** The fields in which a row differs from the household. A blank cell changes nothing. */
function changedFields(household: KnownHousehold, row: RosterRow): Partial<HouseholdFields> {
  return {
    ...(row.originalNumber !== null && isOtherOriginal(row.originalNumber, household)
      ? { originalNumber: row.originalNumber }
      : {}),
    ...(row.group !== '' && row.group !== household.group ? { group: row.group } : {}),
    ...(row.head !== household.head ? { head: row.head } : {}),
    ...(row.size !== null && row.size !== household.size ? { size: row.size } : {}),
    ...(row.phone !== null && row.phone !== household.phone ? { phone: row.phone } : {}),
    ...(row.note !== '' && row.note !== household.note ? { note: row.note } : {}),
  };
}

function isOtherOriginal(original: string, { number, originalNumber }: KnownHousehold): boolean {
  return originalNumber === null
    ? householdNumberKey(original) !== householdNumberKey(number)
    : originalNumber !== original;
}

/** Numbers for households whose paper has none. */
class NumberPool {
  private readonly taken: Set<string>;
  private last: string;

  constructor(known: readonly KnownHousehold[], numbered: readonly RosterRow[]) {
    const numbers = [...known, ...numbered].map(({ number }) => number);
    this.taken = new Set(numbers.map(householdNumberKey));
    // The number before the next free one, in the village's width.
    this.last = nextHouseholdNumber(numbers);
  }

  /** The number wished for, if nobody has it; else the next free one. */
  take(wish: string): string {
    let number = wish;
    while (this.taken.has(householdNumberKey(number))) {
      number = this.last;
      this.last = nextHouseholdNumber([this.last]).padStart(this.last.length, '0');
    }
    this.taken.add(householdNumberKey(number));
    return number;
  }
}
