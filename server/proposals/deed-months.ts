import { and, count, eq, gt, gte, sql } from 'drizzle-orm';
import { addedTo, type Reader, type WrittenRow } from '../../db/index.ts';
import { read } from '../commands/index.ts';
import { monthOf } from '../ledger/index.ts';
import { wordingOf } from '../rules/index.ts';
import type { ProposalRow } from './proposal-reads.ts';

/** A deed as far as sums are kept of it. */
export interface SummedDeed {
  readonly ruleId: string;
  readonly ruleVersion: number;
  readonly householdId: string;
  readonly effectiveOn: string;
  /** Hundredths, signed. */
  readonly points: number;
}

/** The columns of a deed; null for a proposal under no rule. */
export function summedDeed(row: { readonly [C in keyof SummedDeed]: ProposalRow[C] }): SummedDeed | null {
  const { ruleId, ruleVersion, householdId, effectiveOn, points } = row;
  return ruleId === null || ruleVersion === null
    ? null
    : { ruleId, ruleVersion, householdId, effectiveOn, points };
}

/** The deed for which the entry with this number was booked; null for any other entry. */
export const deedOfEntry = read<readonly [number: number], SummedDeed | null>()({
  name: 'proposals.deedOfEntry',
  over: {
    journal: (answers, { now }) => answers.drop([now.number]),
    proposals(answers, { now: { journalNumber } }) {
      if (journalNumber !== null) answers.drop([journalNumber]);
    },
  },
  rows: ({ db, t: { journal, proposals }, keys }) =>
    db
      .select({
        at: keys.at,
        ruleId: proposals.ruleId,
        ruleVersion: proposals.ruleVersion,
        householdId: proposals.householdId,
        effectiveOn: proposals.effectiveOn,
        points: proposals.points,
      })
      .from(keys.table)
      .crossJoin(journal)
      .crossJoin(proposals)
      .where(
        and(
          eq(journal.villageId, keys.villageId),
          eq(journal.number, keys.part(0, journal.number)),
          eq(proposals.villageId, journal.villageId),
          // "proposal:…", the form that deeds give their entries.
          eq(proposals.id, sql`substr(${journal.source}, 10)`),
        ),
      ),
  answer: ([found]) => (found ? summedDeed(found) : null),
});

/** Adds a deed to the sums, when it is posted. */
export function deedAdded(villageId: string, deed: SummedDeed): WrittenRow[] {
  return [pointsRow(villageId, deed, deed.effectiveOn, 1), ...awardsRow(villageId, deed, 1)];
}

/** Takes a deed out of the sums, on the day of its reversal: the points in that month, the award in its own. */
export function deedTakenBack(villageId: string, deed: SummedDeed, day: string): WrittenRow[] {
  return [pointsRow(villageId, deed, day, -1), ...awardsRow(villageId, deed, -1)];
}

function pointsRow(villageId: string, deed: SummedDeed, day: string, times: 1 | -1): WrittenRow {
  const { ruleId, ruleVersion, points } = deed;
  const given = times * Math.max(0, points);
  const deducted = times * Math.max(0, -points);
  const row = { villageId, month: monthOf(day), ruleId, ruleVersion, given, deducted };
  return addedTo('deedMonths', row, ['given', 'deducted']);
}

function awardsRow(
  villageId: string,
  { householdId, effectiveOn, points }: SummedDeed,
  times: 1 | -1,
): WrittenRow[] {
  const row = { villageId, month: monthOf(effectiveOn), householdId, awards: times };
  return points > 0 ? [addedTo('awardMonths', row, ['awards'])] : [];
}

/** Points given and taken off since a month under each head of the rule book, as the rule read then. */
export async function deedsByMonth(
  { db, t: { deedMonths, ruleVersions } }: Reader,
  villageId: string,
  from: string,
) {
  return db
    .select({
      month: deedMonths.month,
      head: ruleVersions.category,
      given: deedMonths.given,
      deducted: deedMonths.deducted,
    })
    .from(deedMonths)
    .innerJoin(ruleVersions, wordingOf(deedMonths, ruleVersions))
    .where(and(eq(deedMonths.villageId, villageId), gte(deedMonths.month, from)));
}

/** Counts the households that were awarded points since a month, by month, without what was taken back. */
export async function awardedHouseholds(
  { db, t: { awardMonths } }: Reader,
  villageId: string,
  from: string,
): Promise<Map<string, number>> {
  const { month, awards } = awardMonths;
  const rows = await db
    .select({ month, households: count() })
    .from(awardMonths)
    .where(and(eq(awardMonths.villageId, villageId), gte(month, from), gt(awards, 0)))
    .groupBy(month);
  return new Map(rows.map((row) => [row.month, row.households]));
}
