import { z } from 'zod';
import type { OperationsOf } from '../operation.ts';
import {
  day,
  id,
  hundredths,
  pageOf,
  instantMs,
  line,
  required,
  pin,
  cardCode,
  idParams,
  done,
} from '../fields.ts';
import type { endpoints } from './endpoints.ts';
import { publicGoods, things } from '../goods/contract.ts';
import { PHONE_REPORTS, REPORT_KINDS } from '../reports/states.ts';
import { rule } from '../rules/contract.ts';
import { entryKind } from '../ledger/entry-kinds.ts';
import { publicHead } from '../ledger/public-head.ts';
import { month, passbookLine, passbookMonths, passbookQuery } from '../ledger/passbook.ts';
import { phone } from './phones.ts';

/** The item that a household saves for. */
export const goal = z.object({
  goodsId: id,
  category: z.string(),
  name: z.string(),
  unit: z.string(),
  price: hundredths,
  pictureId: id.nullable(),
  drawing: z.string(),
  state: z.enum(['there', 'sold_out', 'withdrawn']).describe('Withdrawn: the shop no longer has it'),
});
export type Goal = z.infer<typeof goal>;

/** A line of the passbook with the drawing of its deed or its goods. */
const ownLine = passbookLine.extend({ drawing: z.string() });
export type OwnLine = z.infer<typeof ownLine>;

/** The points that a deed is worth under a rule. */
const worth = rule.pick({
  ...{ pointsMode: true, points: true, pointsMin: true, pointsMax: true, perUnit: true },
  options: true,
});
export type Worth = z.infer<typeof worth>;

/** A rule as a household reads it. */
const ownRule = rule
  .pick({
    ...{ id: true, category: true, title: true },
    ...{ pointsMode: true, points: true, pointsMin: true, pointsMax: true, perUnit: true, options: true },
    ...{ limitText: true, caps: true, isFitForOld: true },
  })
  .extend({
    drawing: z.string().describe('The name of its drawing'),
    reportedAs: z.array(z.enum(REPORT_KINDS)).describe('How a household may report it by phone'),
  });
export type OwnRule = z.infer<typeof ownRule>;

/** The first view tells so many changes of each kind, and how many more there are. */
export const CHANGES_TOLD_MOST = 6;

const ruleChange = z.object({
  ruleId: id,
  title: z.string(),
  on: day.describe('From this day on it counts'),
  before: worth.nullable().describe('Null: the rule is new'),
  after: worth.nullable().describe('Null: the rule counts no more'),
});

const changes = z.object({
  prices: z
    .array(z.object({ goodsId: id, name: z.string(), from: day, before: hundredths, after: hundredths }))
    .describe('To come first, then those of the last days'),
  morePrices: z.int(),
  rules: z.array(ruleChange).describe('Of the last days, the latest first'),
  moreRules: z.int(),
});

/** How far a deed has come: told to somebody who decides, approved, on a notice that hangs. */
export const COMING_STEPS = ['proposed', 'approved', 'on_notice'] as const;

const comingDeed = z.object({
  proposalId: id,
  title: z.string(),
  day,
  points: hundredths,
  step: z.enum(COMING_STEPS),
  notice: z.int().nullable().describe('The number of the notice that tells of it'),
  postsOn: day
    .nullable()
    .describe(
      'The points come when this day begins, at the earliest if it waits for a budget; null: not known yet',
    ),
  isContested: z.boolean().describe('Somebody objects: the points wait for the answer'),
  waitsForBudget: z
    .boolean()
    .describe('Its notice is over, and this month’s points budget has no points for it'),
});
export type ComingDeed = z.infer<typeof comingDeed>;

export const meView = z.object({
  village: z.object({ id, name: z.string() }),
  household: z.object({ number: z.string(), head: z.string(), group: z.string() }),
  balance: hundredths,
  held: hundredths,
  things,
  hasNotices: z.boolean().describe('Whether awards hang on a notice before their points move'),
  reports: z
    .enum(PHONE_REPORTS)
    .nullable()
    .describe('Whether this phone hands in reports, or shows past ones only; null: neither'),
  coming: z.array(comingDeed).describe('Good deeds whose points are still to come, the newest first'),
  reminders: z.int().describe('Reminders and deductions that are open, for the household itself'),
  hasWorkdays: z.boolean().describe('An event is announced, or the household came to one'),
  months: passbookMonths.describe('Newest first'),
  lines: z.array(ownLine).describe('Of the newest month'),
  next: z.string().nullable(),
  goal: goal.nullable(),
  changes: changes.describe('What is new in prices and rules'),
  book: publicHead.nullable().describe('The last entry of the village’s book; null while it is empty'),
  restoredAtMs: instantMs.nullable().describe('When the book was last restored from a backup'),
  helper: z
    .object({ name: z.string(), untilMs: instantMs })
    .nullable()
    .describe('Set on the phone of somebody who helps with this card'),
});

/** The name of the helper whom this household allows to read on a phone of their own. */
const helper = required(20).optional();

export const operations = {
  'me.login': {
    guessable: true,
    summary: 'Open a household’s account by card or number, and PIN',
    summaryZh: '用卡片或户号加密码打开自家账户',
    access: 'me.open',
    body: z.union([
      z.strictObject({ card: cardCode, pin, helper }),
      z.strictObject({ villageId: id, number: z.string().trim().min(1).max(20), pin, helper }),
    ]),
    response: z.object({ token: z.string(), view: meView }),
    idempotent: false,
    errors: ['auth.wrong', 'auth.locked', 'card.revoked', 'me.no_pin'],
  },
  'me.logout': {
    summary: 'Forget this phone',
    summaryZh: '忘记这部手机',
    access: 'me.read',
    body: z.object({}),
    response: done,
    idempotent: false,
    errors: [],
  },
  'me.view': {
    summary: 'Balance and the latest lines',
    summaryZh: '余额和最近几笔',
    cache: 'private',
    access: 'me.read',
    response: meView,
    errors: [],
  },
  'me.passbook': {
    summary: 'Lines, newest first: all, of one month, of one kind, or with a word in them',
    summaryZh: '更早的几笔',
    access: 'me.read',
    query: passbookQuery.extend({
      month: month.optional(),
      kind: entryKind.optional(),
      q: line(40).optional().describe('In the title or the note of a line'),
    }),
    response: pageOf(ownLine).describe('A search may answer few lines and still have a next page'),
    errors: [],
  },
  'me.months': {
    summary: 'What came and went month by month, newest first',
    summaryZh: '逐月的进出，最新的在前',
    access: 'me.read',
    query: z.object({ before: month.optional() }),
    response: passbookMonths,
    errors: [],
  },
  'me.goods': {
    summary: 'What the shop has, and what the balance reaches for',
    summaryZh: '商店有什么，余额换得起什么',
    cache: 'private',
    access: 'me.read',
    response: z.object({ items: z.array(publicGoods.extend({ affordable: z.boolean() })) }),
    errors: [],
  },
  'me.rules': {
    summary: 'What earns points and what costs them: the rules that count now',
    summaryZh: '做什么能加分、做什么要扣分：现行细则',
    cache: 'private',
    access: 'me.read',
    response: z.object({
      items: z.array(ownRule),
      announced: z.array(ruleChange).describe('Changes that count from a later day, the nearest first'),
    }),
    errors: [],
  },
  'me.setGoal': {
    untraced: 'A wish of the household’s own: nothing follows from it, and only the household sees it.',
    summary: 'Choose what to save for, or nothing',
    summaryZh: '选一样攒分的目标，或不选',
    access: 'me.read',
    body: z.object({ goodsId: id.nullable() }),
    response: z.object({ goal: goal.nullable() }),
    errors: ['goods.not_found', 'goods.disabled', 'me.helper'],
  },
  'me.changePin': {
    guessable: true,
    summary: 'Change the household’s own PIN; its other phones have to log in again',
    summaryZh: '改自家的密码；别的手机要重新登录',
    access: 'me.read',
    body: z.object({ pin: pin.describe('The PIN it has now'), next: pin }),
    response: done,
    idempotent: false,
    errors: ['auth.wrong', 'auth.locked', 'me.weak_pin', 'me.same_pin', 'me.helper'],
  },
  'me.phones': {
    summary: 'Phones that can see this passbook, the household’s own and helpers’',
    summaryZh: '看得到这本存折的手机，自家的和帮忙的',
    access: 'me.read',
    response: z.object({
      items: z.array(phone.extend({ isThis: z.boolean().describe('The phone that asks') })),
    }),
    errors: ['me.helper'],
  },
  'me.endPhone': {
    summary: 'End the log-in of one of these phones',
    summaryZh: '结束其中一部手机的登录',
    access: 'me.read',
    params: idParams,
    body: z.object({}),
    response: done,
    errors: ['phone.not_found', 'me.helper'],
  },
} as const satisfies OperationsOf<typeof endpoints>;

export { errorWords, tags } from './words.ts';
