import { listed } from '../../shared/sentence.ts';
import type { ReadingOptions, ScoresReading } from '../../shared/imports/papers.ts';
import type { ScoreRow, ScoreSum } from '../../shared/imports/score-rows.ts';
import { parseHundredths } from '../../shared/points.ts';
import type { Tables } from './cells.ts';
import type { Findings } from './findings.ts';
import { SCORE_TABLE_WORDS } from './header-patterns.ts';
import { groupFiller, settleAndSay } from './household-ref.ts';
import { dataLines, type Line } from './lines.ts';
import { openPaper } from './reading.ts';
import { isEnough, readAround, readScore, readWho, scoresReading, type Who } from './score-parts.ts';
import { type Heading, readHeading, type SumColumn } from './score-heading.ts';
import { ascii, orEmpty } from './text.ts';

type Deed = Omit<ScoreRow, keyof Who>;

interface Entry {
  readonly line: Line;
  readonly row: Who;
  readonly deeds: readonly Deed[];
}

/** A table: a row for each household, a column for each rule. */
export function understandScoreTable(tables: Tables, options: ReadingOptions): ScoresReading {
  const opened = openPaper(tables, SCORE_TABLE_WORDS, options);
  const { findings } = opened;
  const headings = opened.layouts.map((layout) => readHeading(layout, findings));
  sayColumns(headings, findings);
  const layouts = headings.map(({ layout }) => layout);
  const headingOf = new Map(headings.map((heading) => [heading.layout.table.name, heading]));
  const groupOf = groupFiller({ ...opened, layouts });
  const entries: Entry[] = [];
  const sums: ScoreSum[] = [];
  let count = 0;
  for (const line of dataLines(layouts, SCORE_TABLE_WORDS, findings)) {
    if (isEnough(opened, count, sums.length)) break;
    const heading = headingOf.get(line.sheet);
    const who = readWho(line, groupOf);
    if (!heading || !who) continue;
    const deeds = readDeeds(line, heading);
    entries.push({ line, row: who, deeds });
    sums.push(...heading.sums.flatMap((sum) => readSum(line, sum, heading, deeds)));
    count += deeds.length;
  }
  nameHomeless(headings, findings);
  settleAndSay(entries, findings);
  const rows = entries.flatMap(({ row, deeds }) => deeds.map((deed) => ({ ...deed, ...row })));
  return scoresReading(tables, opened, options, { layout: 'table', rows, sums });
}

function sayColumns(headings: readonly Heading[], findings: Findings): void {
  const left = new Set(headings.flatMap((heading) => heading.left));
  const sums = new Set(headings.flatMap((heading) => heading.sums.map(({ header }) => header)));
  if (left.size > 0) findings.assume('assume_score_columns_left', { columns: listed([...left]) });
  if (sums.size > 0) findings.assume('assume_score_sums', { columns: listed([...sums]) });
  const [first] = headings;
  if (!first || headings.some(({ rules }) => rules.length > 0)) return;
  const where = { sheet: first.layout.table.name, row: null, cell: null, column: null, value: '' };
  findings.problem('error', 'score_no_rules', where);
}

/** The deeds of a household. Cells that cannot be read are noted, and the others are read all the same. */
function readDeeds(line: Line, { rules }: Heading): Deed[] {
  const scores = rules.flatMap((rule) => {
    const score = readScore(line, rule.index, rule.header);
    return score === null || score === 'wrong' || score.points === 0 ? [] : [{ rule, score }];
  });
  const around = scores.length === 0 ? null : readAround(line);
  if (around === null) return [];
  return scores.map(({ rule, score }) => ({
    ...{ sheet: line.sheet, sourceRow: line.row },
    ...{ cell: line.addressAt(rule.index), column: rule.header },
    ...{ rule: rule.header, ruleTexts: [...rule.texts], ruleCell: rule.cell },
    ...score,
    ...around,
  }));
}

/** A sum as the paper has it, with the cells before it that it is a sum of. */
function readSum(line: Line, sum: SumColumn, { rules }: Heading, deeds: readonly Deed[]): ScoreSum[] {
  const text = orEmpty(line.cellAt(sum.index)?.text ?? '');
  if (text === '') return [];
  const written = parseHundredths(ascii(text).replace(/分$/, ''));
  if (written === null) {
    line.problemAt('error', 'score_sum_unreadable', sum.index, sum.header);
    return [];
  }
  const cells = new Set(
    rules.filter(({ index }) => sum.isOver(index)).map(({ index }) => line.addressAt(index)),
  );
  return [
    {
      ...{ sheet: line.sheet, sourceRow: line.row },
      ...{ cell: line.addressAt(sum.index), column: sum.header, written, of: sum.of },
      deeds: deeds.map(({ cell }) => cell).filter((cell) => cells.has(cell)),
    },
  ];
}

/** Names the rows that have points and no household: nobody would miss them otherwise. */
function nameHomeless(headings: readonly Heading[], findings: Findings): void {
  const passed = findings.skipped.filter(({ code }) => code === 'skip_number_only');
  for (const { sheet, row } of passed) {
    const heading = headings.find(({ layout }) => layout.table.name === sheet);
    const cells = heading?.layout.table.rows[row - 1] ?? [];
    const rule = heading?.rules.find(({ index }) => orEmpty(cells[index]?.text ?? '') !== '');
    if (!heading || !rule) continue;
    const where = { sheet, row, cell: rule.addressIn(row), column: rule.header };
    findings.problem('error', 'who_missing', { ...where, value: cells[rule.index]?.text ?? '' });
  }
}
