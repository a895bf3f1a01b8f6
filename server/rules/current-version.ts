import { and, eq, type SQL } from 'drizzle-orm';
import type { Tables } from '../../db/index.ts';

/** The condition that joins each rule with the version that counts now. */
export function currentVersion({
  rules,
  ruleVersions,
}: Pick<Tables, 'rules' | 'ruleVersions'>): SQL | undefined {
  return and(
    eq(ruleVersions.villageId, rules.villageId),
    eq(ruleVersions.ruleId, rules.id),
    eq(ruleVersions.version, rules.currentVersion),
  );
}
