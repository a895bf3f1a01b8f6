import { textOf } from '../i18n/index.ts';
import type chinese from './locales/zh-CN.ts';
import type later from './parts/book-words.ts';

export const useText = textOf<typeof chinese & typeof later>();
