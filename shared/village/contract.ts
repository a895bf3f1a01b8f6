import { z } from 'zod';
import type { OperationsOf } from '../operation.ts';
import { day, done, fen, hundredths, id, instantMs, line, pageId, required } from '../fields.ts';
import type { endpoints } from './endpoints.ts';
import { AMOUNT_MAX } from '../points.ts';
import { month } from '../ledger/passbook.ts';
import { look, lookQuery } from './look.ts';
import { opening, seenHead } from './opening.ts';
import { stillShared } from './people.ts';
import { dashboard, home } from './overview.ts';
import {
  BUDGET_HEADS_MOST,
  ANSWER_DAYS_LEAST,
  ANSWER_DAYS_MOST,
  COPY_DAYS_MOST,
  NOTICE_DAYS_LEAST,
  NOTICE_DAYS_MOST,
  OBJECTION_DAYS_MOST,
} from './settings.ts';
import { NOTED_STEPS } from './setup-steps.ts';
import { newPassword, sessionOpened, username } from '../staff/contract.ts';

export const villageSettings = z.object({
  pointValueFen: z.int().min(1).max(100_000),
  deductionsMayGoBelowZero: z.boolean(),
  belowZeroMostHundredths: z
    .int()
    .min(1)
    .max(AMOUNT_MAX)
    .nullable()
    .describe(
      'Deductions that may go below zero take no household further below it; null: as far as they go',
    ),
  timeZone: z.string().refine((zone) => Intl.supportedValuesOf('timeZone').includes(zone)),
  pinAboveHundredths: z.int().min(0).max(AMOUNT_MAX).nullable(),
  deliveryNeedsSecondAboveFen: z
    .int()
    .min(0)
    .max(AMOUNT_MAX)
    .describe(
      'Fen: what one person alone may take in on a day. Deliveries, lists, papers and counts that find more are summed up, each by the most of its cost, the usual cost and its points in money; above it a second person agrees',
    ),
  withoutNetworkHundredths: z
    .int()
    .min(0)
    .max(AMOUNT_MAX)
    .nullable()
    .describe('The most that a household is handed out on a day without network; null: nothing is'),
  withoutNetworkKioskHundredths: z
    .int()
    .min(0)
    .max(AMOUNT_MAX)
    .describe('The most that a kiosk hands out without network until it has heard of the server again'),
  copyDaysMost: z
    .int()
    .min(1)
    .max(COPY_DAYS_MOST)
    .describe('Nothing is handed out by a copy of the village that is older, in days'),
  vouchedHundredthsAMonth: z.int().min(0).max(AMOUNT_MAX),
  noticeDays: z
    .int()
    .min(NOTICE_DAYS_LEAST)
    .max(NOTICE_DAYS_MOST)
    .nullable()
    .describe('Whole days that an approved award is on notice before its points move; null: none'),
  phonesReport: z.boolean().describe('Households hand in reports from their phones'),
  leadersCheckReports: z
    .boolean()
    .describe('Group leaders do the first check of reports too; otherwise the committee alone does'),
  objectionDays: z
    .int()
    .min(1)
    .max(OBJECTION_DAYS_MOST)
    .describe('Days within which an objection is answered'),
  budgetHundredths: z
    .int()
    .min(100)
    .max(AMOUNT_MAX)
    .nullable()
    .describe('The most points that all awards of a calendar month give together; null: no budget'),
  budgetHeads: z
    .array(z.object({ head: required(30), hundredths: z.int().min(0).max(AMOUNT_MAX) }))
    .max(BUDGET_HEADS_MOST)
    .refine((parts) => new Set(parts.map(({ head }) => head)).size === parts.length)
    .describe('What of it categories of the rule book have for themselves; all others share the rest'),
  answerDays: z
    .int()
    .min(ANSWER_DAYS_LEAST)
    .max(ANSWER_DAYS_MOST)
    .describe('Whole days that a household has to answer a deduction'),
  shopHours: line(100),
  shopPhone: z.string().regex(/^$|^[0-9][0-9 -]{4,19}$/),
  shopPlace: line(40),
});

export const village = z.object({
  id,
  name: z.string(),
  town: z.string(),
  isDemo: z.boolean(),
  settings: villageSettings,
  publicUrl: z
    .string()
    .nullable()
    .describe('Where phones reach this server: as the village chose, else as the server was told'),
});

export const operations = {
  'setup.status': {
    summary: 'Whether the first account has still to be made',
    summaryZh: '第一个账号是否还没有建立',
    access: 'setup.do',
    response: z.object({
      needsSetup: z.boolean(),
      needsCode: z
        .boolean()
        .describe('True when the caller is not on the server itself and must give the code printed at start'),
    }),
    errors: [],
  },
  'setup.create': {
    guessable: true,
    summary: 'Make the village and its first account',
    summaryZh: '建立村庄和第一个账号',
    access: 'setup.do',
    body: z.object({
      code: z.string().max(64).optional(),
      village: z.object({
        name: required(60),
        town: required(60),
        noticeDays: villageSettings.shape.noticeDays.optional(),
      }),
      admin: z.object({ displayName: required(40), username, password: newPassword }),
    }),
    response: sessionOpened,
    idempotent: false,
    errors: ['setup.done', 'setup.code', 'auth.weak_password'],
  },
  'setup.demo': {
    slow: true,
    guessable: true,
    summary: 'Load the demo village instead',
    summaryZh: '改为载入演示村',
    access: 'setup.do',
    body: z.object({ code: z.string().max(64).optional() }),
    response: z.object({
      staff: z.array(z.object({ role: z.string(), username: z.string(), password: z.string() })),
      kioskPairingCode: z.string(),
      volunteer: z.object({ name: z.string(), pin: z.string() }),
      households: z.array(z.object({ number: z.string(), card: z.string(), pin: z.string() })),
    }),
    idempotent: false,
    errors: ['setup.done', 'setup.code'],
  },
  'village.get': {
    summary: 'The own village and its settings',
    summaryZh: '本村和它的设置',
    access: 'village.read',
    response: village,
    errors: [],
  },
  'village.update': {
    summary: 'Change name or settings',
    summaryZh: '修改名称或设置',
    access: 'village.change',
    body: z.object({
      name: required(60).optional(),
      town: required(60).optional(),
      settings: villageSettings.partial().optional(),
    }),
    response: village,
    errors: ['change.needs_second', 'budget.heads_over', 'text.unfit'],
  },
  'village.summary': {
    summary: 'What waits for me and how the village stands',
    summaryZh: '什么在等我办，村里情况如何',
    access: 'village.read',
    response: z.object({
      households: z.int(),
      waitingForMe: z.int().describe('Proposals this caller may decide'),
      returnedToMe: z.int(),
      changesForMe: z.int().describe('Changes that wait for a second person, whom this caller may be'),
      unconfirmedStaff: z.int().describe('Accounts that wait for a second person, once the books are open'),
      lateRows: z.int().describe('Hand-overs without network that nobody has settled'),
      keysToConfirm: z
        .int()
        .describe('New keys of kiosks: what those hand out without network waits for the desk'),
      volunteersToConfirm: z.int().describe('Volunteers who wait for this caller to confirm them'),
      stillShared,
      pointsOwed: hundredths,
      stockCostFen: fen,
      coverRatioPercent: z.int().nullable(),
      awardedThisMonth: hundredths,
      redeemedThisMonth: hundredths,
      entries: z.int(),
      beganAtMs: instantMs.nullable().describe('When the first entry was booked; null where there is none'),
      soldOut: z.int().describe('Goods offered of which nothing is on the shelf'),
      lastVerification: z.object({ ok: z.boolean(), finishedAtMs: instantMs }).nullable(),
      movedAddress: z
        .object({ was: z.string(), now: z.string().nullable() })
        .nullable()
        .describe('The chosen address, if the machine has it no more; `now`: the one it has instead'),
      notices: z
        .object({ deeds: z.int(), toReview: z.int(), toPutUp: z.int() })
        .describe(
          'Approved awards on no notice yet; notices that no supervisor has signed; notices that do not hang',
        ),
      reminders: z
        .int()
        .describe('Reminders to be handed over, to be closed or followed, and deductions to be told of'),
      objections: z
        .object({ forMe: z.int(), atRisk: z.int(), overdue: z.int(), appeals: z.int() })
        .describe(
          'Open objections that this caller may answer; of all open ones those due by tomorrow, and those over their day; appeals that this caller may judge',
        ),
      reports: z.object({ forMe: z.int() }).describe('Reports by phone that this caller may check'),
      workdays: z.object({ open: z.int() }).describe('Events that have come to their day and are not closed'),
      handover: z
        .object({
          ...{ id: pageId, from: z.string(), to: z.string(), dueOn: day },
          ...{ isOverdue: z.boolean(), waitsForMe: z.boolean() },
        })
        .nullable()
        .describe('A hand-over that both sides have not signed yet'),
      rounds: z
        .object({ toMark: z.int(), toClose: z.int() })
        .describe('Rounds that wait for the marks of this caller, and those that this caller may close'),
      recheck: z
        .object({
          missing: month.nullable().describe('The last month, if nothing was drawn of its awards'),
          open: z.int().describe('Awards that were drawn and that nobody looked at'),
          openIn: month.nullable().describe('The newest month with such an award'),
        })
        .nullable()
        .describe('Random re-checks that are to be made; null for a village that drew none in a year'),
      setup: z.object({
        households: z.boolean(),
        rules: z.boolean(),
        goods: z.boolean(),
        balances: z.boolean().describe('Brought in, or said to be none'),
        stock: z.boolean().describe('On the shelf, or said to come later'),
        secondPerson: z.boolean(),
        volunteer: z.boolean(),
        kiosk: z.boolean(),
        print: z
          .boolean()
          .describe('Every household has a printed card and a PIN, or it was said to be done'),
        opening: z.boolean().describe('A second person opened the books'),
        firstRedemption: z.boolean(),
      }),
    }),
    errors: [],
  },
  'village.home': {
    summary: 'What happened today and yesterday, what runs out, the months, and the shop of today',
    summaryZh: '今天和昨天发生了什么，什么快没货，各月的数，超市今天怎样',
    access: 'village.read',
    response: home,
    errors: [],
  },
  'village.look': {
    summary:
      'What a supervisor should look at: many approved at once, large awards, reversals, undos, losses, shares',
    summaryZh: '请监督员看一看的：成批同意、大额加分、更正、当场撤销、盘亏、谁报的分多',
    access: 'village.look',
    query: lookQuery,
    response: look,
    errors: [],
  },
  'village.opening': {
    summary: 'What was made so far, for the second person who opens the books',
    summaryZh: '到现在为止建了些什么，供第二个人确认开账',
    access: 'village.read',
    response: opening,
    errors: [],
  },
  'village.open': {
    summary: 'Confirm everything that was made and open the books: from now on goods can be redeemed',
    summaryZh: '确认已建的一切并开账：从此可以兑换',
    access: 'village.open',
    body: z.object({ head: seenHead.describe('As the caller saw it') }),
    response: opening,
    errors: ['village.opened', 'village.opening_people', 'village.opening_changed'],
  },
  'village.noteStep': {
    summary: 'Note that a step of setting up is done or not needed; noting it again changes nothing',
    summaryZh: '记下开办的某一步已办好或不需要；再记一次不变',
    access: 'village.change',
    body: z.object({ step: z.enum(NOTED_STEPS) }),
    response: done,
    errors: [],
  },
  'village.dashboard': {
    summary: 'Points given and redeemed by month and head, what is owed against stock, what is on the shelf',
    summaryZh: '逐月、逐类给了和换了多少分，欠的分和库存，架上有什么',
    access: 'village.read',
    query: z.object({ months: z.coerce.number().int().min(1).max(36).default(12) }),
    response: dashboard,
    errors: [],
  },
} as const satisfies OperationsOf<typeof endpoints>;

export { acts } from './acts.ts';
export { guarded } from './guarded.ts';
export { errorWords, tags } from './words.ts';
