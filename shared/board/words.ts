import type { Tags } from '../sentence.ts';

/** What the endpoints that begin with each name are for. */
export const tags = {
  board: { zh: '人人可看，只有好事，姓名打码。', en: 'For everybody: good news only, names masked.' },
} as const satisfies Tags;
