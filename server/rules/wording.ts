import { and, eq } from 'drizzle-orm';
import type { Tables } from '../../db/index.ts';

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
