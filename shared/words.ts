import type { ErrorCode, ErrorParams } from './errors.ts';
import { foldPart } from './fold.ts';
import { type ErrorSentence, type ErrorWordsOf, fillSentence, type Language } from './sentence.ts';
import { SERVED } from './served.ts';

/** The sentences of every error, by its code. */
export const ERROR_WORDS: ErrorWordsOf<Record<ErrorCode, unknown>> = foldPart(SERVED, 'errorWords');

/** The sentence that explains a refusal or failure to a person: what happened, whether points moved, what to do. */
export function errorSentence(
  code: ErrorCode,
  params: ErrorParams,
  language: Language,
): Omit<ErrorSentence, 'variants'> {
  const { title, detail, variants = {} } = ERROR_WORDS[code][language];
  const { what = '' } = params;
  const said = Object.hasOwn(variants, what) ? variants[what] : undefined;
  return { title, detail: fillSentence(said ?? detail, params, language) };
}
