import type { ReadingOptions, RuleRow, RulesReading } from '../../shared/imports/papers.ts';
import { readLimitText } from '../../shared/rules/limit-text.ts';
import { forbiddenSubject } from '../../shared/rules/forbidden-subjects.ts';
import type { Tables } from './cells.ts';
import type { Findings } from './findings.ts';
import { readCategory, shortened, type Line } from './lines.ts';
import { openPaper, readingParts } from './reading.ts';
import { parseEnabled, parseRulePoints, withOptionsOf } from './rule-points.ts';
import { ascii, orEmpty } from './text.ts';
import { RULES_WORDS } from './header-patterns.ts';

const MOST = { title: 200, category: 30, proposer: 60, evidence: 120, limit: 60 } as const;
const CODE = /^[0-9A-Za-z\u4e00-\u9fff.-]{1,12}$/;

/** The rule book: what a deed is worth, how often, who proposes it and with what evidence. */
export function understandRules(tables: Tables, options: ReadingOptions = {}): RulesReading {
  const opened = openPaper(tables, RULES_WORDS, options);
  const { findings } = opened;
  const rows: RuleRow[] = [];
  const byCode = new Map<string, RuleRow>();
  let category = '';
  for (const line of opened.lines) {
    category = readCategory(line, category, findings);
    const code = readCode(line, rows.length + 1, findings);
    const title = shortened(line, 'title', line.text('title'), MOST.title);
    if (title === '') line.problem('error', 'title_missing', 'title');
    if (code === null || title === '') continue;
    const row = readRule(line, { code, category, title }, findings);
    const first = byCode.get(code);
    if (!first) {
      byCode.set(code, row);
      rows.push(row);
    } else if (first.title === title && first.pointsText === row.pointsText) {
      findings.duplicate('duplicate_rule', line.repeats('code', first), { code });
    } else line.problem('error', 'code_taken', 'code', { code, row: first.sourceRow });
  }
  return { kind: 'rules', ...readingParts(tables, opened, rows.length), rows };
}

function readRule(
  line: Line,
  named: Pick<RuleRow, 'code' | 'category' | 'title'>,
  findings: Findings,
): RuleRow {
  const pointsText = line.text('points');
  const { points, isUnsure } = withOptionsOf(named.title, parseRulePoints(pointsText));
  if (isUnsure) findings.assume('assume_lists_noted', {}, `${named.code} ${named.title}`);
  if (points.pointsMode === 'none') line.problem('warning', 'points_none', 'points');
  const evidence = shortened(line, 'evidence', orEmpty(line.text('evidence')), MOST.evidence);
  // Old books write what they take beside the points: 罚款50元.
  const flag = forbiddenSubject(named.title, pointsText, evidence, line.text('limit'));
  if (flag !== null) line.problem('warning', `rule_${flag}`, 'title');
  const limitText = shortened(line, 'limit', orEmpty(line.text('limit')), MOST.limit);
  const { isWhole, caps } = readLimitText(limitText);
  if (!isWhole) findings.assume('assume_limits_noted', {}, `${named.code} ${limitText}`);
  return {
    sheet: line.sheet,
    sourceRow: line.row,
    ...named,
    pointsText,
    ...points,
    proposer: shortened(line, 'proposer', orEmpty(line.text('proposer')), MOST.proposer),
    evidence,
    limitText,
    caps,
    enabled: readEnabled(line) && flag === null,
    flag,
  };
}

function readCode(line: Line, next: number, findings: Findings): string | null {
  if (!line.has('code')) {
    findings.assume('assume_codes_given');
    return `R${String(next).padStart(3, '0')}`;
  }
  const code = ascii(line.text('code')).replace(/\s/g, '').toUpperCase();
  if (CODE.test(code)) return code;
  line.problem('error', 'code_unreadable', 'code');
  return null;
}

function readEnabled(line: Line): boolean {
  if (!line.has('enabled') || line.text('enabled') === '') return true;
  const enabled = parseEnabled(line.text('enabled'));
  if (enabled === null) line.problem('warning', 'enabled_unreadable', 'enabled');
  return enabled ?? false;
}
