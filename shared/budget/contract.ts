import { z } from 'zod';
import { hundredths } from '../fields.ts';
import { month } from '../ledger/passbook.ts';
import type { OperationsOf } from '../operation.ts';
import type { endpoints } from './endpoints.ts';

const figures = z.object({
  allotted: hundredths.describe('Put in for this month'),
  spent: hundredths.describe('Awards of this month that were posted, less what of them was taken back'),
  waiting: hundredths.describe('Awards that wait for an approval'),
  onNotice: hundredths.describe('Approved awards that are on notice'),
  contested: hundredths.describe('Awards on notice to which somebody objects'),
  left: hundredths.describe('To be posted this month; what waits is not subtracted'),
});
export type BudgetFigures = z.infer<typeof figures>;

const view = z.object({
  month: month.describe('Of today'),
  isOn: z.boolean(),
  total: figures.nullable().describe('Of the whole village; null: there is no budget'),
  parts: z
    .array(
      figures.extend({
        head: z.string().nullable().describe('Null: all categories without a part of their own'),
      }),
    )
    .describe('What is not under a category’s own part first; empty: there is no budget'),
});
export type BudgetView = z.infer<typeof view>;

export const operations = {
  'budget.view': {
    summary: 'The points budget of this month: given, on its way, left',
    summaryZh: '本月积分额度：已发、在路上、还剩',
    access: 'village.read',
    response: view,
    errors: [],
  },
} as const satisfies OperationsOf<typeof endpoints>;

export { errorWords, tags } from './words.ts';
