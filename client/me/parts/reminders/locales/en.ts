import type { SameKeys } from '../../../../i18n/types.ts';
import type chinese from './zh-CN.ts';

export default {
  reminders: {
    title: 'Reminders',
    lead: 'Nobody sees them but your household and those who deal with them; they are on no notice.',
    one: 'No. {number} · {day}',
    due: 'Please put it right by {day}; nothing is deducted then.',
    standing: {
      to_deliver: 'Please read it',
      waits: 'To be put right until {day}',
      ready: 'Its day is over',
      lapsed: 'Lapsed: nothing is deducted',
      put_right: 'Put right: nothing is deducted',
      withdrawn: 'Withdrawn: nothing is deducted',
      to_tell: 'Points are to be deducted; nothing is yet',
      answering: 'Nothing is deducted yet; you may explain until {day}',
      explained: 'You explained it: nothing is deducted while it is looked at',
      counted: 'Deducted',
    },
    agreed: 'You agreed: it is deducted in a moment',
    points: '{points} points are to be deducted',
    seen: 'I have read it',
    agree: 'I agree',
    explain: 'I do not agree, let me explain',
    how: 'If you neither agree nor explain, it is deducted by itself afterwards.',
    sure: 'It is deducted at once. Do you really agree?',
    yes: 'Yes, I agree',
    no: 'Not yet',
  },
} satisfies SameKeys<typeof chinese>;
