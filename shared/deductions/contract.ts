import { z } from 'zod';
import type { OperationsOf } from '../operation.ts';
import { day, entryNumber, hundredths, id, idParams, limit, pageId, pageOf, required } from '../fields.ts';
import { PROPOSAL_STATES } from '../proposals/states.ts';
import type { endpoints } from './endpoints.ts';
import { LIST_FILTERS } from './list-filters.ts';
import { ownOperations } from './own-contract.ts';
import {
  DELIVERY_WAYS,
  NOTED_WAYS,
  REMINDER_CHARACTERS,
  REMINDER_ENDS,
  REMINDER_STANDINGS,
} from './states.ts';

const deduction = z.object({
  proposalId: id,
  state: z.enum(PROPOSAL_STATES),
  points: hundredths.describe('As it was proposed: what was really taken stands in its entry'),
  toldWay: z.enum(DELIVERY_WAYS).nullable().describe('Null: the household was not told that it is approved'),
  answerUntil: day.nullable(),
  hasAgreed: z.boolean(),
  entry: entryNumber.nullable(),
});

const reminder = z.object({
  id: pageId,
  number: z.int().describe('The number of its slip; the first of a village is 1'),
  household: z.object({ id, number: z.string(), head: z.string(), group: z.string() }),
  rule: z.object({ id, code: z.string(), title: z.string() }),
  words: z.string().describe('Empty: erased'),
  seenOn: day,
  dueOn: day.describe('It should be put right until this day is over'),
  madeBy: z.string(),
  madeOn: day,
  deliveredOn: day.nullable(),
  deliveredWay: z.enum(DELIVERY_WAYS).nullable(),
  lapsesAfter: day.describe('The last day on which a deduction may be proposed after it'),
  standing: z.enum(REMINDER_STANDINGS),
  deduction: deduction.nullable().describe('The one that follows it'),
});
export type Reminder = z.infer<typeof reminder>;

const reminderView = reminder.extend({
  village: z.object({ name: z.string(), town: z.string() }),
  answerDays: z.int().describe('Whole days that a household has to answer'),
  isOwn: z.boolean().describe('It is about this caller’s own household or kin: others deal with it'),
});
export type ReminderView = z.infer<typeof reminderView>;

const ref = z.object({ id: pageId });
const KEEPING = ['reminder.not_found', 'reminder.state', 'proposal.own_household'] as const;

export const operations = {
  ...ownOperations,
  'deductions.reminders': {
    summary: 'Reminders and the deductions that follow them, newest first',
    summaryZh: '提醒和后面的扣分，最新的在前',
    access: 'reminder.read',
    query: z.object({
      filter: z.enum(LIST_FILTERS).default('open'),
      householdId: id.optional(),
      before: pageId.optional(),
      limit: limit.default(30),
    }),
    response: pageOf(reminder).extend({ next: pageId.nullable() }),
    errors: [],
  },
  'deductions.reminder': {
    summary: 'One reminder, and what follows it',
    summaryZh: '一张提醒和后面的扣分',
    access: 'reminder.read',
    params: idParams,
    response: reminderView,
    errors: ['reminder.not_found'],
  },
  'deductions.remind': {
    summary: 'Remind a household before anything is deducted',
    summaryZh: '扣分以前先提醒农户',
    access: 'reminder.keep',
    body: z.object({
      householdId: id,
      ruleId: id,
      words: required(REMINDER_CHARACTERS).describe('What was seen, and what should be put right'),
      seenOn: day.optional().describe('Today when left out'),
      dueOn: day.describe('It should be put right until this day is over'),
    }),
    response: z.object({ id: pageId, number: z.int() }),
    errors: [
      ...(['household.not_found', 'household.closed', 'rule.not_found', 'rule.disabled'] as const),
      ...(['reminder.no_deduction', 'reminder.due_day', 'reminder.stands'] as const),
      ...(['proposal.future_day', 'proposal.own_household', 'proposal.administrator'] as const),
    ],
  },
  'deductions.deliver': {
    summary: 'Note that the household has the reminder',
    summaryZh: '记下提醒已经送到',
    access: 'reminder.keep',
    params: idParams,
    body: z.object({ way: z.enum(NOTED_WAYS) }),
    response: ref,
    errors: [...KEEPING, 'reminder.day_over'],
  },
  'deductions.close': {
    summary: 'Close a reminder: it was put right, or it is withdrawn',
    summaryZh: '了结提醒：改好了，或者撤回',
    access: 'reminder.keep',
    params: idParams,
    body: z.object({ end: z.enum(REMINDER_ENDS) }),
    response: ref,
    errors: KEEPING,
  },
  'deductions.tell': {
    summary: 'Note that the household was told of the approved deduction: its days to answer begin',
    summaryZh: '记下已经把批准的扣分告知农户，从第二天起算答复的日子',
    access: 'reminder.keep',
    params: idParams,
    body: z.object({ way: z.enum(NOTED_WAYS) }),
    response: z.object({ id: pageId, answerUntil: day }),
    errors: KEEPING,
  },
} as const satisfies OperationsOf<typeof endpoints>;

export { acts } from './acts.ts';
export { errorWords, tags } from './words.ts';
export { endpoints } from './endpoints.ts';
export { errors } from './errors.ts';
export { permissions } from './permissions.ts';
