import { and, asc, eq, inArray } from 'drizzle-orm';
import { chunked, type Reader, type RowOf, type Tables } from '../../db/index.ts';

/** Joins a row made under a rule to the wording that the rule had then, whatever it says today. */
export function wordingOf(
  made: Pick<Tables['proposals' | 'deedMonths'], 'villageId' | 'ruleId' | 'ruleVersion'>,
  ruleVersions: Tables['ruleVersions'],
) {
  return and(
    eq(ruleVersions.villageId, made.villageId),
    eq(ruleVersions.ruleId, made.ruleId),
    eq(ruleVersions.version, made.ruleVersion),
  );
}

/** The wording that a rule had in one version, with the code it has today. */
export interface RuleWording {
  readonly id: string;
  readonly version: number;
  readonly code: string;
  readonly title: string;
  readonly category: string;
}

type Version = Pick<
  RowOf<'ruleVersions'>,
  'ruleId' | 'version' | 'title' | 'category' | 'effectiveFrom' | 'changedAtMs' | 'withdrawnAtMs'
>;

/** An instant and the day on which it was. */
interface Then {
  readonly day: string;
  readonly atMs: number;
}

interface Wordings {
  of(id: string, version: number): RuleWording;
  /** Answers the wording that counted at an instant: what was written later, even on the same day, did not count yet. */
  at(id: string, then: Then): RuleWording;
}

/** Reads every wording of these rules, for rows that were read without a join. */
export async function ruleWordings(
  reader: Reader,
  villageId: string,
  ids: readonly string[],
): Promise<Wordings> {
  const { rules, ruleVersions } = reader.t;
  const codes = new Map<string, string>();
  const known: Version[] = [];
  for (const some of chunked(Array.from(new Set(ids)))) {
    const found = await reader.db
      .select({ id: rules.id, code: rules.code })
      .from(rules)
      .where(and(eq(rules.villageId, villageId), inArray(rules.id, some)));
    for (const { id, code } of found) codes.set(id, code);
    const { ruleId, version, title, category, effectiveFrom, changedAtMs, withdrawnAtMs } = ruleVersions;
    const versions = await reader.db
      .select({ ruleId, version, title, category, effectiveFrom, changedAtMs, withdrawnAtMs })
      .from(ruleVersions)
      .where(and(eq(ruleVersions.villageId, villageId), inArray(ruleId, some)))
      .orderBy(asc(ruleId), asc(version));
    known.push(...versions);
  }
  const ofRule = Map.groupBy(known, ({ ruleId }) => ruleId);
  const of = (id: string, version: number): RuleWording => {
    const { title = '', category = '' } = ofRule.get(id)?.find((one) => one.version === version) ?? {};
    return { id, version, code: codes.get(id) ?? '', title, category };
  };
  return {
    of,
    at(id, { day, atMs }) {
      const counted = ofRule
        .get(id)
        ?.findLast(
          (one) => one.effectiveFrom <= day && one.changedAtMs <= atMs && one.withdrawnAtMs === null,
        );
      return of(id, counted?.version ?? 1);
    },
  };
}
