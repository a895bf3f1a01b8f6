import type { ImportQuestion } from '../../shared/imports/contract.ts';
import { type PaperParams, paperSentence } from '../../shared/imports/paper-sentences.ts';
import type { ReadingOptions, ScoresReading } from '../../shared/imports/papers.ts';
import { lastDayNamed } from '../../shared/imports/titles.ts';
import type { ScoreRow } from '../../shared/imports/score-rows.ts';
import { listed } from '../../shared/sentence.ts';
import type { MeantDeed } from './score-deed.ts';
import type { Unsure } from './score-points.ts';

const EXAMPLES_SHOWN = 3;

/** The day of the deeds beside which the paper has none: as a person says, else the end of the month that its title names. */
export function dayAsked({ titles }: ScoresReading, { day }: ReadingOptions, today: string): string {
  if (day !== undefined) return day;
  const named = titles.flatMap(({ text }) => lastDayNamed(text) ?? []).find((one) => one <= today);
  return named ?? today;
}

interface Asked {
  readonly reading: ScoresReading;
  readonly options: ReadingOptions;
  readonly day: string;
  readonly unsure: Unsure;
  readonly twice: readonly MeantDeed[];
  readonly standing: readonly MeantDeed[];
  readonly isAllStanding: boolean;
}

/** The questions about a score sheet that the village's rules and proposals raise, answered or not. */
export function questionsAboutScores(asked: Asked): ImportQuestion[] {
  const { reading, options, day, unsure, twice, standing, isAllStanding } = asked;
  const dayless = reading.rows.filter((row) => row.day === null).length;
  const { ones, units } = unsure;
  const rowsOf = (deeds: readonly MeantDeed[]) => deeds.map(({ row }) => row);
  const about = (rows: readonly ScoreRow[]) => ({ count: rows.length, examples: examplesOf(rows) });
  return [
    ...(dayless === 0 ? [] : [question('score_day', { count: dayless }, options.day === undefined, { day })]),
    ...(ones.length === 0 ? [] : [question('score_ones', about(ones), options.onesAreTicks !== true)]),
    ...(units.length === 0 ? [] : [question('score_units', about(units), options.unitFigures === undefined)]),
    ...(twice.length === 0
      ? []
      : [question('score_twice', about(rowsOf(twice)), (options.seenTwice ?? 0) < twice.length)]),
    ...(standing.length === 0 || isAllStanding
      ? []
      : [question('score_standing', about(rowsOf(standing)), (options.seenStanding ?? 0) < standing.length)]),
  ];
}

function question(
  code: ImportQuestion['code'] & `score_${string}`,
  params: PaperParams & { readonly count: number },
  needsAnswer: boolean,
  more: Pick<ImportQuestion, 'day'> = {},
): ImportQuestion {
  const { count } = params;
  return { code, text: paperSentence(`ask_${code}`, params), needsAnswer, count, ...more };
}

function examplesOf(rows: readonly ScoreRow[]): string {
  const cells = rows.map(({ cell }) => cell);
  return listed(cells.slice(0, EXAMPLES_SHOWN)) + (cells.length > EXAMPLES_SHOWN ? '…' : '');
}
