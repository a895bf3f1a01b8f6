import { shareInWords } from '../../../shared/share-in-words.ts';
import type { Language } from '../../i18n/types.ts';
import type { DeskText } from '../text.ts';

const ENOUGH = 100;

/** How far the shelf reaches, as people say it: 货架够换九成四. Null where no points are held. */
export function coverWords(percent: number | null, t: DeskText['t'], language: Language): string | null {
  if (percent === null) return null;
  if (percent >= ENOUGH) return t('home.coverAll');
  if (percent < 1) return t('home.coverEmpty');
  return t('home.coverPart', { tenths: shareInWords(percent, language) });
}
