import { chunked, type Reader } from '../../db/index.ts';
import type { BalanceRow, BalancesReading } from '../../shared/imports/papers.ts';
import { OPENING_TEXTS } from '../../shared/proposals/entry-texts.ts';
import { formatHundredths } from '../../shared/points.ts';
import { inPieces, ROWS_A_PIECE } from '../commands/index.ts';
import { allHouseholds } from '../households/index.ts';
import { type EntryInput, readHead } from '../ledger/index.ts';
import {
  actsOfSteps,
  openingEntry,
  openingProposals,
  openingsMovedSince,
  openingsNeedApproval,
  standingOpenings,
  waitingOpenings,
} from '../proposals/index.ts';
import { type Plan, type PlanAt, problemsAgainst, type StageAt, type Staged } from './plan.ts';
import { householdMatcher } from './household-match.ts';
import { householdsText, type KnownHousehold } from './roster.ts';

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
export async function planBalances(reader: Reader, at: PlanAt, reading: BalancesReading): Promise<Plan> {
  const { villageId, pause } = at;
  const against = problemsAgainst(reading);
  const known = await allHouseholds(reader, villageId, pause);
  const isStillRight = await stoodOn(reader, villageId);
  const found = await matchRows(reading.rows, known, against, pause);
  const needsApproval = await openingsNeedApproval(reader, villageId);
  const waiting = needsApproval ? await waitingOpenings(reader, villageId) : new Set<string>();
  const openings: NewBalance[] = [];
  let unchanged = 0;
  for (const some of chunked(found, ROWS_A_PIECE)) {
    const ids = some.map(({ household }) => household.id);
    const standing = await standingOpenings(reader, villageId, ids);
    for (const { household, row } of some) {
      const { idempotencyKey, opening } = standing.get(household.id) ?? { idempotencyKey: '', opening: null };
      const value = formatHundredths(row.balance);
      const cell = { sheet: row.sheet, sourceRow: row.sourceRow, field: 'balance' as const, value };
      if (opening !== null ? opening.points === row.balance : row.balance === 0) unchanged += 1;
      else if (opening === null && waiting.has(household.id))
        against.add('error', 'village_balance_waiting', cell);
      else if (opening === null) openings.push({ household, row, idempotencyKey });
      else {
        const params = { now: formatHundredths(opening.points), number: opening.number };
        against.add('error', 'village_balance_differs', cell, params);
      }
    }
    await pause();
  }
  return {
    ...{ create: openings.length, update: 0, unchanged, needsApproval, problems: against.problems },
    stage: (stageAt) => stageOpenings(stageAt, openings, needsApproval),
    isStillRight,
  };
}

/** Answers how to look whether the households and their openings are still as they are here. */
async function stoodOn(reader: Reader, villageId: string): Promise<Plan['isStillRight']> {
  const about = async (now: Reader) =>
    JSON.stringify([
      await householdsText(now, villageId),
      await openingsNeedApproval(now, villageId),
      Array.from(await waitingOpenings(now, villageId)).sort(),
    ]);
  const before = await about(reader);
  const last = (await readHead(reader, villageId))?.number ?? 0;
  return async (now) => (await about(now)) === before && !(await openingsMovedSince(now, villageId, last));
}

async function stageOpenings(
  at: StageAt,
  openings: readonly NewBalance[],
  needsApproval: boolean,
): Promise<Staged> {
  const source = `import:${at.importId}`;
  const total = openings.reduce((sum, { row }) => sum + row.balance, 0);
  // Openings are found again by their own entries, or proposals.
  const wrote = { added: [], changed: [], total };
  let done = 0;
  if (needsApproval) {
    // A proposal has two rows: itself and its first step.
    const proposed = openingProposals(at, openings.map(asOpening));
    for (const rows of chunked(proposed, 2 * ROWS_A_PIECE)) await at.put(rows, (done += rows.length / 2));
    return { ...wrote, entries: [], acts: actsOfSteps(proposed) };
  }
  const entries: EntryInput[] = [];
  for (const some of chunked(openings, ROWS_A_PIECE)) {
    for (const { idempotencyKey, ...opening } of some)
      entries.push(openingEntry(at, { ...asOpening(opening), idempotencyKey, source }));
    await at.put([], entries.length);
  }
  return { ...wrote, entries };
}

function asOpening({ household, row }: Pick<NewBalance, 'household' | 'row'>) {
  return {
    householdId: household.id,
    points: row.balance,
    note: row.decided ? OPENING_TEXTS.settledByHand : '',
  };
}

async function matchRows(
  rows: readonly BalanceRow[],
  known: readonly KnownHousehold[],
  against: Problems,
  pause: () => Promise<void>,
): Promise<{ household: KnownHousehold; row: BalanceRow }[]> {
  const matched = householdMatcher(known, against);
  const taken = new Map<string, BalanceRow>();
  const found: { household: KnownHousehold; row: BalanceRow }[] = [];
  await inPieces(rows, pause, (row) => {
    const household = matched(row);
    if (!household) return;
    const at = { sheet: row.sheet, sourceRow: row.sourceRow, value: row.head };
    const first = taken.get(household.id);
    if (household.state === 'closed') {
      const { number, head } = household;
      against.add('error', 'village_household_closed', { ...at, field: 'number' }, { number, head });
    } else if (first) {
      against.add('error', 'village_balance_twice', { ...at, field: 'head' }, { row: first.sourceRow });
    } else {
      taken.set(household.id, row);
      found.push({ household, row });
    }
  });
  return found;
}
