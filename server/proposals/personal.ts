import { and, asc, eq, inArray, isNotNull, ne } from 'drizzle-orm';
import { chunked } from '../../db/many-rows.ts';
import type { Reader } from '../../db/store.ts';
import { isTouching } from './erase.ts';
import { wordingOf } from '../rules/index.ts';

/** Every proposal for a household and those of others that touch it, with each step, the first one first. */
export async function proposalsOf(reader: Reader, villageId: string, householdId: string) {
  const { proposals, proposalEvents, rules, ruleVersions } = reader.t;
  const rows = await reader.db
    .select({ proposal: proposals, ruleCode: rules.code, ruleTitle: ruleVersions.title })
    .from(proposals)
    .leftJoin(rules, and(eq(rules.villageId, proposals.villageId), eq(rules.id, proposals.ruleId)))
    .leftJoin(ruleVersions, wordingOf(proposals, ruleVersions))
    .where(isTouching(proposals, villageId, householdId))
    .orderBy(asc(proposals.id));
  const events: (typeof proposalEvents.$inferSelect)[] = [];
  for (const some of chunked(rows)) {
    const ids = some.map(({ proposal }) => proposal.id);
    events.push(
      ...(await reader.db
        .select()
        .from(proposalEvents)
        .where(and(eq(proposalEvents.villageId, villageId), inArray(proposalEvents.proposalId, ids)))
        .orderBy(asc(proposalEvents.step))),
    );
  }
  const eventsOf = Map.groupBy(events, ({ proposalId }) => proposalId);
  return rows.map(({ proposal, ruleCode, ruleTitle }) => ({
    ...proposal,
    rule: ruleCode === null ? null : `${ruleCode} ${ruleTitle ?? ''}`.trim(),
    isOwn: proposal.householdId === householdId,
    events: eventsOf.get(proposal.id) ?? [],
  }));
}

export type PersonalProposal = Awaited<ReturnType<typeof proposalsOf>>[number];

/** Photos of a household's deeds by id, and whether a deed of another household shows the same one. */
export async function photosOf(
  reader: Reader,
  villageId: string,
  householdId: string,
): Promise<Map<string, { readonly isShared: boolean }>> {
  const { proposals } = reader.t;
  const shownBy = async (isOwn: boolean) => {
    const rows = await reader.db
      .select({ pictureIds: proposals.pictureIds })
      .from(proposals)
      .where(
        and(
          eq(proposals.villageId, villageId),
          isNotNull(proposals.pictureIds),
          (isOwn ? eq : ne)(proposals.householdId, householdId),
        ),
      );
    return new Set(rows.flatMap(({ pictureIds }) => pictureIds ?? []));
  };
  const own = await shownBy(true);
  const others = own.size === 0 ? new Set<string>() : await shownBy(false);
  return new Map(Array.from(own, (id) => [id, { isShared: others.has(id) }]));
}
