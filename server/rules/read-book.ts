import { and, asc, eq, getTableColumns, gt, isNull, sql } from 'drizzle-orm';
import type { Reader, RowOf } from '../../db/index.ts';
import type { Rule } from '../../shared/rules/contract.ts';
import { Refusal } from '../../shared/errors.ts';
import { askNow, read } from '../commands/index.ts';
import { countsOn, writtenLast } from './current-version.ts';
import { type CurrentRule, ruleOf, type VersionRow } from './rule-fields.ts';

/** The rule book of a day, in its own order, with how often each rule was proposed. */
export async function listRules(reader: Reader, villageId: string, day: string): Promise<Rule[]> {
  const { ruleUses } = reader.t;
  const used = await reader.db.select().from(ruleUses).where(eq(ruleUses.villageId, villageId));
  const uses = new Map(used.map((row) => [row.ruleId, row.uses]));
  const rules = await currentRules(reader, villageId, day);
  return rules.map((rule) => ({ ...rule, uses: uses.get(rule.id) ?? 0 }));
}

/** The rules that stand in the book on a day, in its own order. A rule whose first day is to come does not stand there yet. */
export async function currentRules(reader: Reader, villageId: string, day: string): Promise<CurrentRule[]> {
  const rows = await reader.prepared(
    'rules.current',
    ({ db, t }) =>
      db
        .select({ code: t.rules.code, version: t.ruleVersions })
        .from(t.rules)
        .innerJoin(t.ruleVersions, countsOn({ db, t }, sql.placeholder('day')))
        .where(eq(t.rules.villageId, sql.placeholder('villageId')))
        .orderBy(asc(t.rules.position), asc(t.rules.id)),
    { villageId, day },
  );
  return rows.map(({ code, version }) => ruleOf(code, version));
}

/** The versions that count from a later day, the nearest first, without those that a later one outran before their day. */
export async function announcedRules(reader: Reader, villageId: string, day: string): Promise<CurrentRule[]> {
  const rows = await reader.prepared(
    'rules.announced',
    ({ db, t: { rules, ruleVersions } }) =>
      db
        .select({ code: rules.code, version: ruleVersions })
        .from(ruleVersions)
        .innerJoin(rules, and(eq(rules.villageId, ruleVersions.villageId), eq(rules.id, ruleVersions.ruleId)))
        .where(
          and(
            eq(ruleVersions.villageId, sql.placeholder('villageId')),
            gt(ruleVersions.effectiveFrom, sql.placeholder('day')),
            isNull(ruleVersions.withdrawnAtMs),
          ),
        )
        .orderBy(asc(ruleVersions.effectiveFrom), asc(rules.position), asc(ruleVersions.version)),
    { villageId, day },
  );
  if (rows.length === 0) return [];
  const now = new Map((await currentRules(reader, villageId, day)).map(({ id, version }) => [id, version]));
  const isOutrun = (one: VersionRow) =>
    one.version < (now.get(one.ruleId) ?? 0) ||
    rows.some(
      ({ version: other }) =>
        other.ruleId === one.ruleId &&
        other.version > one.version &&
        other.effectiveFrom <= one.effectiveFrom,
    );
  return rows.filter(({ version }) => !isOutrun(version)).map(({ code, version }) => ruleOf(code, version));
}

/** The ids of the rules that are private as they are on a day. */
export async function rulesPrivateOn(
  reader: Reader,
  villageId: string,
  day: string,
): Promise<ReadonlySet<string>> {
  const rows = await reader.prepared(
    'rules.privateOn',
    ({ db, t }) =>
      db
        .select({ id: t.rules.id })
        .from(t.rules)
        .innerJoin(t.ruleVersions, countsOn({ db, t }, sql.placeholder('day')))
        .where(and(eq(t.rules.villageId, sql.placeholder('villageId')), eq(t.ruleVersions.isPrivate, true))),
    { villageId, day },
  );
  return new Set(rows.map(({ id }) => id));
}

/** Codes and wordings of rules as they were written last, by id. */
export async function ruleNames(
  reader: Reader,
  villageId: string,
  ids: readonly string[],
): Promise<Map<string, string>> {
  const wanted = new Set(ids);
  const { rules, ruleVersions } = reader.t;
  const found = await reader.db
    .select({ id: rules.id, code: rules.code, title: ruleVersions.title })
    .from(rules)
    .innerJoin(ruleVersions, writtenLast({ rules, ruleVersions }))
    .where(eq(rules.villageId, villageId));
  return new Map(found.flatMap(({ id, code, title }) => (wanted.has(id) ? [[id, `${code} ${title}`]] : [])));
}

/** A rule by its id, as it is on a day, for commands. */
export const ruleById = read<readonly [id: string, day: string], CurrentRule | undefined>()({
  name: 'rules.byId',
  over: { rules: 'stale', ruleVersions: 'stale' },
  rows: ({ db, t, keys }) =>
    db
      .select({ at: keys.at, ...getTableColumns(t.ruleVersions), code: t.rules.code })
      .from(keys.table)
      .crossJoin(t.rules)
      .innerJoin(t.ruleVersions, countsOn({ db, t }, keys.part(1)))
      .where(and(eq(t.rules.villageId, keys.villageId), eq(t.rules.id, keys.part(0)))),
  answer: ([found]) => found && ruleOf(found.code, found),
});

/** One rule as it is on a day; refuses where there is none. */
export async function findRule(
  reader: Reader,
  villageId: string,
  id: string,
  day: string,
): Promise<CurrentRule> {
  const rule = await askNow(reader, villageId, ruleById.one([id, day]));
  if (!rule) throw new Refusal('rule.not_found');
  return rule;
}

export type RuleRow = RowOf<'rules'>;

/** The rules of the village as they are stored, in the book's own order. */
export function ruleRows({ db, t: { rules } }: Reader, villageId: string): Promise<RuleRow[]> {
  return Promise.resolve(
    db.select().from(rules).where(eq(rules.villageId, villageId)).orderBy(asc(rules.position)),
  );
}

/** How often a rule was proposed. */
export async function countUses(reader: Reader, villageId: string, ruleId: string): Promise<number> {
  const { ruleUses } = reader.t;
  const rows = await reader.db
    .select({ uses: ruleUses.uses })
    .from(ruleUses)
    .where(and(eq(ruleUses.villageId, villageId), eq(ruleUses.ruleId, ruleId)));
  return rows[0]?.uses ?? 0;
}
