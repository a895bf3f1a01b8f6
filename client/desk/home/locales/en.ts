import type { SameKeys } from '../../../i18n/types.ts';
import type chinese from './zh-CN.ts';

export default {
  home: {
    menu: { name: 'Home', short: 'Home' },
    hello: 'Hello, {name}',
    waiting: 'To do',
    allDone: 'Nothing waits for you',
    often: 'What you do most',
    more: 'More figures',
    doneSteps: '{n} step done | {n} steps done',
    stands: 'How the village stands',
    households: 'Households',
    awarded: 'Awarded this month',
    redeemed: 'Redeemed this month',
    owed: 'Points owed',
    stockCost: 'Stock at cost',
    cover: 'Cover ratio',
    coverNone: '—',
    coverMeaning:
      'Cover ratio = stock at cost ÷ value of the points owed. Under 100% the shelf could not honour all points at once.',
    checklist: 'Getting started',
    checklistProgress: '{done} of {all} done',
    step: {
      households: 'Import the roster',
      rules: 'Import the rule book',
      goods: 'Import the goods',
      secondPerson: 'Add a second person',
      kiosk: 'Pair the shop’s kiosk',
    },
    stepWhy: {
      households: 'From the village’s own spreadsheet; every household gets a card.',
      rules: 'Which deed is worth what. It can be changed at any time.',
      goods: 'What the shop has, its price in points and its cost.',
      secondPerson: 'Whoever proposes may not approve: it takes two.',
      kiosk: 'Type the pairing code on the shop’s tablet, and volunteers can serve.',
    },
  },
} satisfies SameKeys<typeof chinese>;
