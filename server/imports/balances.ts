import { chunked } from '../../db/many-rows.ts';
import type { Reader } from '../../db/store.ts';
import type { BalanceRow, BalancesReading } from '../../shared/imports/papers.ts';
import { Refusal } from '../../shared/errors.ts';
import { householdNumberKey } from '../../shared/households/number.ts';
import { meantByOriginal } from '../../shared/households/original-number.ts';
import { OPENING_TEXTS } from '../../shared/proposals/entry-texts.ts';
import { formatHundredths } from '../../shared/points.ts';
import {
  openingEntry,
  openingsNeedApproval,
  proposeOpenings,
  standingOpenings,
  waitingOpenings,
} from '../proposals/index.ts';
import { type ImportWork, type Plan, problemsAgainst } from './plan.ts';
import { type KnownHousehold, knownHouseholds } from './roster.ts';

/** The progress is reported after this many entries. */
const ENTRIES_AT_ONCE = 250;

interface NewBalance {
  readonly household: KnownHousehold;
  readonly row: BalanceRow;
  readonly idempotencyKey: string;
}

type Problems = ReturnType<typeof problemsAgainst>;

/**
 * Every household has one opening balance: its key in the ledger makes sure, even if two people import at once. A
 * second figure is named and left out until a person has reversed the first. Once the village awards points, later
 * openings are proposed, and a second person approves them.
 */
export async function planBalances(
  reader: Reader,
  villageId: string,
  reading: BalancesReading,
): Promise<Plan> {
  const against = problemsAgainst(reading);
  const found = matchRows(reading.rows, await knownHouseholds(reader, villageId), against);
  const standing = await standingOpenings(
    reader,
    villageId,
    found.map(({ household }) => household.id),
  );
  const needsApproval = await openingsNeedApproval(reader, villageId);
  const waiting = needsApproval ? await waitingOpenings(reader, villageId) : new Set<string>();
  const openings: NewBalance[] = [];
  let unchanged = 0;
  for (const { household, row } of found) {
    const { idempotencyKey, opening } = standing.get(household.id) ?? { idempotencyKey: '', opening: null };
    const value = formatHundredths(row.balance);
    const at = { sheet: row.sheet, sourceRow: row.sourceRow, field: 'balance' as const, value };
    if (opening !== null ? opening.points === row.balance : row.balance === 0) unchanged += 1;
    else if (opening === null && waiting.has(household.id))
      against.add('error', 'village_balance_waiting', at);
    else if (opening === null) openings.push({ household, row, idempotencyKey });
    else {
      const params = { now: formatHundredths(opening.points), number: opening.number };
      against.add('error', 'village_balance_differs', at, params);
    }
  }
  return {
    create: openings.length,
    update: 0,
    unchanged,
    needsApproval,
    problems: against.problems,
    async write(work) {
      if (!needsApproval) return writeOpenings(work, openings);
      await proposeOpenings(work, openings.map(asOpening));
      return [];
    },
  };
}

async function writeOpenings(work: ImportWork, openings: readonly NewBalance[]): Promise<number[]> {
  const { tx, ledger, villageId, importId } = work;
  const entries = openings.map(({ idempotencyKey, ...opening }) =>
    openingEntry(work, { ...asOpening(opening), idempotencyKey, source: `import:${importId}` }),
  );
  const numbers: number[] = [];
  for (const some of chunked(entries, ENTRIES_AT_ONCE)) {
    const outcome = await ledger.postMany(tx, villageId, some);
    if (!outcome.ok) throw new Refusal(outcome.code, outcome.params);
    for (const { number } of outcome.entries) numbers.push(number);
    work.onProgress(numbers.length);
  }
  return numbers;
}

function asOpening({ household, row }: Pick<NewBalance, 'household' | 'row'>) {
  return {
    householdId: household.id,
    points: row.balance,
    note: row.decided ? OPENING_TEXTS.settledByHand : '',
  };
}

function matchRows(
  rows: readonly BalanceRow[],
  known: readonly KnownHousehold[],
  against: Problems,
): { household: KnownHousehold; row: BalanceRow }[] {
  const byHead = Map.groupBy(known, ({ head }) => head);
  const taken = new Map<string, BalanceRow>();
  return rows.flatMap((row) => {
    const household = row.number === '' ? byName(row, byHead, against) : byNumber(row, known, against);
    if (!household) return [];
    const at = { sheet: row.sheet, sourceRow: row.sourceRow, value: row.head };
    if (household.state === 'closed') {
      const { number, head } = household;
      against.add('error', 'village_household_closed', { ...at, field: 'number' }, { number, head });
      return [];
    }
    const first = taken.get(household.id);
    if (first) {
      against.add('error', 'village_balance_twice', { ...at, field: 'head' }, { row: first.sourceRow });
      return [];
    }
    taken.set(household.id, row);
    return [{ household, row }];
  });
}

function byNumber(
  row: BalanceRow,
  known: readonly KnownHousehold[],
  against: Problems,
): KnownHousehold | undefined {
  const own = known.find(({ numberKey }) => numberKey === householdNumberKey(row.number));
  const original = meantByOriginal(row.number, known);
  const at = { sheet: row.sheet, sourceRow: row.sourceRow };
  // Points are at stake: where the number could mean two households, the name decides, or nobody does.
  const isUnclear = own && original && own !== original;
  const named = isUnclear ? [own, original].filter(({ head }) => head === row.head) : [];
  if (isUnclear && row.head === '') {
    const params = { number: row.number };
    against.add('error', 'village_number_unclear', { ...at, field: 'number', value: row.number }, params);
    return undefined;
  }
  const household = named.length === 1 ? named[0] : (own ?? original);
  if (!household) {
    const who = `${row.number} ${row.head}`.trim();
    against.add('error', 'village_household_unknown', { ...at, field: 'number', value: row.number }, { who });
    return undefined;
  }
  if (row.head === '' || row.head === household.head) return household;
  const params = { number: household.number, now: household.head };
  against.add('error', 'village_other_head', { ...at, field: 'head', value: row.head }, params);
  return undefined;
}

function byName(
  row: BalanceRow,
  known: ReadonlyMap<string, readonly KnownHousehold[]>,
  against: Problems,
): KnownHousehold | undefined {
  const all = known.get(row.head) ?? [];
  const inGroup = row.group === '' ? all : all.filter(({ group }) => group === row.group);
  const at = { sheet: row.sheet, sourceRow: row.sourceRow, field: 'head' as const, value: row.head };
  if (inGroup.length === 1) return inGroup[0];
  if (inGroup.length === 0)
    against.add('error', 'village_household_unknown', at, { who: `${row.group} ${row.head}`.trim() });
  else against.add('error', 'village_household_unclear', at, { head: row.head, count: inGroup.length });
  return undefined;
}
