import type { SameKeys } from '../../../i18n/types.ts';
import type menu from '../menu/locales/zh-CN.ts';
import type pages from './zh-CN.ts';

export default {
  agreement: {
    lead: 'Prices, missing stock, large deliveries, households’ heads, looser settings, late sign-ins, longer hours of work days, restores, what was handed out without network: nobody changes these alone. One hands it in, an approver who is another person agrees, and then it is made.',
    none: 'Nothing waits',
    noneHint: 'Where a second person is needed, you are asked when you save.',
    waiting: 'Waiting for a second person',
    moreWaiting: 'Show more that wait',
    past: 'Dealt with',
    nonePast: 'None yet',
    by: 'Asked by {who}, {when}',
    reason: 'Because: {reason}',
    refusedBecause: 'Refused because: {reason}',
    agree: 'Agree and make it',
    agreePermit: 'Agree, and let {who} do it',
    refuse: 'Refuse',
    withdraw: 'Withdraw',
    ask: {
      agree: 'Agree to “{what}”?',
      refuse: 'Refuse “{what}”?',
      withdraw: 'Withdraw “{what}”?',
    },
    effect: {
      agree: 'It is made at once. The book of acts names who handed it in, and you.',
      agreePermit: 'It may be done once within a day. The book of acts names who handed it in, and you.',
      agreeRestore:
        'It may be restored once within a day. Points given and goods exchanged since that backup will be gone then. The book of acts names who handed it in, and you.',
      refuse: 'Nothing is changed. Whoever handed it in sees your reason.',
      withdraw: 'Nothing is changed.',
    },
    note: 'Reason',
    noteNeeded: 'Please give a reason',
    done: {
      agree: 'Agreed and made',
      agreePermit: 'Agreed; it may be done now',
      refuse: 'Refused; nothing was changed',
      withdraw: 'Withdrawn',
    },
    state: { waiting: 'Waiting', agreed: 'Agreed', refused: 'Refused', withdrawn: 'Withdrawn' },
    decidedBy: '{who}, {when}',
    permitOpen: 'Agreed; do it once on the page Backups, by {until}',
    permitUsed: 'Done {when}',
    permitOver: 'Not done in time; hand it in anew',
    whyNot: {
      own_entry: 'You handed it in: another person decides.',
      own_household: 'It is about your own household or kin: another person decides.',
      administrator: 'An administrator does not agree to this; an approver does.',
      unconfirmed: 'Nobody has confirmed your account yet, so you cannot agree.',
      before_confirmed: 'It was handed in before your account was confirmed: another approver decides.',
      role: 'An approver decides.',
    },
    handIn: {
      title: 'Needs a second person',
      lead: 'Nobody does “{what}” alone; nothing was changed yet. Hand it in: it is made when an approver who is another person agrees.',
      leadPermit:
        'Nobody does “{what}” alone; nothing was done yet. Once an approver has agreed, come back to Backups within a day and restore it.',
      reason: 'Why',
      reasonHint: 'For the approver; may be left empty.',
      confirm: 'Hand it in',
      done: 'Handed in; an approver decides',
    },
    menu: 'Two people',
    home: 'change waits for your agreement | changes wait for your agreement',
  },
} satisfies SameKeys<typeof menu & typeof pages>;
