import type { SameKeys } from '../../../i18n/types.ts';
import type chinese from './zh-CN.ts';

export default {
  setup: {
    title: 'First visit',
    lead: 'Choose how to begin. Either way you can import your own roster, rules and goods.',
    create: 'Set up our village',
    createLead: 'Name the village and its administrator; a few minutes, then import the roster.',
    demo: 'Look at a demo village',
    demoLead: 'Loads a village of some 320 households with six months of entries. Try anything.',
    code: 'Set-up code',
    codeHint: 'Shown on the server’s screen when it started; it proves that you are the one setting up.',
    village: 'Village',
    villageName: 'Name of the village',
    villageNameHint: 'Appears on passbooks, cards and the notice board.',
    town: 'Town',
    townHint: 'The town or township the village belongs to.',
    admin: 'Administrator',
    adminLead: 'Sets up the village and adds staff. Awarding and approving needs a second person.',
    displayName: 'Name',
    usernameHint: 'Three or more lower-case letters or digits, for example lizhuren.',
    usernameWrong:
      'Use lower-case letters, digits and . _ -, 3 to 32 of them, beginning with a letter or digit.',
    passwordAgain: 'Password once more',
    createGo: 'Set up and log in',
    demoWhat:
      'The demo village is made by the real rules: a roster, a rule book, goods, and six months of awards and redemptions. Its log-ins are random and are shown once.',
    demoGo: 'Load the demo village',
    demoBusy: 'Making the demo village; about half a minute. Please keep this page open…',
    loginsOnce: 'These log-ins are shown this once',
    loginsOnceLead: 'Copy or print them. The server’s data folder keeps them too, in demo-logins.json.',
    staffLogins: 'Staff',
    role: 'Role',
    kioskLogins: 'Kiosk',
    pairingCode: 'Pairing code',
    volunteer: 'Volunteer’s PIN',
    householdLogins: 'Households (for “My points”)',
    toLogin: 'Go to log-in',
  },
} satisfies SameKeys<typeof chinese>;
