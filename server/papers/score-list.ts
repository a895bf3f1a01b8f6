import type { ReadingOptions, ScoresReading } from '../../shared/imports/papers.ts';
import type { ScoreRow } from '../../shared/imports/score-rows.ts';
import type { Tables } from './cells.ts';
import { SCORE_LIST_WORDS } from './header-patterns.ts';
import { groupFiller, settleAndSay } from './household-ref.ts';
import type { Line } from './lines.ts';
import { openPaper } from './reading.ts';
import { isEnough, readAround, readScore, readWho, scoresReading, type Who } from './score-parts.ts';
import { orEmpty } from './text.ts';

interface Entry {
  readonly line: Line;
  readonly row: Who;
  readonly deed: Omit<ScoreRow, keyof Who>;
}

/** A list: a row for each deed. */
export function understandScoreList(tables: Tables, options: ReadingOptions): ScoresReading {
  const opened = openPaper(tables, SCORE_LIST_WORDS, options);
  const groupOf = groupFiller(opened);
  const columnsOf = new Map(opened.layouts.map((layout) => [layout.table.name, layout]));
  const entries: Entry[] = [];
  for (const line of opened.lines) {
    if (isEnough(opened, entries.length)) break;
    const layout = columnsOf.get(line.sheet);
    const who = readWho(line, groupOf);
    const deed = readDeed(line, layout?.columns.get('points'), layout?.headers ?? []);
    if (who && deed) entries.push({ line, row: who, deed });
  }
  settleAndSay(entries, opened.findings);
  const rows = entries.map(({ row, deed }) => ({ ...deed, ...row }));
  return scoresReading(tables, opened, options, { layout: 'list', rows, sums: [] });
}

/** The deed of a line; null, with a problem noted, if something of it cannot be read. */
function readDeed(line: Line, points: number | undefined, headers: readonly string[]): Entry['deed'] | null {
  const rule = orEmpty(line.text('rule'));
  if (rule === '') line.problem('error', 'score_rule_missing', 'rule');
  const column = points === undefined ? '' : (headers[points] ?? '');
  const score = points === undefined ? null : readScore(line, points, column);
  const around = readAround(line);
  if (rule === '' || score === 'wrong' || around === null) return null;
  return {
    ...{ sheet: line.sheet, sourceRow: line.row, column },
    cell: points === undefined ? line.address('rule') : line.addressAt(points),
    ...{ rule, ruleTexts: [rule], ruleCell: line.address('rule') },
    // A list may leave the points to a rule that has a figure of its own.
    ...(score ?? { text: '', isTick: false, points: null }),
    ...around,
  };
}
