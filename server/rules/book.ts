import { isDeepStrictEqual } from 'node:util';
import { and, asc, desc, eq, getTableColumns, sql } from 'drizzle-orm';
import {
  added,
  addedTo,
  changed,
  type Reader,
  type RowOf,
  type Tx,
  type WrittenRow,
  writeRows,
} from '../../db/index.ts';
import type { Rule } from '../../shared/rules/contract.ts';
import { Refusal } from '../../shared/errors.ts';
import { areCapsSound } from '../../shared/rules/caps.ts';
import { forbiddenSubject } from '../../shared/rules/forbidden-subjects.ts';
import { askNow, read } from '../commands/index.ts';
import { isJustMade } from '../need-second.ts';
import type { GuardedAt } from '../at.ts';
import { currentVersion } from './current-version.ts';
import { loosensRule, needSecondForRule } from './guard-rule.ts';
import { checkRulePoints } from './points.ts';
import { type AskedFields, type CurrentRule, type RuleFields, wholeRule } from './rule-fields.ts';

export type { CurrentRule, RuleFields };

export interface RuleAuthor {
  readonly actorId: string;
  readonly nowMs: number;
}

/** The rule book as it is now, in its own order, with how often each rule was proposed. */
export async function listRules(reader: Reader, villageId: string): Promise<Rule[]> {
  const { ruleUses } = reader.t;
  const used = await reader.db.select().from(ruleUses).where(eq(ruleUses.villageId, villageId));
  const uses = new Map(used.map((row) => [row.ruleId, row.uses]));
  const rules = await currentRules(reader, villageId);
  return rules.map((rule) => ({ ...rule, uses: uses.get(rule.id) ?? 0 }));
}

/** The rule book as it is now, in its own order. */
export async function currentRules(reader: Reader, villageId: string): Promise<CurrentRule[]> {
  const rows = await reader.prepared(
    'rules.current',
    ({ db, t: { rules, ruleVersions } }) =>
      db
        .select({ id: rules.id, code: rules.code, version: ruleVersions })
        .from(rules)
        .innerJoin(ruleVersions, currentVersion({ rules, ruleVersions }))
        .where(eq(rules.villageId, sql.placeholder('villageId')))
        .orderBy(asc(rules.position), asc(rules.id)),
    { villageId },
  );
  return rows.map(({ id, code, version }) => ({ id, code, version: version.version, ...fieldsOf(version) }));
}

/** The ids of the rules that are private as they are now. */
export async function rulesPrivateNow(reader: Reader, villageId: string): Promise<ReadonlySet<string>> {
  const rows = await reader.prepared(
    'rules.privateNow',
    ({ db, t: { rules, ruleVersions } }) =>
      db
        .select({ id: rules.id })
        .from(rules)
        .innerJoin(ruleVersions, currentVersion({ rules, ruleVersions }))
        .where(and(eq(rules.villageId, sql.placeholder('villageId')), eq(ruleVersions.isPrivate, true))),
    { villageId },
  );
  return new Set(rows.map(({ id }) => id));
}

/** Codes and wordings of rules as they are now, by id. */
export async function ruleNames(
  reader: Reader,
  villageId: string,
  ids: readonly string[],
): Promise<Map<string, string>> {
  const wanted = new Set(ids);
  const rules = await currentRules(reader, villageId);
  return new Map(
    rules.filter(({ id }) => wanted.has(id)).map(({ id, code, title }) => [id, `${code} ${title}`]),
  );
}

/** A rule by its id, for commands. */
export const ruleById = read<readonly [id: string], CurrentRule | undefined>()({
  name: 'rules.byId',
  over: { rules: 'stale', ruleVersions: 'stale' },
  rows: ({ db, t: { rules, ruleVersions }, keys }) =>
    db
      .select({ at: keys.at, ...getTableColumns(ruleVersions), code: rules.code })
      .from(keys.table)
      .crossJoin(rules)
      .innerJoin(ruleVersions, currentVersion({ rules, ruleVersions }))
      .where(and(eq(rules.villageId, keys.villageId), eq(rules.id, keys.part(0)))),
  answer: ([found]) =>
    found && { id: found.ruleId, code: found.code, version: found.version, ...fieldsOf(found) },
});

/** One rule as it is now; refuses where there is none. */
export async function findRule(reader: Reader, villageId: string, id: string): Promise<CurrentRule> {
  const rule = await askNow(reader, villageId, ruleById.one([id]));
  if (!rule) throw new Refusal('rule.not_found');
  return rule;
}

/** Every wording a rule has had, the newest first. */
export async function listVersions(
  reader: Reader,
  villageId: string,
  id: string,
): Promise<(RuleFields & { version: number; changedBy: string; changedAtMs: number })[]> {
  const { ruleVersions } = reader.t;
  const rows = await reader.db
    .select()
    .from(ruleVersions)
    .where(and(eq(ruleVersions.villageId, villageId), eq(ruleVersions.ruleId, id)))
    .orderBy(desc(ruleVersions.version));
  if (rows.length === 0) throw new Refusal('rule.not_found');
  return rows.map((row) => ({
    version: row.version,
    ...fieldsOf(row),
    changedBy: row.changedBy,
    changedAtMs: row.changedAtMs,
  }));
}

export interface NewRule {
  readonly id: string;
  readonly code: string;
  readonly fields: AskedFields;
}

type RuleRow = RowOf<'rules'>;

/** The rules of the village as they are stored, in the book's own order. */
export function ruleRows({ db, t: { rules } }: Reader, villageId: string): Promise<RuleRow[]> {
  return Promise.resolve(
    db.select().from(rules).where(eq(rules.villageId, villageId)).orderBy(asc(rules.position)),
  );
}

/** The rows of a new rule at this place in the book, at version 1. */
export function newRule(
  villageId: string,
  { id, code, fields: asked }: NewRule,
  position: number,
  author: RuleAuthor,
): WrittenRow[] {
  const fields = wholeRule(asked);
  checkRule(fields);
  return [
    added('rules', { villageId, id, code, position, currentVersion: 1 }),
    added('ruleVersions', versionRow(villageId, id, 1, fields, author)),
  ];
}

/** The rows of a rule that gets another version. */
export function changedRule(row: RuleRow, next: RuleFields, author: RuleAuthor): WrittenRow[] {
  const version = row.currentVersion + 1;
  return [
    changed('rules', row, { currentVersion: version }),
    added('ruleVersions', versionRow(row.villageId, row.id, version, next, author)),
  ];
}

/** Adds rules at the end of the book. */
export async function addRules(
  tx: Tx,
  villageId: string,
  fresh: readonly NewRule[],
  author: RuleAuthor,
): Promise<void> {
  await tx.lockBook(villageId);
  const rows = await ruleRows(tx, villageId);
  const taken = fresh.find(({ code }) => rows.some((row) => row.code === code));
  if (taken) throw new Refusal('rule.code_taken', { code: taken.code });
  const last = rows.at(-1)?.position ?? 0;
  await writeRows(
    tx,
    fresh.flatMap((rule, index) => newRule(villageId, rule, last + index + 1, author)),
  );
}

/** Adds a version with these changes; one that changes nothing adds none. Answers whether it did. */
export async function changeRule(
  tx: Tx,
  villageId: string,
  id: string,
  changes: Partial<RuleFields>,
  author: RuleAuthor & GuardedAt,
): Promise<boolean> {
  const { rules } = tx.t;
  await tx.lockBook(villageId);
  const now = await findRule(tx, villageId, id);
  const next: RuleFields = { ...fieldsOf(now), ...changes };
  if (sameRule(now, next)) return false;
  checkRule(next, now);
  if (loosensRule(now, next) && !isJustMade(await madeAt(tx, villageId, id), author))
    needSecondForRule(author, now, next);
  const [row] = await tx.db
    .select()
    .from(rules)
    .where(and(eq(rules.villageId, villageId), eq(rules.id, id)));
  if (row) await writeRows(tx, changedRule(row, next, author));
  return true;
}

async function madeAt(
  { db, t: { ruleVersions } }: Reader,
  villageId: string,
  id: string,
): Promise<{ readonly createdAtMs: number }> {
  const [first] = await db
    .select({ createdAtMs: ruleVersions.changedAtMs })
    .from(ruleVersions)
    .where(
      and(eq(ruleVersions.villageId, villageId), eq(ruleVersions.ruleId, id), eq(ruleVersions.version, 1)),
    );
  return first ?? { createdAtMs: 0 };
}

export function sameRule(one: RuleFields, other: RuleFields): boolean {
  const [before, after] = [fieldsOf(one), fieldsOf(other)];
  return isDeepStrictEqual(before, after);
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

/** Counts proposals of a rule; less than none when they went over to another rule. */
export function ruleUsed(villageId: string, ruleId: string, uses: number): WrittenRow {
  return addedTo('ruleUses', { villageId, ruleId, uses }, ['uses']);
}

/**
 * Refuses a rule that may not be in force. A forbidden subject may stand in an old book, but not be enabled. A cap
 * that is not whole caps nothing, and is refused only if the change touches it.
 */
export function checkRule(fields: RuleFields, before?: RuleFields): void {
  const subject = fields.enabled ? forbiddenSubject(fields.category, fields.title) : null;
  if (subject) throw new Refusal('rule.forbidden_subject', { subject });
  checkRulePoints(fields);
  const keepsCaps = before && isDeepStrictEqual(fields.caps, before.caps);
  if (keepsCaps !== true && !areCapsSound(fields.caps)) throw new Refusal('rule.cap_incomplete');
}

function fieldsOf(source: RuleFields): RuleFields {
  const { category, title, pointsMode, points, pointsMin, pointsMax, perUnit } = source;
  const { proposer, evidence, limitText, caps, enabled, options, isPrivate, isFitForOld } = source;
  return {
    ...{ category, title, pointsMode, points, pointsMin, pointsMax, perUnit },
    ...{ proposer, evidence, limitText, caps, enabled, options, isPrivate, isFitForOld },
  };
}

function versionRow(
  villageId: string,
  ruleId: string,
  version: number,
  fields: RuleFields,
  author: RuleAuthor,
) {
  return { villageId, ruleId, version, ...fields, changedBy: author.actorId, changedAtMs: author.nowMs };
}
