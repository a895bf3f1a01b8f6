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
  },
} satisfies SameKeys<typeof chinese>;
