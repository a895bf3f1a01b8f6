import { aliasedTable, and, eq, isNull, lte, max, type SQL, type SQLWrapper } from 'drizzle-orm';
import type { Reader, Tables } from '../../db/index.ts';

type RulesTables = Pick<Tables, 'rules' | 'ruleVersions'>;
interface RulesReader {
  readonly db: Reader['db'];
  readonly t: RulesTables;
}

/**
 * The condition that joins each rule with the version that counts on a day: the last one of those whose day has come
 * and that nobody took back. Everybody who asks for a rule asks here, so that no job need run at midnight.
 */
export function countsOn(
  { db, t: { rules, ruleVersions } }: RulesReader,
  day: string | SQLWrapper,
): SQL | undefined {
  const come = aliasedTable(ruleVersions, 'come');
  const last = db
    .select({ version: max(come.version) })
    .from(come)
    .where(
      and(
        eq(come.villageId, rules.villageId),
        eq(come.ruleId, rules.id),
        lte(come.effectiveFrom, day),
        isNull(come.withdrawnAtMs),
      ),
    );
  return and(
    eq(ruleVersions.villageId, rules.villageId),
    eq(ruleVersions.ruleId, rules.id),
    eq(ruleVersions.version, last),
  );
}

/** The condition that joins each rule with the version that was written last, whether it counts or not. */
export function writtenLast({ rules, ruleVersions }: RulesTables): SQL | undefined {
  return and(
    eq(ruleVersions.villageId, rules.villageId),
    eq(ruleVersions.ruleId, rules.id),
    eq(ruleVersions.version, rules.currentVersion),
  );
}
