import { withPageWords } from '../../../i18n/index.ts';
import { useText as useDeskText } from '../../text.ts';
import chinese from './locales/zh-CN.ts';

/** The words about versions come with the pages that show them. */
export const useText = withPageWords(useDeskText, chinese);
