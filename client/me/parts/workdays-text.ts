import { withPageWords } from '../../i18n/index.ts';
import { useText as useFaceText } from '../text.ts';
import chinese from './workdays/locales/zh-CN.ts';

/** These words come with the part that says them. */
export const useText = withPageWords(useFaceText, chinese);
