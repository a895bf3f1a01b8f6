import type { SameKeys } from '../../i18n/types.ts';
import type chinese from './zh-CN.ts';

export default {
  board: {
    title: 'Notice board',
    choose: 'Which village?',
    none: 'No village yet',
    noneLead: 'Once the office has set one up, it is shown here.',
    hours: 'Shop hours',
    cover: 'Cover ratio',
    goods: 'Love supermarket',
    deeds: 'Recent good deeds',
    week: 'Deeds of the week',
    fill: 'Full screen',
    all: 'Show all ({n})',
    page: 'page {page} / {of}',
    pause: 'Hold pages',
    turn: 'Turn pages',
    stock: '{n} left',
    soldOut: 'Sold out',
    price: '{points} pts',
    noGoods: 'The shop has nothing yet',
    noDeeds: 'No good deeds yet',
    noDeedsLead: 'Whoever does good and earns points is shown here, the name partly hidden.',
    who: '{group} {name}',
    stale: 'The network is gone; this is as of {at}',
  },
} satisfies SameKeys<typeof chinese>;
