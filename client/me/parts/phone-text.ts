import { withPageWords } from '../../i18n/index.ts';
import { useText as useFaceText } from '../text.ts';
import chinese from './phone/locales/zh-CN.ts';

/** These words come with the parts that say them. */
export const useText = withPageWords(useFaceText, chinese);
