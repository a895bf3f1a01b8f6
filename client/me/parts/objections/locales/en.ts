import type { SameKeys } from '../../../../i18n/types.ts';
import type chinese from './zh-CN.ts';

export default {
  objecting: {
    title: 'Objections and suggestions',
    lead: 'Whoever it is about is not told who objects. The answer comes by its day; not content, you may ask a supervisor to look at it.',
    about: 'Objection to “{title}”',
    kind: { objection: 'Objection', suggestion: 'Suggestion', complaint: 'Complaint' },
    words: 'What do you want to say? (up to {most} characters)',
    send: 'Hand it in',
    done: 'Received: your number is {number}. The answer comes by {day}.',
    fresh: 'Suggest or complain',
    none: 'You have handed in nothing yet. To object to a line, tap “Object” beside it in the passbook.',
    one: 'No. {number} · {kind}',
    waits: 'Waits for an answer, by {day}',
    overdue: 'Overdue: it was due on {day}. Remind the committee or the supervisor.',
    appealed: 'A supervisor looks at it',
    settled: 'A supervisor looked at it: the answer stands',
    withdrawn: 'You withdrew it',
    confirmed: 'The township looked at it: the answer stands',
    overruled: 'The township looked at it and found otherwise',
    outcome: { upheld: 'Upheld', partly: 'Partly upheld', rejected: 'Not upheld', withdrawn: 'Withdrawn' },
    reason: 'Reason: {reason}',
    withdraw: 'Withdraw it',
    appeal: 'Ask a supervisor to look at it',
    appealUntil: 'You may ask a supervisor until {day}.',
    appealWords: 'Why do you not agree?',
    close: 'Done, back',
  },
} satisfies SameKeys<typeof chinese>;
