import { useLanguage } from '../i18n/index.ts';
import { shareInWords } from '../../shared/share-in-words.ts';
import { useText } from './text.ts';

/** Says how much of what everybody has the shelf could honour: "够大家换九成四". Empty where nobody has points. */
export function useCoverWords(): (percent: number | null) => string {
  const { t } = useText();
  const { language } = useLanguage();
  return (percent) => {
    if (percent === null) return '';
    if (percent >= 100) return t('board.coverWhole');
    return t('board.coverPart', { share: shareInWords(percent, language.value) });
  };
}
