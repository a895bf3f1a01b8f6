import type { Tags } from '../sentence.ts';

/** The purpose of the endpoints, by the beginning of their names. */
export const tags = {
  fairness: {
    zh: '积分给得公不公平：各组、各条细则、各人经手多少，哪些人家很久没有得分，货架还够换多久。',
    en: 'How fairly points are given: by group, rule and person; households that got nothing for long; how long the shelf lasts.',
  },
} as const satisfies Tags;
