import { and, eq, inArray } from 'drizzle-orm';
import { chunked } from '../../db/many-rows.ts';
import type { Reader } from '../../db/store.ts';
import { type Cap, capOf } from '../../shared/rules/caps.ts';

/** The caps of these rules as they are now; a rule without one is missing. */
export async function currentCaps(
  { db, t: { rules, ruleVersions } }: Reader,
  villageId: string,
  ids: readonly string[],
): Promise<Map<string, Cap>> {
  const wanted = Array.from(new Set(ids));
  const caps = new Map<string, Cap>();
  for (const some of chunked(wanted)) {
    const { limitPeriod, limitTimes, limitPoints } = ruleVersions;
    const rows = await db
      .select({ id: rules.id, limitPeriod, limitTimes, limitPoints })
      .from(rules)
      .innerJoin(
        ruleVersions,
        and(
          eq(ruleVersions.villageId, rules.villageId),
          eq(ruleVersions.ruleId, rules.id),
          eq(ruleVersions.version, rules.currentVersion),
        ),
      )
      .where(and(eq(rules.villageId, villageId), inArray(rules.id, some)));
    for (const { id, ...fields } of rows) {
      const cap = capOf(fields);
      if (cap !== null) caps.set(id, cap);
    }
  }
  return caps;
}
