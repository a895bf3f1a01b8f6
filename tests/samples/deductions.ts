import { addDays } from '../../shared/business-day.ts';
import type { endpoints } from '../../shared/deductions/endpoints.ts';
import { type SamplesOf, today } from '../support/sample-parts.ts';

export const samples: SamplesOf<typeof endpoints> = {
  'deductions.reminders': () => ({ query: { filter: 'all', limit: 10 } }),
  'deductions.reminder': ({ reminders }) => ({ params: { id: reminders.toDeliver } }),
  'deductions.remind': ({ quietId, reminders }, fresh) => ({
    body: {
      ...{ householdId: quietId, ruleId: reminders.ruleId, words: `门口堆了砖 ${fresh}` },
      dueOn: addDays(today(), 5),
    },
  }),
  'deductions.deliver': ({ reminders }) => ({ params: { id: reminders.toDeliver }, body: { way: 'paper' } }),
  'deductions.close': ({ reminders }) => ({ params: { id: reminders.toClose }, body: { end: 'put_right' } }),
  'deductions.tell': ({ reminders }) => ({ params: { id: reminders.toTell }, body: { way: 'spoken' } }),
  'deductions.own': () => ({}),
  'deductions.seen': ({ reminders }) => ({ params: { id: reminders.toSee }, body: {} }),
  'deductions.agree': ({ reminders }) => ({ params: { id: reminders.toAgree }, body: {} }),
};
