import { chunked, type Reader, type RowOf, tableText } from '../../db/index.ts';
import { Refusal } from '../../shared/errors.ts';
import type { RosterReading, RosterRow } from '../../shared/imports/papers.ts';
import { householdNumberKey, nextHouseholdNumber } from '../../shared/households/number.ts';
import { meantByOriginal, soughtNumber } from '../../shared/households/original-number.ts';
import { freeCardCodes, newCard } from '../cards/index.ts';
import { inPieces, ROWS_A_PIECE } from '../commands/index.ts';
import { allHouseholds, changedHousehold, type HouseholdFields, newHousehold } from '../households/index.ts';
import { randomBelow } from '../identity/index.ts';
import { isJustMade } from '../need-second.ts';
import {
  type AddedThing,
  type ChangedThing,
  type Plan,
  type PlanAt,
  problemsAgainst,
  rowKey,
  type StageAt,
  type Staged,
} from './plan.ts';

/** A household the village has already. */
export type KnownHousehold = RowOf<'households'>;

interface Change {
  readonly was: KnownHousehold;
  readonly fields: Partial<HouseholdFields>;
}

/**
 * Rows match households by number or original number. If the paper had none (one was made up for it), or nobody has it
 * yet, they match by head and group, so that the same paper read twice finds the households it made, whichever of its
 * columns was taken for the number. Fields that a paper leaves blank are kept.
 */
export async function planRoster(
  reader: Reader,
  { villageId, pause }: PlanAt,
  reading: RosterReading,
): Promise<Plan> {
  const known = await allHouseholds(reader, villageId, pause);
  const text = await householdsText(reader, villageId);
  const { problems, add } = problemsAgainst(reading);
  const isNumberOwn = numberIsOwn(reading);
  const matches = await matchRows(reading.rows, known, isNumberOwn, pause);
  const numbers = new NumberPool(known, reading.rows.filter(isNumberOwn));
  const given = new Map<string, string>();
  const fresh: RosterRow[] = [];
  const changes: Change[] = [];
  let unchanged = 0;
  await inPieces(reading.rows, pause, (row) => {
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
      const cell = { ...at, field: 'number', value: row.number } as const;
      add('error', 'village_household_closed', cell, { number, head });
    } else {
      const fields = changedFields(match, row);
      if (Object.keys(fields).length === 0) unchanged += 1;
      else changes.push({ was: match, fields });
      if (fields.head !== undefined) {
        const params = { number: match.number, now: match.head };
        add('warning', 'village_head_differs', { ...at, field: 'head', value: row.head }, params);
      }
    }
  });
  return {
    ...{ create: fresh.length, update: changes.length, unchanged, problems, numbers: given },
    stage: (at) => stageRoster(at, known, { fresh, changes }),
    isStillRight: async (now) => (await householdsText(now, villageId)) === text,
  };
}

/** The fields of all households that decide which rows of a paper mean them. */
export function householdsText(reader: Reader, villageId: string): Promise<string> {
  return tableText(reader, 'households', villageId, [
    ...(['id', 'number', 'originalNumber', 'groupName', 'head', 'size', 'phone', 'note', 'state'] as const),
  ]);
}

async function stageRoster(
  at: StageAt,
  known: readonly KnownHousehold[],
  { fresh, changes }: { readonly fresh: readonly RosterRow[]; readonly changes: readonly Change[] },
): Promise<Staged> {
  const added: AddedThing[] = [];
  const changed: ChangedThing[] = [];
  const loosening: ChangedThing[] = [];
  const { villageId, nowMs } = at;
  const ink = { randomInt: (below: number) => randomBelow(at.random, below) };
  const taken = new Set(known.map(({ numberKey }) => numberKey));
  let done = 0;
  for (const some of chunked(fresh, ROWS_A_PIECE)) {
    const codes = await freeCardCodes(at.read, some.length, ink);
    const rows = some.flatMap(({ number, originalNumber, group, head, size, phone, note }, index) => {
      const fields = { id: at.newId(), number, originalNumber, group, head, size, phone, note };
      const household = newHousehold(villageId, fields, nowMs);
      const { numberKey } = household.now;
      if (taken.has(numberKey)) throw new Refusal('household.number_taken', { number });
      taken.add(numberKey);
      const code = codes[index] ?? '';
      const { id, ...is } = fields;
      added.push({ thing: `household:${id}`, name: nameOf(fields), is });
      return [household, newCard(villageId, id, code, nowMs)];
    });
    await at.put(rows, (done += some.length));
  }
  for (const some of chunked(changes, ROWS_A_PIECE)) {
    const rows = some.map(({ was, fields }) => {
      const before = { ...was, group: was.groupName };
      const names = Object.keys(fields) as (keyof HouseholdFields)[];
      const told = Object.fromEntries(names.map((name) => [name, before[name]]));
      const thing = { thing: `household:${was.id}`, name: nameOf(was), was: told, is: fields } as const;
      changed.push(thing);
      if (fields.head !== undefined && !isJustMade(was, at)) loosening.push(thing);
      return changedHousehold(was, fields, nowMs);
    });
    await at.put(rows, (done += some.length));
  }
  return { entries: [], added, changed, loosening };
}

function nameOf({ number, head }: Pick<HouseholdFields, 'number' | 'head'>): string {
  return `${number} ${head}`;
}

/** Whether a row's number stands in the paper, or was given to it when it was read. */
function numberIsOwn({ assumptions, problems }: RosterReading): (row: RosterRow) => boolean {
  if (assumptions.some(({ code }) => code === 'assume_numbers_given')) return () => false;
  const missing = problems.filter(({ code }) => code === 'number_missing');
  const given = new Set(missing.map(({ sheet, row }) => `${sheet}!${String(row)}`));
  return ({ sheet, sourceRow, originalNumber }) =>
    originalNumber === null && !given.has(`${sheet}!${String(sourceRow)}`);
}

async function matchRows(
  rows: readonly RosterRow[],
  known: readonly KnownHousehold[],
  isNumberOwn: (row: RosterRow) => boolean,
  pause: () => Promise<void>,
): Promise<Map<RosterRow, KnownHousehold>> {
  const matches = new Map<RosterRow, KnownHousehold>();
  const free = new Set(known);
  const take = (row: RosterRow, household: KnownHousehold | undefined) => {
    if (!household || !free.delete(household)) return;
    matches.set(row, household);
  };
  const { byNumber, byOriginal } = indexed(known);
  await inPieces(rows, pause, (row) => {
    if (isNumberOwn(row)) take(row, byNumber(row.number));
  });
  await inPieces(rows, pause, (row) => {
    // The number from before numbers were short may be the original one.
    if (row.originalNumber !== null)
      take(row, byNumber(row.originalNumber) ?? byOriginal(row.originalNumber));
    // Digits alone mean somebody's original number only if the name says so too.
    else if (isNumberOwn(row) && !matches.has(row)) {
      const meant = byOriginal(row.number);
      if (meant?.head === row.head) take(row, meant);
    }
  });

  const byPerson = Map.groupBy(known, ({ head, groupName }) => `${head}\n${groupName}`);
  await inPieces(rows, pause, (row) => {
    if (isNumberOwn(row) || matches.has(row)) return;
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
  });
  return matches;
}

interface Finding {
  readonly byNumber: (number: string) => KnownHousehold | undefined;
  /** The one household whose original number a typed one means. */
  readonly byOriginal: (number: string) => KnownHousehold | undefined;
}

/** Finds households by their numbers without going through all of them for each row. */
export function indexed(known: readonly KnownHousehold[]): Finding {
  const byKey = new Map(known.map((household) => [household.numberKey, household]));
  const byOriginal = known
    .flatMap((household) =>
      household.originalKey === null ? [] : [{ household, key: household.originalKey }],
    )
    .sort((one, other) => (one.key < other.key ? -1 : 1));
  return {
    byNumber: (number) => byKey.get(householdNumberKey(number)),
    byOriginal(number) {
      const { from, to } = soughtNumber(number);
      const near = [];
      for (let at = firstFrom(byOriginal, from); at < byOriginal.length; at += 1) {
        const one = byOriginal[at];
        if (!one || one.key > to) break;
        near.push(one.household);
      }
      return meantByOriginal(number, near);
    },
  };
}

/** The place of the first key that is not before this one. */
function firstFrom(sorted: readonly { readonly key: string }[], from: string): number {
  let low = 0;
  let high = sorted.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if ((sorted[middle]?.key ?? '') < from) low = middle + 1;
    else high = middle;
  }
  return low;
}

/** The fields in which a row differs from the household. A blank cell changes nothing. */
function changedFields(household: KnownHousehold, row: RosterRow): Partial<HouseholdFields> {
  return {
    ...(row.originalNumber !== null && isOtherOriginal(row.originalNumber, household)
      ? { originalNumber: row.originalNumber }
      : {}),
    ...(row.group !== '' && row.group !== household.groupName ? { group: row.group } : {}),
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
