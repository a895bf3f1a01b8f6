import type { SameKeys } from '../../../i18n/types.ts';
import type menu from '../menu/locales/zh-CN.ts';
import type pages from './zh-CN.ts';

export default {
  signatures: {
    lead: 'The supervisor looks over the list once a week and signs. What was signed, and up to which entry, is frozen and can be changed by nobody.',
    sign: 'Sign',
    remark: 'Remark',
    remarkHint:
      'Only if there is something to say. It cannot be changed later; keep other people’s private matters out.',
    done: 'Signed',
    notSupervisor: 'Only a supervisor signs. You can read here what was signed.',
    unconfirmed:
      'Nobody else has confirmed your account yet, so you cannot sign. An approver confirms it under Staff.',
    opening: {
      title: 'No supervisor has signed the opening of the books',
      due: '{who} opened the books on {day}. Please check and sign by {due}. Until then the board says “Not yet signed by a supervisor”.',
      overdue:
        '{who} opened the books on {day}. They should have been signed by {due}. The board says “Not yet signed by a supervisor”.',
      made: 'As it was when the books were opened',
      people: 'Staff at that time',
      check: 'Compare it with the books on paper, and sign if they agree.',
      sign: 'It agrees: sign',
    },
    week: {
      title: 'Please have a look',
      lead: 'Since {from}: {n} deserves a look. {entries}. | Since {from}: {n} deserve a look. {entries}.',
      none: 'Since {from}: nothing unusual. {entries}.',
      early: 'You need not sign now; come back by {day}.',
      more: 'There are later entries. Sign this list first, then look at the next.',
      nothing: 'Nothing new since the last signature.',
      dueOn: 'Please sign by {day}.',
      overdue: 'It should have been signed by {day}.',
      head: 'The signature is on entry {number}',
    },
    days: {
      title: 'Other days',
      lead: 'Choose a day, or from one to another, to see what deserved a look then.',
      from: 'From',
      to: 'To',
      wrong: 'The last day is not before the first.',
      found: '{n} on these days',
    },
    past: 'What was signed',
    noneYet: 'Nobody has signed yet',
    noneYetHint: 'Every signature of a supervisor stays here.',
    kind: {
      opening: 'Opening of the books',
      week: 'List looked over',
      handover: 'Hand-over',
      notice: 'Notice of awards',
    },
    covers: 'Entries {first} to {last}',
    coversOne: 'Entry {last}',
    upTo: 'The book up to entry {last}',
    erased: '(remark erased on request)',
    home: {
      week: 'The next list: please sign by {day}',
      weekMore: 'Last signed on {day}',
      first: 'Look over the list and sign for the first time',
      late: 'Time to sign: it was due by {day}',
      opening: 'The opening of the books waits for your signature',
      openingMore: 'Please sign by {day}',
      openingLate: 'It was due by {day}',
    },
    menu: 'Supervision',
  },
} satisfies SameKeys<typeof menu & typeof pages>;
