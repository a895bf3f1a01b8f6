import type { Tags } from '../sentence.ts';

/** The purpose of the endpoints, by the beginning of their names. */
export const tags = {
  board: { zh: '人人可看，只有好事，姓名打码。', en: 'For everybody: good news only, names masked.' },
} as const satisfies Tags;
