import { isDeepStrictEqual } from 'node:util';
import { added, addedTo, changed, type Tx, type WrittenRow, writeRows } from '../../db/index.ts';
import { businessDay } from '../../shared/business-day.ts';
import { Refusal } from '../../shared/errors.ts';
import { areCapsSound } from '../../shared/rules/caps.ts';
import { subjectOfRule } from '../../shared/rules/forbidden-subjects.ts';
import { DEFAULT_SETTINGS } from '../../shared/village/settings.ts';
import type { GuardedAt } from '../at.ts';
import { isJustMade } from '../need-second.ts';
import { dayOfVersion, firstDayOf, mayCountAtOnce, refuseWrongMeeting } from './first-day.ts';
import { loosensRule, needSecondForRule } from './guard-rule.ts';
import { checkRulePoints } from './points.ts';
import { ruleRows, type RuleRow } from './read-book.ts';
import {
  type AskedFacts,
  type AskedFields,
  type CurrentRule,
  fieldsOf,
  type RuleFields,
  ruleOf,
  sameRule,
  type VersionFacts,
  type VersionRow,
  wholeRule,
} from './rule-fields.ts';
import { lastVersion, versionOn, versionRows } from './versions.ts';

export interface RuleAuthor {
  readonly actorId: string;
  readonly nowMs: number;
  /** The village's business day. */
  readonly today?: string;
}

export interface NewRule {
  readonly id: string;
  readonly code: string;
  readonly fields: AskedFields;
  readonly facts?: AskedFacts | undefined;
}

/** The rows of a new rule at this place in the book, at version 1. It counts from today if nothing else is said. */
export function newRule(
  villageId: string,
  { id, code, fields: asked, facts = {} }: NewRule,
  position: number,
  author: RuleAuthor,
): WrittenRow[] {
  const fields = wholeRule(asked);
  checkRule(fields);
  return [
    added('rules', { villageId, id, code, position, currentVersion: 1 }),
    added('ruleVersions', versionRow({ villageId, ruleId: id, version: 1 }, fields, facts, author)),
  ];
}

/** The rows of a rule that gets another version. */
export function changedRule(
  row: RuleRow,
  next: RuleFields,
  facts: AskedFacts,
  author: RuleAuthor,
): WrittenRow[] {
  const version = row.currentVersion + 1;
  return [
    changed('rules', row, { currentVersion: version }),
    added(
      'ruleVersions',
      versionRow({ villageId: row.villageId, ruleId: row.id, version }, next, facts, author),
    ),
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

/** The facts of a new rule: it hangs as long as a change does. */
export function factsOfNew(
  { effectiveFrom, ...facts }: AskedFacts,
  { village, today }: GuardedAt & { readonly today: string },
): AskedFacts {
  refuseWrongMeeting(facts, today);
  return { ...facts, effectiveFrom: dayOfVersion(effectiveFrom, firstDayOf(village, today), today) };
}

interface ChangedRule {
  /** The rule as it was written last, with which the act of the change compares. */
  readonly was: CurrentRule;
  /** The version that was added; if nothing changed, the one that counts. */
  readonly is: CurrentRule;
}

type ChangeAt = RuleAuthor & GuardedAt;

/** Adds a version with these changes, which counts from its day on; one that changes nothing adds none. */
export async function changeRule(
  tx: Tx,
  villageId: string,
  id: string,
  { effectiveFrom: asked, decidedBy, decidedOn, ...changes }: Partial<RuleFields> & AskedFacts,
  author: ChangeAt,
): Promise<ChangedRule> {
  await tx.lockBook(villageId);
  const today = dayOf(author, author.village.settings.timeZone);
  const { rule, versions } = await versionRows(tx, villageId, id);
  const last = lastVersion(versions);
  const soonest = firstDayOf(author.village, today);
  /** The version that would count on a day, or the first that will, and the same with the changes. */
  const changedOn = (day: string) => {
    const base = versionOn(versions, day) ?? last;
    return { base, next: { ...fieldsOf(base), ...changes } satisfies RuleFields };
  };
  const now = changedOn(today);
  const isAtOnce = mayCountAtOnce(now.base, now.next);
  const { base, next } = changedOn(asked ?? (isAtOnce ? today : soonest));
  if (sameRule(base, next)) {
    const counting = ruleOf(rule.code, base);
    return { was: counting, is: counting };
  }
  checkRule(next, base);
  const facts = { decidedBy: decidedBy ?? null, decidedOn: decidedOn ?? null };
  refuseWrongMeeting(facts, today);
  const first = mayCountAtOnce(base, next) ? today : soonest;
  const effectiveFrom = dayOfVersion(asked, first, today);
  refuseBeforeAnnounced(next, last, effectiveFrom, today);
  const row = versionRow(
    { villageId, ruleId: id, version: rule.currentVersion + 1 },
    next,
    { ...facts, effectiveFrom },
    author,
  );
  const is = ruleOf(rule.code, row);
  if (loosensRule(base, next) && !isJustMade({ createdAtMs: madeAt(versions) }, author))
    needSecondForRule(author, ruleOf(rule.code, base), is, asked !== undefined);
  await writeRows(tx, changedRule(rule, next, { ...facts, effectiveFrom }, author));
  return { was: ruleOf(rule.code, last), is };
}

/** Versions follow each other in the order of their days. Only a rule that is switched off outruns what is announced. */
function refuseBeforeAnnounced(next: RuleFields, last: VersionRow, from: string, today: string): void {
  if (next.enabled && last.effectiveFrom > today && from < last.effectiveFrom)
    throw new Refusal('rule.announced', { version: last.version, from: last.effectiveFrom });
}

function madeAt(versions: readonly VersionRow[]): number {
  return versions.find(({ version }) => version === 1)?.changedAtMs ?? 0;
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
  const subject = fields.enabled ? subjectOfRule(fields) : null;
  if (subject) throw new Refusal('rule.forbidden_subject', { subject });
  checkRulePoints(fields);
  const keepsCaps = before && isDeepStrictEqual(fields.caps, before.caps);
  if (keepsCaps !== true && !areCapsSound(fields.caps)) throw new Refusal('rule.cap_incomplete');
}

function versionRow(
  key: { readonly villageId: string; readonly ruleId: string; readonly version: number },
  fields: RuleFields,
  { effectiveFrom, decidedBy = null, decidedOn = null }: AskedFacts,
  author: RuleAuthor,
): VersionRow {
  const facts: VersionFacts = {
    effectiveFrom: effectiveFrom ?? dayOf(author, DEFAULT_SETTINGS.timeZone),
    ...{ decidedBy, decidedOn, filedOn: null },
  };
  return {
    ...key,
    ...fieldsOf(fields),
    ...facts,
    ...{ withdrawnBy: null, withdrawnAtMs: null },
    ...{ changedBy: author.actorId, changedAtMs: author.nowMs },
  };
}

function dayOf({ today, nowMs }: RuleAuthor, timeZone: string): string {
  return today ?? businessDay(nowMs, timeZone);
}
