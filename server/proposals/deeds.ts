import { and, eq, gt, inArray, isNull } from 'drizzle-orm';
import { chunked } from '../../db/many-rows.ts';
import type { Reader } from '../../db/store.ts';
import { maskName } from '../../shared/mask-name.ts';
import type { Finding } from '../../shared/texts/kinds.ts';
import { rulesPrivateOn, wordingOf } from '../rules/index.ts';
import { findingsOf } from '../texts/index.ts';

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

/** Awards as the public may see them, and what is told of the others. */
interface PublicDeeds<E> {
  readonly deeds: (E & Deed)[];
  /** Those under a rule that was private when they were done, or is now, or whose words may not go public. */
  readonly unnamed: DeedSum;
}

/** How many entries there are, and what they gave. */
export interface DeedSum {
  readonly entries: number;
  readonly points: number;
}

/** The village, and the day on which somebody looks. */
export interface OnDay {
  readonly villageId: string;
  readonly today: string;
}

/** Adds the deed to each entry of an award. Entries that gave nothing, or came of no proposal, are left out. */
export async function publicDeeds<E extends { readonly source: string | null }>(
  reader: Reader,
  at: OnDay,
  entries: readonly E[],
): Promise<PublicDeeds<E>> {
  const ids = entries.flatMap(({ source }) => proposalIdOf(source) ?? []);
  const found = await deedsOf(reader, at, ids);
  const unnamed = { entries: 0, points: 0 };
  const deeds = entries.flatMap((entry) => {
    const one = found.get(proposalIdOf(entry.source) ?? '');
    if (!one) return [];
    const { deed } = one;
    if (isShown(one)) return [{ ...entry, ...deed }];
    unnamed.entries += 1;
    unnamed.points += deed.points;
    return [];
  });
  return { deeds, unnamed };
}

/** The same deed of the same day for the same points is told once, with all who did it. The order stays. */
export function sameDeeds<D extends Deed & { readonly day: string }>(deeds: readonly D[]): [D, ...D[]][] {
  const same = ({ day, ruleId, title, points }: D) => JSON.stringify([day, ruleId, title, points]);
  return [...Map.groupBy(deeds, same).values()] as [D, ...D[]][];
}

export interface FoundDeed {
  readonly deed: Deed;
  /** Its rule was private when it was done, or is now: it is shown to nobody in public. */
  readonly isPrivate: boolean;
  /** Its words that may not go public as they are. */
  readonly unfit: readonly UnfitWords[];
}

interface UnfitWords {
  readonly text: string;
  readonly findings: readonly Finding[];
}

/** Whether the public may see a deed. */
export function isShown({ isPrivate, unfit }: Pick<FoundDeed, 'isPrivate' | 'unfit'>): boolean {
  return !isPrivate && unfit.length === 0;
}

/** Good deeds by their proposals. A household whose personal data was erased has none. */
export async function deedsOf(
  reader: Reader,
  { villageId, today }: OnDay,
  ids: readonly string[],
): Promise<Map<string, FoundDeed>> {
  const { db, t } = reader;
  const { proposals, households, ruleVersions } = t;
  const privateNow = await rulesPrivateOn(reader, villageId, today);
  const deeds = new Map<string, Omit<FoundDeed, 'unfit'>>();
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
        wasPrivate: ruleVersions.isPrivate,
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
    for (const { id, showsName, wasPrivate, ...deed } of rows)
      deeds.set(id, {
        deed: { ...deed, name: showsName === true ? deed.head : maskName(deed.head) },
        isPrivate: wasPrivate || privateNow.has(deed.ruleId ?? ''),
      });
  }
  return withFindings(reader, villageId, deeds);
}

/** Looks through the words of deeds. Those under private rules go nowhere. */
async function withFindings(
  reader: Reader,
  villageId: string,
  deeds: ReadonlyMap<string, Omit<FoundDeed, 'unfit'>>,
): Promise<Map<string, FoundDeed>> {
  const publicWords = [...deeds.values()].flatMap((one) => (one.isPrivate ? [] : wordsOf(one.deed)));
  const findings = await findingsOf(reader, villageId, publicWords);
  const unfitIn = ({ isPrivate, deed }: Omit<FoundDeed, 'unfit'>) =>
    isPrivate
      ? []
      : wordsOf(deed)
          .map((text) => ({ text, findings: findings.of(text) }))
          .filter((one) => one.findings.length > 0);
  return new Map(Array.from(deeds, ([id, one]) => [id, { ...one, unfit: unfitIn(one) }]));
}

function wordsOf({ title, category }: Deed): readonly string[] {
  return [title, category];
}

/** Reads the proposal's id from the source of an award's entry. */
function proposalIdOf(source: string | null): string | undefined {
  return source?.startsWith('proposal:') ? source.slice('proposal:'.length) : undefined;
}
