import type { SameKeys } from '../../../../i18n/types.ts';
import type chinese from './zh-CN.ts';

export default {
  workday: {
    title: 'Work days and events',
    when: '{weekday} {day}, {from}–{until}',
    hour: '{points} an hour',
    fixed: '{points} for coming',
    most: 'at most {n}',
    how: 'Bring your card: sign in from an hour before, and sign out when you leave.',
    own: 'Where your household came ({n})',
    hours: '{n} h',
    notOut: 'not signed out',
    late: 'entered late',
    leftOut: 'left out',
    reason: 'Why: {reason}',
  },
} satisfies SameKeys<typeof chinese>;
