import { textOf, withPageWords } from '../../../i18n/index.ts';
import type face from '../../locales/zh-CN.ts';
import chinese from './locales/zh-CN.ts';

/** These words come with the dialog. */
export const useText = withPageWords(textOf<typeof face & typeof chinese>(), chinese);
