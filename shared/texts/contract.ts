import { z } from 'zod';
import { done, required } from '../fields.ts';
import type { OperationsOf } from '../operation.ts';
import type { endpoints } from './endpoints.ts';
import { CLEARABLE_KINDS, UNFIT_KINDS } from './kinds.ts';

/** The longest text that goes public. */
const PUBLIC_TEXT_MOST = 500;

export const finding = z.object({
  kind: z.enum(UNFIT_KINDS),
  piece: z.string().describe('As it is written'),
  at: z.int().describe('The place of its first sign'),
});

export const operations = {
  'texts.clear': {
    summary:
      'Say of words in a text that they are no name, address or label. Hand it in (changes.propose) once the books are open, so that a second person agrees',
    summaryZh: '认定公开文字里的几个字不是姓名、住址或病贫称呼。开账以后要先提交，由第二个人同意',
    access: 'text.clear',
    body: z.object({
      text: required(PUBLIC_TEXT_MOST).describe(
        'The whole text, as it goes public: it is cleared in this text alone',
      ),
      kind: z.enum(CLEARABLE_KINDS),
      piece: required(PUBLIC_TEXT_MOST),
    }),
    response: done,
    errors: ['text.fit', 'change.needs_second'],
  },
} as const satisfies OperationsOf<typeof endpoints>;

export { acts } from './acts.ts';
export { guarded } from './guarded.ts';
export { errorWords, tags } from './words.ts';
export { endpoints } from './endpoints.ts';
export { errors } from './errors.ts';
export { permissions } from './permissions.ts';
