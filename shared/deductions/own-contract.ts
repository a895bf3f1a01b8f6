import { z } from 'zod';
import type { OperationsOf } from '../operation.ts';
import { day, entryNumber, hundredths, id, idParams, pageId } from '../fields.ts';
import type { endpoints } from './endpoints.ts';
import { OWN_STANDINGS } from './states.ts';

/** The latest ones of a household are told to its phone. */
export const OWN_MOST = 20;

const ownReminder = z.object({
  id: pageId,
  number: z.int(),
  title: z.string().describe('The rule'),
  words: z.string(),
  seenOn: day,
  dueOn: day,
  standing: z.enum(OWN_STANDINGS),
  maySee: z.boolean().describe('The household may say that it has read it'),
  deduction: z
    .object({
      proposalId: id,
      points: hundredths,
      answerUntil: day.nullable(),
      mayAnswer: z.boolean().describe('It may agree, or explain itself by an objection'),
      hasAgreed: z.boolean(),
      entry: entryNumber.nullable(),
    })
    .nullable()
    .describe('Null while none is approved'),
});
export type OwnReminder = z.infer<typeof ownReminder>;

const ref = z.object({ id: pageId });

export const ownOperations = {
  'deductions.own': {
    summary: 'The household’s own reminders, and the deductions that follow them',
    summaryZh: '自家收到的提醒和后面的扣分',
    access: 'reminder.own',
    response: z.object({ items: z.array(ownReminder).describe('The latest, newest first') }),
    errors: ['me.helper'],
  },
  'deductions.seen': {
    summary: 'Say that the household has read the reminder, or that a deduction is approved',
    summaryZh: '农户在手机上看过提醒或扣分告知',
    access: 'reminder.own',
    params: idParams,
    body: z.object({}),
    response: ref,
    errors: ['reminder.not_found', 'reminder.state', 'reminder.day_over', 'me.helper'],
  },
  'deductions.agree': {
    summary: 'Agree to an approved deduction: it counts without waiting for its days',
    summaryZh: '农户认可扣分，不用等到期',
    access: 'reminder.own',
    params: idParams,
    body: z.object({}),
    response: ref,
    errors: ['reminder.not_found', 'deduction.too_late', 'me.helper'],
  },
} as const satisfies Partial<OperationsOf<typeof endpoints>>;
