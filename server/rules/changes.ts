import { and, eq, gte, inArray, lt, min, sql } from 'drizzle-orm';
import { chunked } from '../../db/many-rows.ts';
import type { Reader } from '../../db/store.ts';
import { currentVersion } from './current-version.ts';
import { sameRule, type RuleFields } from './book.ts';

export interface RuleChange {
  readonly ruleId: string;
  readonly changedAtMs: number;
  /** The wording that was in force before; null: there was none, or it was switched off. */
  readonly before: RuleFields | null;
  /** The wording in force now; null: the rule was switched off. */
  readonly after: RuleFields | null;
}

/**
 * Lists the differences between the rule book now and at `sinceMs`, the latest first. Several changes of a rule are
 * told as one. A book that is younger than that has no news: all of it is new.
 */
export async function ruleChanges(reader: Reader, villageId: string, sinceMs: number): Promise<RuleChange[]> {
  const now = await changedSince(reader, villageId, sinceMs);
  if (now.length === 0 || (await isYounger(reader, villageId, sinceMs))) return [];
  const then = await versionsAt(
    reader,
    villageId,
    now.map(({ ruleId }) => ruleId),
    sinceMs,
  );
  const inForce = (fields: RuleFields | undefined) => (fields?.enabled === true ? fields : null);
  return now
    .map((version) => ({
      ruleId: version.ruleId,
      changedAtMs: version.changedAtMs,
      before: inForce(then.get(version.ruleId)),
      after: inForce(version),
    }))
    .filter(({ before, after }) =>
      before === null || after === null ? before !== after : !sameRule(before, after),
    )
    .sort((one, other) => other.changedAtMs - one.changedAtMs);
}

function changedSince(reader: Reader, villageId: string, sinceMs: number) {
  return reader
    .prepared(
      'rules.changedSince',
      ({ db, t: { rules, ruleVersions } }) =>
        db
          .select({ version: ruleVersions })
          .from(rules)
          .innerJoin(ruleVersions, currentVersion({ rules, ruleVersions }))
          .where(
            and(
              eq(rules.villageId, sql.placeholder('villageId')),
              gte(ruleVersions.changedAtMs, sql.placeholder('sinceMs')),
            ),
          ),
      { villageId, sinceMs },
    )
    .then((rows) => rows.map(({ version }) => version));
}

async function isYounger(reader: Reader, villageId: string, sinceMs: number): Promise<boolean> {
  const { ruleVersions } = reader.t;
  const [row] = await reader.db
    .select({ first: min(ruleVersions.changedAtMs) })
    .from(ruleVersions)
    .where(eq(ruleVersions.villageId, villageId));
  const first = row?.first ?? null;
  return first === null || first >= sinceMs;
}

/** The last wording of each of these rules before a moment. */
async function versionsAt(
  reader: Reader,
  villageId: string,
  ids: readonly string[],
  atMs: number,
): Promise<Map<string, RuleFields>> {
  const { ruleVersions } = reader.t;
  const found = new Map<string, RuleFields & { version: number }>();
  for (const chunk of chunked(ids)) {
    const rows = await reader.db
      .select()
      .from(ruleVersions)
      .where(
        and(
          eq(ruleVersions.villageId, villageId),
          inArray(ruleVersions.ruleId, [...chunk]),
          lt(ruleVersions.changedAtMs, atMs),
        ),
      );
    for (const row of rows)
      if (row.version > (found.get(row.ruleId)?.version ?? 0)) found.set(row.ruleId, row);
  }
  return found;
}
