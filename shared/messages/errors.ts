import type { ErrorCode, ErrorParams } from '../errors.ts';
import { en } from './errors.en.ts';
import { zh } from './errors.zh.ts';
import { fillSentence, type ErrorSentence, type ErrorSentences, type Language } from './sentence.ts';

export { LANGUAGES, type ErrorSentence, type Language } from './sentence.ts';

export const ERROR_SENTENCES: Readonly<Record<Language, ErrorSentences>> = { zh, en };

/** What is said to a person about a refusal or failure: what happened, whether points moved, what to do. */
export function errorSentence(code: ErrorCode, params: ErrorParams, language: Language): ErrorSentence {
  const { title, detail } = ERROR_SENTENCES[language][code];
  return { title, detail: fillSentence(detail, params, language) };
}
