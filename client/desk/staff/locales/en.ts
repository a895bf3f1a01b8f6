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
      supervisor: 'Supervisor',
      shopkeeper: 'Shopkeeper',
    },
    roleHint: {
      admin: 'Sets up the village, imports, manages staff and rules; may also propose and approve.',
      committee: 'Proposes awards and deductions, keeps household data, issues cards.',
      approver: 'Approves what others propose.',
      supervisor: 'Sees all books, verifies and downloads; changes nothing.',
      shopkeeper: 'Keeps goods, stock, kiosks and volunteers; issues cards.',
    },
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
