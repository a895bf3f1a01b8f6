import { z } from 'zod';
import {
  cardCode,
  day,
  entryNumber,
  hundredths,
  id,
  idParams,
  instantMs,
  limit,
  line,
  pageId,
  pageOf,
  required,
} from '../fields.ts';
import { BODY_BYTES_MAX, type OperationsOf } from '../operation.ts';
import { PROPOSAL_STATES } from '../proposals/states.ts';
import type { endpoints } from './endpoints.ts';
import { clock, ownOperations } from './own-contract.ts';
import {
  ATTENDANCES_MOST,
  LIST_LINES_MOST,
  MEMBER_CHARACTERS,
  SIGN_IN_WAYS,
  WORKDAY_PLACE_CHARACTERS,
  WORKDAY_REASON_CHARACTERS,
  WORKDAY_STATES,
  WORKDAY_TITLE_CHARACTERS,
  WORTH_KINDS,
} from './states.ts';

const workday = z.object({
  id: pageId,
  title: z.string(),
  day,
  from: clock,
  until: clock,
  place: z.string(),
  rule: z.object({ id, code: z.string(), title: z.string() }),
  most: z.int().nullable().describe('So many people may come; null: any number'),
  state: z.enum(WORKDAY_STATES),
  came: z.int().describe('How many people signed in, without those left out'),
  late: z.int().describe('How many of them were entered late'),
});
export type Workday = z.infer<typeof workday>;

const minutes = z.int().min(0).max(1440).multipleOf(30);
const sentence = z.object({ zh: z.string(), en: z.string() });

const attendance = z.object({
  id: pageId,
  household: z.object({ id, number: z.string(), head: z.string(), group: z.string() }),
  member: z.string().describe('Empty: one person of the household'),
  way: z.enum(SIGN_IN_WAYS),
  inAtMs: instantMs.nullable(),
  outAtMs: instantMs.nullable(),
  minutes: z.int().nullable().describe('What counts; null: not signed out yet'),
  hoursReason: z.string(),
  isLate: z.boolean().describe('It was entered late, by two people'),
  lateReason: z.string(),
  isLeftOut: z.boolean(),
  leftOutReason: z.string(),
  inBy: z.string(),
  hoursBy: z.string().nullable(),
  agreedBy: z.string().nullable().describe('The second person of a late sign-in or of raised hours'),
  points: hundredths.nullable().describe('Of the award as it would be proposed, or as it is'),
  refusal: sentence.nullable().describe('Why the award would be refused now; null: it would be taken'),
  deed: z
    .object({ id, state: z.enum(PROPOSAL_STATES), entry: entryNumber.nullable() })
    .nullable()
    .describe('The award; null: not proposed'),
});
export type Attendance = z.infer<typeof attendance>;

const workdayView = workday.extend({
  reason: z.string().describe('Why it was cancelled'),
  announcedBy: z.string(),
  closedBy: z.string().nullable(),
  closedAtMs: instantMs.nullable(),
  worth: z.enum(WORTH_KINDS).nullable().describe('Null: its rule cannot be used for events any more'),
  points: hundredths.nullable().describe('Of an hour, or for coming'),
  asksMember: z.boolean().describe('Its rule counts by member, so that each sign-in names one'),
  step: z.int().describe('Minutes in which hours count: 30 or 60'),
  longest: z.int().describe('The minutes of somebody who is there from beginning to end'),
  signIn: z
    .enum(['early', 'open', 'late', 'over'])
    .describe('Not yet; now; only late, by two people; never, because it was cancelled'),
  toPropose: z.int().describe('How many awards closing it would propose'),
  wrong: z.int().describe('How many of them would be refused: nothing is proposed before they are left out'),
  attendances: z.array(attendance).max(ATTENDANCES_MOST),
  village: z.object({ name: z.string(), town: z.string() }),
});
export type WorkdayView = z.infer<typeof workdayView>;

const ref = z.object({ id: pageId });
const reason = required(WORKDAY_REASON_CHARACTERS);
const member = line(MEMBER_CHARACTERS).default('').describe('Empty: one person of the household');
const signed = z.object({
  household: z.object({ id, number: z.string(), head: z.string() }),
  attendanceIds: z.array(pageId),
  minutes: z.int().nullable().describe('What counts for the first of them; null: not signed out'),
});

const WHO = ['card.unknown', 'card.revoked', 'household.not_found', 'household.closed'] as const;
const NEW = ['workday.twice', 'workday.full', 'workday.member_missing', 'workday.hours'] as const;

const who = {
  card: cardCode.optional().describe('The code of a card that was scanned'),
  number: line(40).optional().describe('The household’s number as it was typed'),
  householdId: id.optional().describe('A household that was chosen from a list'),
};
const isOne = (body: { card?: unknown; number?: unknown; householdId?: unknown }) =>
  [body.card, body.number, body.householdId].filter((one) => one !== undefined).length === 1;

export const operations = {
  ...ownOperations,
  'workdays.list': {
    summary: 'Work days and other events, the latest announced first',
    summaryZh: '义务劳动和活动，后发布的在前',
    access: 'village.read',
    query: z.object({ before: pageId.optional(), limit: limit.default(30) }),
    response: pageOf(workday).extend({ next: pageId.nullable() }),
    errors: [],
  },
  'workdays.get': {
    summary: 'One event with everybody who signed in, and what closing it would propose',
    summaryZh: '一次活动、签到的人，结束时会报的加分',
    access: 'village.read',
    params: idParams,
    response: workdayView,
    errors: ['workday.not_found'],
  },
  'workdays.announce': {
    summary: 'Announce an event: day, hours, place, the rule it is awarded under',
    summaryZh: '发布义务劳动或活动：哪天、几点、在哪、按哪条细则加分',
    access: 'workday.lead',
    body: z.object({
      title: required(WORKDAY_TITLE_CHARACTERS),
      day,
      from: clock,
      until: clock,
      place: required(WORKDAY_PLACE_CHARACTERS),
      ruleId: id,
      most: z.int().min(1).max(ATTENDANCES_MOST).nullable().default(null),
    }),
    response: ref,
    errors: ['workday.day', 'workday.rule', 'rule.not_found', 'text.unfit'],
  },
  'workdays.cancel': {
    summary: 'Cancel an event that is announced, with the reason; nothing is awarded',
    summaryZh: '取消活动，写明原因；不加分',
    access: 'workday.lead',
    params: idParams,
    body: z.object({ reason }),
    response: ref,
    errors: ['workday.not_found', 'workday.state'],
  },
  'workdays.signIn': {
    summary: 'Sign somebody in on the day, from an hour before until the event is closed',
    summaryZh: '签到：当天，开始前一小时起，到活动结束为止',
    access: 'workday.keep',
    params: idParams,
    body: z.object({ ...who, member }).refine(isOne, { path: ['card'] }),
    response: signed,
    errors: ['workday.not_found', 'workday.state', 'workday.too_early', 'workday.too_late', ...WHO, ...NEW],
  },
  'workdays.signOut': {
    summary: 'Sign out whoever of a household signed in, or these people; the hours are computed from it',
    summaryZh: '签退，时长按签到和签退算',
    access: 'workday.keep',
    params: idParams,
    body: z
      .object({
        card: who.card,
        number: who.number,
        attendanceIds: z.array(pageId).min(1).max(ATTENDANCES_MOST).optional(),
      })
      .refine(({ attendanceIds, ...body }) => isOne({ ...body, householdId: attendanceIds }), {
        path: ['card'],
      }),
    response: z.object({ items: z.array(signed) }),
    bodyBytesMax: BODY_BYTES_MAX.batch,
    errors: ['workday.not_found', 'workday.state', 'attendance.not_found', ...WHO],
  },
  'workdays.enterList': {
    summary: 'Key in a paper sign-in list on the day: households ticked, hours typed; all or none',
    summaryZh: '当天录入纸质签到表：勾农户、填时长；要么全部，要么都不',
    access: 'workday.keep',
    params: idParams,
    body: z.object({
      items: z
        .array(z.object({ householdId: id, member, minutes: minutes.nullable() }))
        .min(1)
        .max(LIST_LINES_MOST),
    }),
    response: z.object({ ids: z.array(pageId) }),
    errors: ['workday.not_found', 'workday.state', 'workday.too_early', 'workday.too_late', ...WHO, ...NEW],
  },
  'workdays.signLate': {
    summary:
      'Enter somebody late: after the day or after closing. A second person agrees, and it stays marked',
    summaryZh: '补录签到：过了当天或者已结束。要第二个人同意，一直注明补录',
    access: 'workday.lead',
    params: idParams,
    body: z
      .object({ ...who, member, minutes: minutes.nullable(), reason })
      .refine(isOne, { path: ['number'] }),
    response: ref,
    errors: [
      ...(['workday.not_found', 'workday.state', 'workday.not_late', 'change.needs_second'] as const),
      ...WHO,
      ...NEW,
    ],
  },
  'workdays.setHours': {
    summary: 'Lower somebody’s hours with a reason; raising them needs a second person',
    summaryZh: '改少时长，写明原因；改多要第二个人同意',
    access: 'workday.keep',
    params: idParams,
    body: z.object({ attendanceId: pageId, minutes, reason }),
    response: ref,
    errors: [
      ...(['workday.not_found', 'workday.state', 'attendance.not_found'] as const),
      ...(['workday.proposed', 'workday.hours', 'change.needs_second'] as const),
    ],
  },
  'workdays.leaveOut': {
    summary: 'Leave somebody out of the awards with a reason, or put them back',
    summaryZh: '不把某人算进加分，写明原因；或者算回来',
    access: 'workday.keep',
    params: idParams,
    body: z.object({ attendanceId: pageId, isLeftOut: z.boolean(), reason }),
    response: ref,
    errors: [
      ...(['workday.not_found', 'workday.state', 'attendance.not_found'] as const),
      ...(['workday.proposed', 'workday.full'] as const),
    ],
  },
  'workdays.close': {
    slow: true,
    summary: 'Close an event and propose the awards of all in one batch; again for those entered late',
    summaryZh: '结束活动，把大家的加分合成一批报上去；补录的以后再报',
    access: 'workday.lead',
    params: idParams,
    body: z.object({
      count: z.int().min(0).describe('`toPropose` as the caller saw it: what came meanwhile is not missed'),
    }),
    response: z.object({ id: pageId, batchId: id.nullable(), count: z.int() }),
    errors: [
      ...(['workday.not_found', 'workday.state', 'workday.moved_on', 'workday.not_whole'] as const),
      ...(['workday.too_early', 'workday.rule', 'proposal.administrator'] as const),
    ],
  },
} as const satisfies OperationsOf<typeof endpoints>;

export { acts } from './acts.ts';
export { endpoints } from './endpoints.ts';
export { errors } from './errors.ts';
export { guarded } from './guarded.ts';
export { permissions } from './permissions.ts';
export { errorWords, tags } from './words.ts';
