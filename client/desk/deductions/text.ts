import { withPageWords } from '../../i18n/index.ts';
import { useText as useDeskText } from '../text.ts';
import chinese from './locales/zh-CN.ts';

/** The words of these pages come with them. */
export const useText = withPageWords(useDeskText, chinese);
