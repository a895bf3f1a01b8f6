import { z } from 'zod';
import { day, entryNumber, hundredths, id, idParams, instantMs, line, required } from '../fields.ts';
import { BODY_BYTES_MAX, type OperationsOf } from '../operation.ts';
import { optionName } from '../rules/contract.ts';
import type { endpoints } from './endpoints.ts';
import {
  BANDS_MOST,
  ITEM_MOST,
  JUDGES_A_ROUND,
  LEFT_OUT,
  MARK_STEP,
  ROUND_HOUSEHOLDS_MOST,
  ROUND_ITEMS_MOST,
  ROUND_STATES,
} from './states.ts';

const mark = z.int().min(0).max(ITEM_MOST).multipleOf(MARK_STEP).describe('Hundredths; whole or half points');
const marks = z
  .array(z.array(mark).max(ROUND_ITEMS_MOST).nullable())
  .max(ROUND_HOUSEHOLDS_MOST)
  .describe('By household, in the order of the round: the marks in the order of its items; null: not marked');

const item = z.object({
  name: required(12).describe('齐, 洁, 美'),
  most: mark.min(MARK_STEP).describe('The highest mark'),
});
const band = z.object({
  least: z
    .int()
    .min(0)
    .max(ITEM_MOST * ROUND_ITEMS_MOST)
    .describe('Results from here on; hundredths'),
  points: hundredths.min(1).describe('So much they are worth'),
});

const summary = {
  id,
  number: z.int().min(1),
  name: z.string(),
  day,
  state: z.enum(ROUND_STATES),
};

const judge = z.object({
  id,
  name: z.string(),
  isMe: z.boolean(),
  version: z.int().min(0).describe('How often the sheet was handed in; 0: it is missing'),
  handedInAtMs: instantMs.nullable().describe('The last time'),
  keyedBy: z.string().nullable().describe('Somebody else who keyed in the paper of this judge'),
  kin: z
    .array(z.int().min(0))
    .describe(
      'The places of households that this judge does not mark: the own one, and those of declared kin',
    ),
  marks: marks
    .nullable()
    .describe('Told to the judge, to whoever keyed them in, and to everybody once all have handed in'),
  mayHandIn: z.boolean().describe('Whether this caller may hand in or correct this sheet'),
});
export type RoundJudge = z.infer<typeof judge>;

const result = z.object({
  totals: z.array(hundredths.nullable()).describe('By judge; null: not marked'),
  mean: hundredths.nullable().describe('To the half point; null: too few judges marked it'),
  least: hundredths.nullable(),
  most: hundredths.nullable(),
  apart: z.int().nullable().describe('The place of the judge whose total stands apart from the other two'),
  points: hundredths.nullable().describe('So much the result is worth; null: nothing'),
  leftOut: z
    .enum(LEFT_OUT)
    .nullable()
    .describe('Why it would get nothing all the same: a cap, a closed account, or the rule has changed'),
});

const errorsOfRule = [
  ...(['rule.not_found', 'rule.disabled', 'rule.points', 'rule.option_missing'] as const),
  ...(['proposal.member_missing', 'proposal.event_missing'] as const),
];

export const operations = {
  'rounds.list': {
    summary: 'Rounds, newest first',
    summaryZh: '评比，最近的在前',
    access: 'round.read',
    query: z.object({
      before: z.coerce.number().int().min(1).optional().describe('Rounds opened before this entry'),
      limit: z.coerce.number().int().min(1).max(50).default(20),
    }),
    response: z.object({
      items: z.array(
        z.object({
          ...summary,
          households: z.int(),
          sheets: z.int().describe('How many of the judges have handed in'),
          waitsForMe: z.boolean().describe('This caller is a judge of it and has not handed in'),
          awards: z
            .int()
            .nullable()
            .describe('How many households it gave points; null while it is not closed'),
        }),
      ),
      next: z.string().nullable(),
    }),
    errors: [],
  },
  'rounds.judges': {
    summary: 'The people who may judge',
    summaryZh: '谁能当评委',
    access: 'round.open',
    response: z.object({ items: z.array(z.object({ id, name: z.string() })) }),
    errors: [],
  },
  'rounds.open': {
    summary: 'Open a round: a check-list, the households, three judges, and what a result is worth',
    summaryZh: '开一轮评比：看哪几项、评哪些户、三位评委、多少分加几分',
    access: 'round.open',
    bodyBytesMax: BODY_BYTES_MAX.batch,
    body: z.object({
      name: required(30),
      day: day.describe('The day of the visits, which is the day of the deeds'),
      ruleId: id.describe('The rule under which results are awarded'),
      items: z.array(item).min(1).max(ROUND_ITEMS_MOST),
      bands: z
        .array(band.extend({ option: optionName.optional().describe('Where the rule names several') }))
        .min(1)
        .max(BANDS_MOST)
        .describe('From the highest down; a result below the last is worth nothing'),
      judgeIds: z.array(id).length(JUDGES_A_ROUND),
      groups: z.array(line(30)).max(100).default([]).describe('All households of these groups'),
      householdIds: z.array(id).max(ROUND_HOUSEHOLDS_MOST).default([]).describe('And these'),
    }),
    response: z.object({ id, number: z.int() }),
    errors: [
      ...(['round.day', 'round.households', 'round.judges', 'round.kin', 'round.bands'] as const),
      ...(['round.not_award', 'household.not_found', 'household.closed', 'staff.not_found'] as const),
      'proposal.administrator',
      ...errorsOfRule,
    ],
  },
  'rounds.get': {
    summary: 'A round: its check-list, households, judges, and the results once all have handed in',
    summaryZh: '一轮评比：看哪几项、评哪些户、哪几位评委；都交了才有结果',
    access: 'round.read',
    params: idParams,
    response: z.object({
      ...summary,
      rule: z.object({ id, name: z.string() }),
      items: z.array(item),
      bands: z.array(band.extend({ option: z.string().nullable() })),
      full: hundredths.describe('The highest total'),
      households: z.array(z.object({ id, number: z.string(), head: z.string(), group: z.string() })),
      judges: z.array(judge),
      results: z
        .array(result)
        .nullable()
        .describe('By household; null while a sheet is missing, and for a round that was withdrawn before'),
      openedBy: z.string(),
      openedAtMs: instantMs,
      closed: z
        .object({
          by: z.string(),
          atMs: instantMs,
          batchId: id.nullable().describe('Of the awards; null: no household got any'),
          awards: z.int(),
          total: hundredths,
          leftOut: z.int(),
          journalNumber: entryNumber.describe('The act by which it stands in the book'),
        })
        .nullable(),
      withdrawn: z.object({ by: z.string(), atMs: instantMs, reason: z.string() }).nullable(),
      mayClose: z.boolean().describe('Whether this caller may close it now'),
      mayWithdraw: z.boolean(),
    }),
    errors: ['round.not_found'],
  },
  'rounds.handIn': {
    summary: 'Hand in the marks of a judge, or correct them before the round is closed',
    summaryZh: '交一位评委的评分表；结束前可以更正',
    access: 'round.mark',
    bodyBytesMax: BODY_BYTES_MAX.batch,
    params: idParams,
    body: z.object({
      judgeId: id.describe('Somebody else than the caller: the paper of that judge is keyed in'),
      marks,
      versionSeen: z.int().min(0).describe('How often the sheet had been handed in, as the caller saw it'),
    }),
    response: z.object({ version: z.int().min(1) }),
    errors: [
      ...(['round.not_found', 'round.state', 'staff.not_found', 'round.not_judge'] as const),
      'round.judge_keys',
      ...(['round.own_sheet', 'round.changed', 'round.marks', 'round.own_household'] as const),
    ],
  },
  'rounds.close': {
    slow: true,
    summary: 'Close a round: its awards are proposed in one commit, and somebody else approves them',
    summaryZh: '结束评比：一次提出全部加分，由别人审核',
    access: 'round.open',
    params: idParams,
    body: z.object({
      leftOut: z
        .int()
        .min(0)
        .max(ROUND_HOUSEHOLDS_MOST)
        .describe(
          'How many households get nothing though their result is worth something, as the caller saw it',
        ),
    }),
    response: z.object({ batchId: id.nullable(), awards: z.int() }),
    errors: [
      ...(['round.not_found', 'round.state', 'round.sheets_missing', 'round.left_out'] as const),
      ...(['proposal.administrator', 'proposal.future_day', 'rule.cap_times', 'rule.cap_points'] as const),
      ...(['household.not_found', 'household.closed'] as const),
      ...errorsOfRule,
    ],
  },
  'rounds.withdraw': {
    summary: 'Withdraw a round that is not closed',
    summaryZh: '撤掉还没结束的评比',
    access: 'round.open',
    params: idParams,
    body: z.object({ reason: required(200) }),
    response: z.object({ id }),
    errors: ['round.not_found', 'round.state'],
  },
} as const satisfies OperationsOf<typeof endpoints>;

export { acts } from './acts.ts';
export { errorWords, tags } from './words.ts';
