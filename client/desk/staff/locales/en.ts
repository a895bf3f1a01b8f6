import type { SameKeys } from '../../../i18n/types.ts';
import type chinese from './zh-CN.ts';

export default {
  staff: {
    setup: {
      title: 'Add an approver',
      why: 'Nobody approves what they proposed themselves; it takes two people.',
    },
    approverWhy:
      'This person approves the awards that you propose. Choose somebody fair who is no kin of yours.',
    noteAndNext: 'Written down. Next: {step}',
    menu: { name: 'Staff' },
    title: 'Staff',
    lead: 'Proposing, approving and supervising are done by different people.',
    add: 'Add staff',
    edit: 'Edit',
    none: 'There is no staff yet',
    you: '(you)',
    needSecond: 'A second person is needed',
    needSecondLead: 'Nobody approves their own proposals. Please add an approver.',
    name: 'Name',
    roles: 'Roles (one or more)',
    role: {
      admin: 'Administrator',
      committee: 'Committee',
      approver: 'Approver',
      group_leader: 'Group leader',
      judge: 'Judge',
      shopkeeper: 'Shopkeeper',
      book_keeper: 'Book-keeper',
      supervisor: 'Supervisor',
    },
    roleHint: {
      admin:
        'Sets up the village, imports, manages staff and rules. Approves nothing and, where there are people enough, proposes nothing.',
      committee: 'Proposes awards and deductions, keeps household data, issues cards.',
      approver: 'Approves what others propose.',
      group_leader: 'Looks on, checks reports by phone first, keys in objections.',
      judge: 'Scores with the panel (used later).',
      shopkeeper: 'Keeps goods, stock, kiosks and volunteers.',
      book_keeper: 'Sees and keeps the books; cannot be a supervisor.',
      supervisor: 'Sees all books, verifies and downloads; changes nothing and has no other role.',
    },
    unconfirmed: 'waits to be confirmed',
    confirm: 'Confirm',
    confirmOf: 'Confirm: {name}',
    confirmEffect:
      'Check in person who it is and which roles they have. From then on this person decides what is proposed afterwards. The books will say that you confirmed it.',
    confirmed: 'Confirmed',
    waitsTitle: 'Somebody waits for you',
    waitsLead:
      'New accounts, new roles and passwords set by others decide nothing until another approver confirms them.',
    stillTitle: '{n} confirmed; until {until} duties stay shared out as among {counted}',
    stillLead:
      'Somebody was disabled, or an account waits to be confirmed. Until then nothing changes: administrators take on nothing more. The board and the notices say so too.',
    home: { waits: 'account waits for you | accounts wait for you' },
    disabled: 'disabled',
    notYetIn: 'one-time password not changed yet',
    declared: '{n} declared household | {n} declared households',
    reset: 'Reset password',
    resetOf: 'Reset password: {name}',
    resetEffect: 'Gives a new one-time password; their log-ins end on all devices.',
    oneTimePassword: 'One-time password',
    handOver:
      'Hand over the user name {username} and this password. It has to be changed at the first log-in.',
    slipTitle: 'Log-in slip for {name}',
    slipOpen: 'On a phone or computer, open',
    slipSteps: 'After logging in you choose a password of your own; then this slip is void: tear it up.',
    slipKeep: 'Tell nobody your password, not even the administrator, who can give you a new one.',
    slipPrint: 'Print the slip',
    households: 'Own household and relatives',
    householdsHint: 'On these this person never decides.',
    addHousehold: 'Add a household',
    disable: 'Disable this account',
    disableHint: 'They cannot log in from now on; their records stay.',
    wrong: { name: 'Enter a name.', roles: 'Choose at least one role.' },
  },
} satisfies SameKeys<typeof chinese>;
