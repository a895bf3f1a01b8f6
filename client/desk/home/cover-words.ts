import type { DeskText } from '../text.ts';

const ENOUGH = 100;

/** How far the shelf reaches, as people say it: 货架够换九成四. Null where no points are held. */
export function coverWords(percent: number | null, t: DeskText['t']): string | null {
  if (percent === null) return null;
  if (percent >= ENOUGH) return t('home.coverAll');
  if (percent < 1) return t('home.coverEmpty');
  return t('home.coverPart', { tenths: inTenths(percent), percent });
}

const DIGITS = '零一二三四五六七八九'.split('');

/** 94 → 九成四, 90 → 九成, 4 → 百分之四. */
export function inTenths(percent: number): string {
  const [tens, ones] = [Math.floor(percent / 10), percent % 10];
  if (tens === 0) return `百分之${DIGITS[ones] ?? ''}`;
  return `${DIGITS[tens] ?? ''}成${ones === 0 ? '' : (DIGITS[ones] ?? '')}`;
}
