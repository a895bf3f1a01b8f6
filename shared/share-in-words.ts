const FIGURES = '零一二三四五六七八九';

/**
 * A share of a whole under 100 % as people say it: 94 → "九成四", 90 → "九成", 4 → "不到一成"; "94%" in English.
 */
export function shareInWords(percent: number, language: 'zh-CN' | 'en'): string {
  if (language === 'en') return `${String(percent)}%`;
  const tens = Math.floor(percent / 10);
  const ones = percent % 10;
  if (tens === 0) return '不到一成';
  return `${FIGURES[tens] ?? ''}成${ones === 0 ? '' : (FIGURES[ones] ?? '')}`;
}
