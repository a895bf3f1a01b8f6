import { asc, eq } from 'drizzle-orm';
import type { Reader } from '../../db/index.ts';
import { businessDay } from '../../shared/business-day.ts';
import type { FairnessView } from '../../shared/fairness/contract.ts';
import { mayDo, type Permission } from '../../shared/permissions.ts';
import { bookerNames } from '../books/index.ts';
import { ruleWordings } from '../rules/index.ts';
import { listStaff } from '../staff/index.ts';
import { type DeedEntry, deedEntries } from './deed-entries.ts';
import { coverOf } from './pace.ts';
import { bookedIn, type Stretch, stretchOf, type StretchQuery, type Village } from './stretch.ts';
import { strikingOf } from './striking.ts';
import { awardedBy, groupsOf, type InGroup, mostGiven, sharesBy, sumsOf, topApprover } from './sum-deeds.ts';

/** Sums up the deeds that were booked in a stretch: by group, rule, proposer and approver. */
export async function viewFairness(
  reader: Reader,
  village: Village,
  { today, ...query }: StretchQuery & { readonly today: string },
): Promise<FairnessView> {
  const stretch = stretchOf(today, query);
  const entries = await deedEntries(reader, village.id, await bookedIn(reader, village, stretch));
  const names = await bookerNames(reader, village.id);
  const nameOf = (id: string | null) => (id === null ? '' : (names.get(id) ?? ''));
  const groups = groupsOf(entries, await householdsIn(reader, village, stretch));
  const proposers = sharesBy(entries, ({ proposedBy }) => proposedBy);
  const approvers = sharesBy(entries, ({ approvedBy }) => approvedBy);
  const total = { ...sumsOf(entries), households: awardedBy(entries) };
  const striking = strikingOf({
    ...{ awards: total.awards, proposers, approvers, groups },
    mayPropose: await countWhoMay(reader, village.id, 'proposal.make'),
    mayApprove: await countWhoMay(reader, village.id, 'proposal.decide'),
  });
  return {
    ...{ ...stretch, months: query.months, total, groups },
    rules: await rulesOf(reader, village.id, entries),
    proposers: proposers.map(({ entries: own, ...share }) => {
      const top = topApprover(own);
      return { ...share, name: nameOf(share.id), sameApprover: top && { ...top, name: nameOf(top.id) } };
    }),
    approvers: approvers.map(({ entries: _, ...share }) => ({ ...share, name: nameOf(share.id) })),
    striking: striking.map((one) => ({ ...one, name: one.kind === 'group' ? one.name : nameOf(one.id) })),
    cover: await coverOf(reader, village, today),
  };
}

/** Every household in the order of the roster, with its group of today and whether it had an account in these days. */
async function householdsIn(
  { db, t: { households } }: Reader,
  { id: villageId, settings }: Village,
  { from, to }: Stretch,
): Promise<InGroup[]> {
  const { id, groupName: group, createdAtMs, closedAtMs } = households;
  const rows = await db
    .select({ id, group, createdAtMs, closedAtMs })
    .from(households)
    .where(eq(households.villageId, villageId))
    .orderBy(asc(households.numberKey));
  const dayOf = (atMs: number) => businessDay(atMs, settings.timeZone);
  return rows.map((row) => ({
    ...{ id: row.id, group: row.group },
    wasThere: dayOf(row.createdAtMs) <= to && (row.closedAtMs === null || dayOf(row.closedAtMs) >= from),
  }));
}

async function rulesOf(
  reader: Reader,
  villageId: string,
  entries: readonly DeedEntry[],
): Promise<FairnessView['rules']> {
  const byRule = Map.groupBy(entries, ({ ruleId }) => ruleId);
  const ids = [...byRule.keys()].flatMap((id) => id ?? []);
  const wordings = await ruleWordings(reader, villageId, ids);
  return Array.from(byRule, ([id, own]) => {
    const version = Math.max(...own.map(({ ruleVersion }) => ruleVersion ?? 0));
    const { code, title } = id === null ? { code: '', title: '' } : wordings.of(id, version);
    return { id, code, title, ...sumsOf(own) };
  }).sort(mostGiven);
}

/** How many people may do this now. An administrator of a village with enough people does neither. */
async function countWhoMay(reader: Reader, villageId: string, permission: Permission): Promise<number> {
  const everybody = await listStaff(reader, villageId);
  return everybody.filter(
    ({ roles, disabledAtMs, confirmedAtMs }) =>
      disabledAtMs === null && confirmedAtMs !== null && !roles.includes('admin') && mayDo(roles, permission),
  ).length;
}
