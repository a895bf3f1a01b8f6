import { useCommonText, useLanguage } from './index.ts';
import type { Language } from './types.ts';

/** How long ago something was, in words people use: "5分钟前", "昨天", "3 months ago". */
export function useSince(): (instantMs: number, nowMs?: number) => string {
  const { language } = useLanguage();
  const { t } = useCommonText();
  return (instantMs, nowMs = Date.now()) => since(language.value, t('date.justNow'), instantMs, nowMs);
}

const MINUTE_MS = 60_000;
const STEPS = [
  ['minute', MINUTE_MS, 60],
  ['hour', 60 * MINUTE_MS, 24],
  ['day', 24 * 60 * MINUTE_MS, 60],
  ['month', 30 * 24 * 60 * MINUTE_MS, 24],
  ['year', 365 * 24 * 60 * MINUTE_MS, Infinity],
] as const;

export function since(language: Language, justNow: string, instantMs: number, nowMs: number): string {
  const passedMs = Math.max(0, nowMs - instantMs);
  if (passedMs < MINUTE_MS) return justNow;
  const format = new Intl.RelativeTimeFormat(language, { numeric: 'auto' });
  for (const [unit, lengthMs, most] of STEPS) {
    const passed = Math.floor(passedMs / lengthMs);
    if (passed < most) return format.format(-passed, unit);
  }
  return '';
}
