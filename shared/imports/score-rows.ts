import { z } from 'zod';
import { day, hundredths } from '../fields.ts';

/** The columns of a month's score sheet, be it a list or a table. */
export const SCORES_FIELDS = [
  'number',
  'group',
  'head',
  'rule',
  'points',
  'date',
  'member',
  'event',
  'note',
] as const;
export type ScoresField = (typeof SCORES_FIELDS)[number];

const place = { sheet: z.string(), sourceRow: z.int() };

/** One deed of a score sheet: a row of a list, or a cell of a table. */
export const scoreRow = z.object({
  ...place,
  cell: z.string().describe('Such as C7: where its points stand, or its rule'),
  column: z.string().describe('The header of that column'),
  number: z.string().describe('Empty when the paper has none: match by head'),
  group: z.string(),
  head: z.string(),
  rule: z.string().describe('Its rule as written; code and title once it is found in the rule book'),
  ruleTexts: z.array(z.string()).describe('All that the paper says of its rule: one of them names it'),
  ruleCell: z.string(),
  text: z.string().describe('Its points as written'),
  isTick: z.boolean(),
  points: hundredths.nullable().describe('Null for a tick, or where the paper has no figure'),
  day: day.nullable().describe('Null: the day that is chosen for the whole paper'),
  member: z.string(),
  event: z.string(),
  note: z.string(),
});
export type ScoreRow = z.infer<typeof scoreRow>;

/** A sum that the paper has for some deeds of a row. It is compared and brings nothing. */
export const scoreSum = z.object({
  ...place,
  cell: z.string(),
  column: z.string(),
  written: hundredths,
  of: z.enum(['all', 'gains', 'losses']),
  deeds: z.array(z.string()).describe('The cells that it sums up'),
});
export type ScoreSum = z.infer<typeof scoreSum>;
