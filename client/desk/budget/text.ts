import { withPageWords } from '../../i18n/index.ts';
import { useText as useDeskText } from '../text.ts';
import chinese from './locales/zh-CN.ts';

declare module '../text.ts' {
  interface DeskWords {
    readonly budget: (typeof chinese)['budget'];
  }
}

/** The words of the budget come with the parts of pages that tell of it. */
export const useText = withPageWords(useDeskText, chinese);
