import { chunked, type Reader, type RowOf, tableText } from '../../db/index.ts';
import type { RuleRow, RulesReading } from '../../shared/imports/papers.ts';
import type { Rule } from '../../shared/rules/contract.ts';
import { Refusal } from '../../shared/errors.ts';
import { subjectOfRule } from '../../shared/rules/forbidden-subjects.ts';
import { inPieces, ROWS_A_PIECE } from '../commands/index.ts';
import {
  announcedRules,
  changedRule,
  checkRule,
  type CurrentRule,
  firstDayOf,
  listRules,
  loosensRule,
  mayCountAtOnce,
  newRule,
  type RuleFields,
  ruleRows,
  sameRule,
  toldOfRule,
} from '../rules/index.ts';
import {
  type AddedThing,
  type ChangedThing,
  type Plan,
  type PlanAt,
  problemsAgainst,
  type StageAt,
  type Staged,
} from './plan.ts';

interface Fresh {
  readonly code: string;
  readonly fields: RuleFields;
}

interface Change {
  readonly was: RowOf<'rules'>;
  /** The rule as it is now. */
  readonly rule: CurrentRule;
  readonly fields: RuleFields;
}

/**
 * Rows match rules by code; changed wording or figures make a new version. Fields without a column in the paper are
 * kept.
 */
export async function planRules(
  reader: Reader,
  { villageId, today, pause }: PlanAt,
  reading: RulesReading,
): Promise<Plan> {
  const against = problemsAgainst(reading);
  const known = new Map((await listRules(reader, villageId, today)).map((rule) => [rule.code, rule]));
  const rows = await ruleRows(reader, villageId);
  const announced = new Set((await announcedRules(reader, villageId, today)).map(({ code }) => code));
  const rowOf = new Map(rows.map((row) => [row.code, row]));
  const text = await rulesText(reader, villageId);
  const fresh: Fresh[] = [];
  const changes: Change[] = [];
  let unchanged = 0;
  await inPieces(reading.rows, pause, (row) => {
    const rule = known.get(row.code);
    const was = rowOf.get(row.code);
    if (announced.has(row.code)) {
      const at = { sheet: row.sheet, sourceRow: row.sourceRow, field: 'code', value: row.code } as const;
      against.add('error', 'village_rule_announced', at);
      return;
    }
    const fields = fieldsOf(row, reading.columns, rule);
    if (!isSound(row, fields, rule, against.add)) return;
    if (!rule || !was) fresh.push({ code: row.code, fields });
    else if (sameRule(rule, fields)) unchanged += 1;
    else changes.push({ was, rule, fields });
  });
  const last = rows.at(-1)?.position ?? 0;
  return {
    ...{ create: fresh.length, update: changes.length, unchanged, problems: against.problems },
    stage: (at) => stageRules(at, { fresh, changes, last }),
    isStillRight: async (now) => (await rulesText(now, villageId)) === text,
  };
}

/** Every change of a rule gives it another version. */
function rulesText(reader: Reader, villageId: string): Promise<string> {
  return tableText(reader, 'rules', villageId, ['id', 'code', 'position', 'currentVersion']);
}

async function stageRules(
  at: StageAt,
  {
    fresh,
    changes,
    last,
  }: { readonly fresh: readonly Fresh[]; readonly changes: readonly Change[]; readonly last: number },
): Promise<Staged> {
  const added: AddedThing[] = [];
  const changed: ChangedThing[] = [];
  const loosening: ChangedThing[] = [];
  const author = { actorId: at.actorId, nowMs: at.nowMs, today: at.today };
  const first = firstDayOf(at.village, at.today);
  let done = 0;
  for (const some of chunked(fresh, ROWS_A_PIECE)) {
    const rows = some.flatMap(({ code, fields }) => {
      const id = at.newId();
      const facts = { ...NOTHING_SAID, effectiveFrom: first };
      const is = toldOfRule({ id, code, version: 1, ...fields, ...facts });
      added.push({ thing: `rule:${id}`, name: `${code} ${fields.title}`, is });
      return newRule(at.villageId, { id, code, fields, facts }, last + (done += 1), author);
    });
    await at.put(rows, done);
  }
  for (const some of chunked(changes, ROWS_A_PIECE)) {
    const rows = some.flatMap(({ was, rule, fields }) => {
      const effectiveFrom = mayCountAtOnce(rule, fields) ? at.today : first;
      const version = was.currentVersion + 1;
      const facts = { ...NOTHING_SAID, effectiveFrom };
      const is = toldOfRule({ ...rule, ...fields, ...facts, version });
      const told = { thing: `rule:${rule.id}`, name: `${rule.code} ${rule.title}` } as const;
      changed.push({ ...told, was: toldOfRule(rule), is });
      if (loosensRule(rule, fields)) loosening.push({ ...told, ...withoutDay(toldOfRule(rule), is) });
      return changedRule(was, fields, facts, author);
    });
    await at.put(rows, (done += some.length));
  }
  return { entries: [], added, changed, loosening };
}

/** No paper says who decided a rule, or when it was filed. */
const NOTHING_SAID = { decidedBy: null, decidedOn: null, filedOn: null } as const;

type Told = ReturnType<typeof toldOfRule>;

/** A second person may agree on another day: what they are shown is the same then. */
function withoutDay({ effectiveFrom: _was, ...was }: Told, { effectiveFrom: _is, ...is }: Told) {
  return { was, is };
}

function fieldsOf(row: RuleRow, columns: RulesReading['columns'], rule: Rule | undefined): RuleFields {
  const { category, title, pointsMode, points, pointsMin, pointsMax, perUnit, options } = row;
  const { proposer, evidence, limitText, caps } = row;
  const limits = { limitText, caps };
  const enabled = rule && !columns.enabled ? rule.enabled : row.enabled;
  const merged = {
    category: rule && !columns.category ? rule.category : category,
    title,
    ...(rule && !columns.points
      ? pointsOf(rule)
      : { pointsMode, points, pointsMin, pointsMax, perUnit, options }),
    proposer: rule && !columns.proposer ? rule.proposer : proposer,
    evidence: rule && !columns.evidence ? rule.evidence : evidence,
    ...(rule && !columns.limit ? limitsOf(rule) : limits),
    isPrivate: rule?.isPrivate ?? false,
    isFitForOld: rule?.isFitForOld ?? false,
  };
  const isForbidden = row.flag !== null || subjectOfRule(merged) !== null;
  return { ...merged, enabled: enabled && !isForbidden };
}

function pointsOf({ pointsMode, points, pointsMin, pointsMax, perUnit, options }: Rule) {
  return { pointsMode, points, pointsMin, pointsMax, perUnit, options };
}

function limitsOf({ limitText, caps }: Rule) {
  return { limitText, caps };
}

function isSound(
  row: RuleRow,
  fields: RuleFields,
  before: RuleFields | undefined,
  add: ReturnType<typeof problemsAgainst>['add'],
): boolean {
  const at = { sheet: row.sheet, sourceRow: row.sourceRow };
  const subject = subjectOfRule(row);
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
