import type { ErrorCode, ErrorParams } from '../errors.ts';
import { en } from './errors.en.ts';
import { zh } from './errors.zh.ts';
import { fillSentence, type ErrorSentence, type ErrorSentences, type Language } from './sentence.ts';

export { LANGUAGES, type ErrorSentence, type Language } from './sentence.ts';

export const ERROR_SENTENCES: Readonly<Record<Language, ErrorSentences>> = { zh, en };

/** What is said to a person about a refusal or failure: what happened, whether points moved, what to do. */
export function errorSentence(
  code: ErrorCode,
  params: ErrorParams,
  language: Language,
): Omit<ErrorSentence, 'variants'> {
  const { title, detail, variants = {} } = ERROR_SENTENCES[language][code];
  const { what = '' } = params;
  const said = Object.hasOwn(variants, what) ? variants[what] : undefined;
  return { title, detail: fillSentence(said ?? detail, params, language) };
}
