import type { ReadingOptions, ScoresReading } from '../../shared/imports/papers.ts';
import type { ScoreRow } from '../../shared/imports/score-rows.ts';
import { parseHundredths } from '../../shared/points.ts';
import { PROPOSALS_AT_ONCE_MOST } from '../../shared/proposals/states.ts';
import type { Tables } from './cells.ts';
import { type groupFiller, readNumber } from './household-ref.ts';
import { type Line, shortened } from './lines.ts';
import type { Numbered } from './numbers.ts';
import { type Opened, readingParts } from './reading.ts';
import { ascii, cleanName, orEmpty } from './text.ts';

/** The limits of the words of a deed, as whoever proposes it by hand has them. */
const MOST = { member: 30, event: 30, note: 200 } as const;
const TICK = /^[√✓✔☑]\uFE0F?$/u;
const DAY = /^(\d{4})[-/.年](\d{1,2})[-/.月](\d{1,2})日?$/;
const MONTH = /(\d{1,2}|十[一二]?|[一二三四五六七八九])月/;
/** Nobody who has so many cells to correct looks for more. */
const WRONG_MOST = 1_000;
/** Sums of the largest village with several for each household. */
const SUMS_MOST = 10_000;

export type Who = Numbered;

/** The household of a line; null, with a problem noted, if it cannot be told. */
export function readWho(line: Line, groupOf: ReturnType<typeof groupFiller>): Who | null {
  const group = groupOf(line);
  const number = readNumber(line);
  const head = cleanName(orEmpty(line.text('head')));
  if (number === null) return null;
  if (number !== '' || head !== '') return { number, group, head };
  line.problem('error', 'who_missing', line.has('number') ? 'number' : 'head');
  return null;
}

type Score = Pick<ScoreRow, 'text' | 'isTick' | 'points'>;

/** The points or the tick in a cell; null: nothing; 'wrong': noted as a problem. */
export function readScore(line: Line, index: number, column: string): Score | 'wrong' | null {
  const cell = line.cellAt(index);
  if (!cell) return null;
  const wrong = (code: 'score_no_value' | 'score_merged' | 'score_unreadable') => {
    line.problemAt('error', code, index, column);
    return 'wrong' as const;
  };
  if (cell.kind === 'broken' || (cell.formula && cell.text === '')) return wrong('score_no_value');
  const text = orEmpty(cell.text);
  if (text === '' && !cell.identity) return null;
  if (line.isMergedAt(index)) return wrong('score_merged');
  if (TICK.test(text)) return { text, isTick: true, points: null };
  const points = cell.kind === 'date' ? null : parseHundredths(ascii(text).replace(/分$/, ''));
  if (points === null || cell.identity || cell.tooLong) return wrong('score_unreadable');
  return { text, isTick: false, points };
}

/** Date and words of the deeds of a line; null, with a problem noted, if one of them cannot be used. */
export function readAround(line: Line): Pick<ScoreRow, 'day' | 'member' | 'event' | 'note'> | null {
  const day = readDay(line);
  const member = readWord(line, 'member');
  const event = readWord(line, 'event');
  if (day === undefined || member === null || event === null) return null;
  return { day, member, event, note: shortened(line, 'note', orEmpty(line.text('note')), MOST.note) };
}

function readDay(line: Line): string | null | undefined {
  const cell = line.cell('date');
  const text = orEmpty(line.text('date'));
  if (!cell || text === '') return null;
  const [, year = '', month = '', day = ''] = DAY.exec(ascii(text)) ?? [];
  const written = `${year}-${month.padStart(2, '0')}-${day.padStart(2, '0')}`;
  const found = cell.day ?? (isDay(written) ? written : undefined);
  if (found === undefined) line.problem('error', 'score_day_unreadable', 'date');
  return found;
}

function isDay(day: string): boolean {
  const date = new Date(`${day}T00:00:00Z`);
  return !Number.isNaN(date.getTime()) && date.toISOString().startsWith(day);
}

/** A word is never cut: another word may be another person. */
function readWord(line: Line, word: 'member' | 'event'): string | null {
  const text = orEmpty(line.text(word));
  if (Array.from(text).length <= MOST[word]) return text;
  line.problem('error', 'score_word_long', word, { limit: MOST[word] });
  return null;
}

/** Whether the paper was read far enough to be refused, with that noted. Nothing after this is kept. */
export function isEnough({ findings }: Opened, deeds: number, sums = 0): boolean {
  return isTooMuch(deeds, sums) || findings.problems.length > WRONG_MOST;
}

function isTooMuch(deeds: number, sums: number): boolean {
  return deeds > PROPOSALS_AT_ONCE_MOST || sums > SUMS_MOST;
}

interface Read {
  readonly layout: ScoresReading['layout'];
  readonly rows: ScoreRow[];
  readonly sums: ScoresReading['sums'];
}

/** Puts the reading together, with what is wrong with the paper as a whole. */
export function scoresReading(
  tables: Tables,
  opened: Opened,
  options: ReadingOptions,
  { layout, rows, sums }: Read,
): ScoresReading {
  const { findings, layouts } = opened;
  const sheet = layouts[0]?.table.name ?? '';
  const where = { sheet, row: null, cell: null, column: null, value: '' };
  const isCut = isTooMuch(rows.length, sums.length);
  if (isCut) findings.problem('error', 'score_too_many', where, { limit: PROPOSALS_AT_ONCE_MOST });
  else if (findings.problems.length > WRONG_MOST) findings.problem('error', 'score_more_wrong', where);
  const months = new Set(layouts.flatMap(({ table: { name } }) => MONTH.exec(name)?.[1] ?? []));
  if (options.sheet === undefined && months.size > 1) findings.problem('error', 'score_many_months', where);
  if (layouts.length > 0) findings.assume(layout === 'list' ? 'assume_score_list' : 'assume_score_table');
  const kept = isCut ? { rows: rows.slice(0, PROPOSALS_AT_ONCE_MOST), sums: [] } : { rows, sums };
  return {
    kind: 'scores',
    ...readingParts(tables, opened, rows.length),
    ...{ layout, isCut, ...kept },
  };
}
