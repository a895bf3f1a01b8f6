import { withPageWords } from '../../i18n/index.ts';
import { useText as useDeskText } from '../text.ts';
import chinese from './locales/zh-CN.ts';

declare module '../text.ts' {
  interface DeskWords {
    readonly printer: (typeof chinese)['printer'];
  }
}

/** The words of the printer come with the page of the shop. */
export const useText = withPageWords(useDeskText, chinese);
