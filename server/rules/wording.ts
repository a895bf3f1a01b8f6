import { and, eq } from 'drizzle-orm';
import type { Tables } from '../../db/index.ts';

/** Joins a proposal to the wording it was made under, whatever its rule says today. */
export function wordingOf({ proposals, ruleVersions }: Pick<Tables, 'proposals' | 'ruleVersions'>) {
  return and(
    eq(ruleVersions.villageId, proposals.villageId),
    eq(ruleVersions.ruleId, proposals.ruleId),
    eq(ruleVersions.version, proposals.ruleVersion),
  );
}
