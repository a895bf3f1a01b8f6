import { and, eq, gt, min, sql } from 'drizzle-orm';
import type { Reader } from '../../db/store.ts';
import { addDays } from '../../shared/business-day.ts';
import { countsOn } from './current-version.ts';
import { announcedRules, currentRules } from './read-book.ts';
import { type RuleFields, sameRule } from './rule-fields.ts';

interface BeforeAndAfter {
  /** The wording that was in force before; null: there was none, or it was switched off. */
  readonly before: RuleFields | null;
  /** The wording in force afterwards; null: the rule is switched off. */
  readonly after: RuleFields | null;
}

export interface RuleChange extends BeforeAndAfter {
  readonly ruleId: string;
  /** The day from which it counts. */
  readonly on: string;
}

interface Days {
  readonly today: string;
  /** A change stays news for so many days. */
  readonly days: number;
  readonly sinceMs: number;
}

/**
 * Lists the differences between the rule book now and so many days ago, the latest first. Several changes of a rule are
 * told as one. A book that is younger than that has no news: all of it is new.
 */
export async function ruleChanges(
  reader: Reader,
  villageId: string,
  { today, days, sinceMs }: Days,
): Promise<RuleChange[]> {
  const since = addDays(today, -days);
  const now = await countingSince(reader, villageId, since, today);
  if (now.length === 0 || (await isYounger(reader, villageId, sinceMs))) return [];
  const then = new Map((await currentRules(reader, villageId, since)).map((rule) => [rule.id, rule]));
  return now
    .map((version) => ({
      ruleId: version.ruleId,
      on: version.effectiveFrom,
      changedAtMs: version.changedAtMs,
      ...changeOf(then.get(version.ruleId), version),
    }))
    .filter(isSeen)
    .sort((one, other) => other.on.localeCompare(one.on) || other.changedAtMs - one.changedAtMs);
}

/** The changes that are announced, the nearest first. Each is compared with what counts just before it. */
export async function rulesToCome(reader: Reader, villageId: string, today: string): Promise<RuleChange[]> {
  const announced = await announcedRules(reader, villageId, today);
  if (announced.length === 0) return [];
  const before = new Map<string, RuleFields>(
    (await currentRules(reader, villageId, today)).map((rule) => [rule.id, rule]),
  );
  return announced
    .map((rule) => {
      const { id: ruleId, effectiveFrom: on } = rule;
      const change = { ruleId, on, ...changeOf(before.get(ruleId), rule) };
      before.set(ruleId, rule);
      return change;
    })
    .filter(isSeen);
}

function changeOf(before: RuleFields | undefined, after: RuleFields): BeforeAndAfter {
  return { before: inForce(before), after: inForce(after) };
}

function inForce(fields: RuleFields | undefined): RuleFields | null {
  return fields?.enabled === true ? fields : null;
}

function isSeen({ before, after }: BeforeAndAfter): boolean {
  return before === null || after === null ? before !== after : !sameRule(before, after);
}

/** The versions that count today and did not yet on that day. */
async function countingSince(reader: Reader, villageId: string, since: string, today: string) {
  const rows = await reader.prepared(
    'rules.countingSince',
    ({ db, t }) =>
      db
        .select({ version: t.ruleVersions })
        .from(t.rules)
        .innerJoin(t.ruleVersions, countsOn({ db, t }, sql.placeholder('today')))
        .where(
          and(
            eq(t.rules.villageId, sql.placeholder('villageId')),
            gt(t.ruleVersions.effectiveFrom, sql.placeholder('since')),
          ),
        ),
    { villageId, since, today },
  );
  return rows.map(({ version }) => version);
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
