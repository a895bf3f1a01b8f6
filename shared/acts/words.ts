import type { Tags } from '../sentence.ts';

export const errorWords = {} as const;

export const tags = {
  acts: {
    zh: '分数以外办过的每一件事：谁、什么、改前改后、什么时候。',
    en: 'Everything that was done beside moving points: who, what, before and after, when.',
  },
} as const satisfies Tags;
