import { and, eq, gt, inArray, isNull } from 'drizzle-orm';
import { chunked } from '../../db/many-rows.ts';
import type { Reader } from '../../db/store.ts';
import { maskName } from '../../shared/mask-name.ts';
import { wordingOf } from '../rules/index.ts';

/** A good deed as it may be shown in public: the household, and the rule as it was then. */
export interface Deed {
  readonly householdId: string;
  readonly numberKey: string;
  /** The whole name: never for the public. */
  readonly head: string;
  /** Masked unless the household agreed to be named. */
  readonly name: string;
  readonly group: string;
  readonly ruleId: string | null;
  readonly points: number;
  readonly title: string;
  readonly category: string;
}

/** Adds the deed to each entry of an award. Entries that gave nothing, or came of no proposal, are left out. */
export async function withDeeds<E extends { readonly source: string | null }>(
  reader: Reader,
  villageId: string,
  entries: readonly E[],
): Promise<(E & Deed)[]> {
  const ids = entries.flatMap(({ source }) => proposalIdOf(source) ?? []);
  const deeds = await deedsOf(reader, villageId, ids);
  return entries.flatMap((entry) => {
    const deed = deeds.get(proposalIdOf(entry.source) ?? '');
    return deed ? [{ ...entry, ...deed }] : [];
  });
}

/** The same deed of the same day for the same points is told once, with all who did it. The order stays. */
export function sameDeeds<D extends Deed & { readonly day: string }>(deeds: readonly D[]): [D, ...D[]][] {
  const same = ({ day, ruleId, title, points }: D) => JSON.stringify([day, ruleId, title, points]);
  return [...Map.groupBy(deeds, same).values()] as [D, ...D[]][];
}

/** Good deeds by their proposals. A household whose personal data was erased has none. */
export async function deedsOf(
  { db, t: { proposals, households, ruleVersions } }: Reader,
  villageId: string,
  ids: readonly string[],
): Promise<Map<string, Deed>> {
  const deeds = new Map<string, Deed>();
  for (const some of chunked(ids)) {
    const rows = await db
      .select({
        id: proposals.id,
        householdId: households.id,
        numberKey: households.numberKey,
        head: households.head,
        showsName: households.showsName,
        group: households.groupName,
        ruleId: proposals.ruleId,
        points: proposals.points,
        title: ruleVersions.title,
        category: ruleVersions.category,
      })
      .from(proposals)
      .innerJoin(
        households,
        and(eq(households.villageId, proposals.villageId), eq(households.id, proposals.householdId)),
      )
      .innerJoin(ruleVersions, wordingOf(proposals, ruleVersions))
      .where(
        and(
          eq(proposals.villageId, villageId),
          inArray(proposals.id, some),
          gt(proposals.points, 0),
          isNull(households.erasedAtMs),
        ),
      );
    for (const { id, showsName, ...deed } of rows)
      deeds.set(id, { ...deed, name: showsName === true ? deed.head : maskName(deed.head) });
  }
  return deeds;
}

/** Reads the proposal's id from the source of an award's entry. */
function proposalIdOf(source: string | null): string | undefined {
  return source?.startsWith('proposal:') ? source.slice('proposal:'.length) : undefined;
}
