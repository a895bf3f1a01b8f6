import type { Reader } from '../../db/store.ts';
import type { RuleRow, RulesReading } from '../../shared/imports/papers.ts';
import type { Rule } from '../../shared/rules/contract.ts';
import { Refusal } from '../../shared/errors.ts';
import { forbiddenSubject } from '../../shared/rules/forbidden-subjects.ts';
import { addRules, changeRule, checkRule, listRules, type RuleFields, sameRule } from '../rules/index.ts';
import { type ImportWork, type Plan, problemsAgainst } from './plan.ts';

interface Fresh {
  readonly code: string;
  readonly fields: RuleFields;
}

/**
 * Rows match rules by code; changed wording or figures make a new version. Fields without a column in the paper are
 * kept.
 */
export async function planRules(reader: Reader, villageId: string, reading: RulesReading): Promise<Plan> {
  const against = problemsAgainst(reading);
  const known = new Map((await listRules(reader, villageId)).map((rule) => [rule.code, rule]));
  const fresh: Fresh[] = [];
  const changes: { id: string; fields: RuleFields }[] = [];
  let unchanged = 0;
  for (const row of reading.rows) {
    const rule = known.get(row.code);
    const fields = fieldsOf(row, reading.columns, rule);
    if (!isSound(row, fields, rule, against.add)) continue;
    if (!rule) fresh.push({ code: row.code, fields });
    else if (sameRule(rule, fields)) unchanged += 1;
    else changes.push({ id: rule.id, fields });
  }
  return {
    create: fresh.length,
    update: changes.length,
    unchanged,
    problems: against.problems,
    write: (work) => writeRules(work, fresh, changes),
  };
}

async function writeRules(
  work: ImportWork,
  fresh: readonly Fresh[],
  changes: readonly { id: string; fields: RuleFields }[],
): Promise<number[]> {
  const { tx, villageId } = work;
  const author = { actorId: work.actorId, nowMs: work.nowMs };
  await addRules(
    tx,
    villageId,
    fresh.map((rule) => ({ ...rule, id: work.newId() })),
    author,
  );
  work.onProgress(fresh.length);
  for (const [index, { id, fields }] of changes.entries()) {
    await changeRule(tx, villageId, id, fields, author);
    work.onProgress(fresh.length + index + 1);
  }
  return [];
}

function fieldsOf(row: RuleRow, columns: RulesReading['columns'], rule: Rule | undefined): RuleFields {
  const { category, title, pointsMode, points, pointsMin, pointsMax, perUnit } = row;
  const { proposer, evidence, limitText, limitPeriod, limitTimes, limitPoints } = row;
  const limits = { limitText, limitPeriod, limitTimes, limitPoints };
  const isForbidden = row.flag !== null || forbiddenSubject(category, title) !== null;
  const enabled = rule && !columns.enabled ? rule.enabled : row.enabled;
  return {
    category: rule && !columns.category ? rule.category : category,
    title,
    ...(rule && !columns.points ? pointsOf(rule) : { pointsMode, points, pointsMin, pointsMax, perUnit }),
    proposer: rule && !columns.proposer ? rule.proposer : proposer,
    evidence: rule && !columns.evidence ? rule.evidence : evidence,
    ...(rule && !columns.limit ? limitsOf(rule) : limits),
    enabled: enabled && !isForbidden,
  };
}

function pointsOf({ pointsMode, points, pointsMin, pointsMax, perUnit }: Rule) {
  return { pointsMode, points, pointsMin, pointsMax, perUnit };
}

function limitsOf({ limitText, limitPeriod, limitTimes, limitPoints }: Rule) {
  return { limitText, limitPeriod, limitTimes, limitPoints };
}

function isSound(
  row: RuleRow,
  fields: RuleFields,
  before: RuleFields | undefined,
  add: ReturnType<typeof problemsAgainst>['add'],
): boolean {
  const at = { sheet: row.sheet, sourceRow: row.sourceRow };
  const subject = forbiddenSubject(row.category, row.title);
  if (subject !== null && row.flag === null)
    add('warning', `rule_${subject}`, { ...at, field: 'title', value: row.title });
  try {
    checkRule(fields, before);
    return true;
  } catch (error) {
    if (!(error instanceof Refusal)) throw error;
    if (error.code === 'rule.cap_incomplete')
      add('error', 'village_rule_cap', { ...at, field: 'limit', value: row.limitText });
    else add('error', 'village_rule_points', { ...at, field: 'points', value: row.pointsText });
    return false;
  }
}
