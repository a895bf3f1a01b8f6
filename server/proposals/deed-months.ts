import { and, eq, gte } from 'drizzle-orm';
import { addedTo, type Reader, type WrittenRow } from '../../db/index.ts';
import { wordingOf } from '../rules/index.ts';
import type { ProposalRow } from './proposal-reads.ts';

/** The rule under which a deed was proposed. */
export interface DeedRule {
  readonly ruleId: string;
  readonly ruleVersion: number;
}

/** The rule of a deed; null for a proposal under none. */
export function ruleOf({
  ruleId,
  ruleVersion,
}: {
  readonly [Column in keyof DeedRule]: ProposalRow[Column];
}): DeedRule | null {
  return ruleId === null || ruleVersion === null ? null : { ruleId, ruleVersion };
}

/** The points that an entry of this day adds to the sums of a rule. */
export function deedPoints(
  { villageId, effectiveOn }: Pick<ProposalRow, 'villageId' | 'effectiveOn'>,
  rule: DeedRule,
  { given, deducted }: { readonly given: number; readonly deducted: number },
): WrittenRow {
  const month = effectiveOn.slice(0, 7);
  return addedTo('deedMonths', { villageId, month, ...rule, given, deducted }, ['given', 'deducted']);
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
