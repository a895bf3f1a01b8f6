import { and, eq } from 'drizzle-orm';
import type { Tx } from '../../db/index.ts';

/** Lets a rule of one version count since a day; gives the day since which it did. The rules of most tests are made today. */
export async function countSince(
  tx: Tx,
  ruleId: string,
  day: string | undefined,
): Promise<string | undefined> {
  const { ruleVersions } = tx.t;
  const ofRule = and(eq(ruleVersions.ruleId, ruleId), eq(ruleVersions.version, 1));
  const [was] = await tx.db.select({ day: ruleVersions.effectiveFrom }).from(ruleVersions).where(ofRule);
  await tx.db.update(ruleVersions).set({ effectiveFrom: day }).where(ofRule).returning();
  return was?.day;
}
