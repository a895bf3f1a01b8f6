import type { SameKeys } from '../../i18n/types.ts';
import type chinese from './zh-CN.ts';

export default {
  opening: {
    wait: 'Opening …',
    old: 'Still not open? Check the network; or this browser is too old: update it, or use another one.',
    noScript: 'This page needs JavaScript: please turn it on in the browser.',
    noPhone: 'It works without a phone too: take the household’s card to the shop.',
  },
} satisfies SameKeys<typeof chinese>;
