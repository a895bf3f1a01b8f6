import { and, eq, inArray } from 'drizzle-orm';
import { chunked, type Reader, type Tables } from '../../db/index.ts';

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

/** Reads every wording of these rules, for rows that were read without a join. */
export async function ruleWordings(
  reader: Reader,
  villageId: string,
  ids: readonly string[],
): Promise<{ of(id: string, version: number): RuleWording }> {
  const { rules, ruleVersions } = reader.t;
  const codes = new Map<string, string>();
  const known = new Map<string, { readonly title: string; readonly category: string }>();
  for (const some of chunked(Array.from(new Set(ids)))) {
    const found = await reader.db
      .select({ id: rules.id, code: rules.code })
      .from(rules)
      .where(and(eq(rules.villageId, villageId), inArray(rules.id, some)));
    for (const { id, code } of found) codes.set(id, code);
    const versions = await reader.db
      .select({
        ruleId: ruleVersions.ruleId,
        version: ruleVersions.version,
        title: ruleVersions.title,
        category: ruleVersions.category,
      })
      .from(ruleVersions)
      .where(and(eq(ruleVersions.villageId, villageId), inArray(ruleVersions.ruleId, some)));
    for (const { ruleId, version, title, category } of versions)
      known.set(`${ruleId} ${version}`, { title, category });
  }
  return {
    of(id, version) {
      const { title = '', category = '' } = known.get(`${id} ${version}`) ?? {};
      return { id, version, code: codes.get(id) ?? '', title, category };
    },
  };
}
