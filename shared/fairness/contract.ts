import { z } from 'zod';
import { day, entryNumber, fen, hundredths, id, limit } from '../fields.ts';
import type { OperationsOf } from '../operation.ts';
import type { endpoints } from './endpoints.ts';
import { FIGURES, MONTHS_AT_FIRST, MONTHS_MOST, STRIKING_KINDS } from './figures.ts';

const month = z.string().regex(/^2\d{3}-(?:0[1-9]|1[0-2])$/);

/** A stretch of whole months; the last of them may be under way. */
const stretch = {
  months: z.coerce.number().int().min(1).max(MONTHS_MOST).default(MONTHS_AT_FIRST),
  until: month.optional().describe('The last month; that of today when left out, and for a later one'),
};
const days = { from: day, to: day };

/** Sums of the entries that were booked in the stretch, whenever the deeds were done. */
const sums = {
  given: hundredths.describe('By awards; what was taken back is not subtracted'),
  awards: z.int().describe('Awards, one for each household'),
  takenBack: hundredths.describe('Of awards, whenever they had been booked'),
  awardsTakenBack: z.int(),
  deducted: hundredths.describe('By deductions, without what of them was taken back'),
  deductions: z.int(),
};

const share = z.int().describe('Percent of all points that were given');
const whose = {
  id: id.nullable().describe('Null: no proposal tells it'),
  name: z.string(),
  ...sums,
  households: z.int().describe('That were awarded something'),
  percent: share,
};

const view = z.object({
  ...days,
  months: z.int(),
  total: z.object({ ...sums, households: z.int().describe('That were awarded something') }),
  groups: z
    .array(
      z.object({
        name: z.string().describe('Empty: households without a group, and those whose data was erased'),
        ...sums,
        households: z.int().describe('Accounts that there were in the stretch'),
        awarded: z.int().describe('Households that were awarded something'),
        each: hundredths
          .nullable()
          .describe('Given less taken back, for each of these accounts; null where there are none'),
      }),
    )
    .describe('By the groups that the households belong to today, in the order of the roster'),
  rules: z
    .array(
      z.object({
        id: id.nullable(),
        code: z.string(),
        title: z.string().describe('As it read at the latest of these deeds'),
        ...sums,
      }),
    )
    .describe('The one that gave most first'),
  proposers: z
    .array(
      z.object({
        ...whose,
        sameApprover: z
          .object({ id: id.nullable(), name: z.string(), percent: z.int() })
          .nullable()
          .describe('Who approved most of the points that this person proposed, and what share'),
      }),
    )
    .describe('The one whose proposals gave most first'),
  approvers: z.array(z.object(whose)),
  striking: z
    .array(
      z.object({
        kind: z.enum(STRIKING_KINDS),
        name: z.string(),
        id: id.nullable(),
        percent: z
          .int()
          .describe(
            'Of a person: the share of all points. Of a group: its points a household, of the others’',
          ),
      }),
    )
    .describe('Worth a question, and no more than that'),
  cover: z.object({
    pointsOwed: hundredths,
    pointValueFen: z.int(),
    stockCostFen: fen,
    coverRatioPercent: z
      .int()
      .nullable()
      .describe('Stock at cost over points owed at their value; null when nothing is owed'),
    pace: z.object({
      since: day.nullable().describe('Redemptions are counted from this day on; null: there are none yet'),
      days: z.int(),
      redeemed: hundredths.describe('In these days, less what was taken back'),
      aMonth: hundredths.nullable().describe('The same for a month; null: it cannot be told yet'),
      monthsLeft: z
        .number()
        .nullable()
        .describe('For how many months the stock lasts at that pace, rounded down to a tenth'),
    }),
  }),
});
export type FairnessView = z.infer<typeof view>;

const household = z.object({ id, number: z.string(), head: z.string(), group: z.string() });

export const operations = {
  'fairness.view': {
    summary:
      'Points given in some months by group, rule, proposer and approver, and how long the shelf lasts',
    summaryZh: '几个月里给出的积分：按组、按细则、按申报人、按审核人；货架还够换多久',
    access: 'fairness.read',
    query: z.object(stretch),
    response: view,
    errors: [],
  },
  'fairness.entries': {
    summary: 'The entries behind one of these figures, newest first',
    summaryZh: '某个数字后面的凭证，最新的在前',
    access: 'fairness.read',
    query: z.object({
      ...stretch,
      figure: z.enum(FIGURES).optional(),
      group: z.string().max(30).optional().describe('“-”: none'),
      ruleId: id.optional().describe('“-”: none'),
      proposerId: id.optional().describe('“-”: nobody known'),
      approverId: id.optional().describe('“-”: nobody known'),
      before: z.coerce.number().int().min(1).optional(),
      limit: limit.default(50),
    }),
    response: z.object({
      ...days,
      count: z.int().describe('On all pages'),
      points: hundredths.describe('On all pages, as the households’ accounts moved'),
      items: z.array(
        z.object({
          number: entryNumber,
          figure: z.enum(FIGURES),
          day,
          title: z.string(),
          household,
          points: hundredths.describe('As the account of the household moved'),
          proposedBy: z.string().describe('Who proposed the deed; of a reversal, the deed it takes back'),
          approvedBy: z.string(),
          reversesNumber: entryNumber.nullable(),
        }),
      ),
      next: entryNumber.nullable().describe('Give it as `before` for the next page'),
    }),
    errors: [],
  },
  'fairness.quiet': {
    summary: 'Households that were awarded nothing for three months, for somebody to visit',
    summaryZh: '三个月没有得分的人家，请人去看看',
    access: 'fairness.read',
    query: z.object({
      skip: z.coerce.number().int().min(0).max(100_000).default(0),
      limit: limit.default(100),
    }),
    response: z.object({
      since: day.describe('Nothing that stands was booked for them from this day on'),
      canTell: z.boolean().describe('False: the village gives points for less than three months'),
      count: z.int().describe('On all pages'),
      items: z
        .array(
          household.extend({
            size: z.int().nullable().describe('People in it'),
            lastMonth: month
              .nullable()
              .describe('Of its last award, by the day of the deed; null: none within a year'),
          }),
        )
        .describe('By group and number; new accounts and closed ones are left out'),
      next: z.int().nullable().describe('Give it as `skip` for the next page; null: this is the last'),
    }),
    errors: [],
  },
} as const satisfies OperationsOf<typeof endpoints>;

export { tags } from './words.ts';
