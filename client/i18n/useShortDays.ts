import { useLanguage } from './index.ts';
import type { Language } from './types.ts';

/** Days and months where the year is known; apart from the other formats, so that small faces need not load them. */
export interface ShortDays {
  /** 2026-05-03 → "5月3日", "May 3". */
  readonly day: (isoDay: string) => string;
  /** 2026-05 → "5月", "May". */
  readonly month: (isoMonth: string) => string;
}

export function useShortDays(): ShortDays {
  const { language } = useLanguage();
  return shortDaysIn(() => language.value);
}

export function shortDaysIn(language: () => Language): ShortDays {
  const write = (isoDay: string, options: Intl.DateTimeFormatOptions) =>
    new Intl.DateTimeFormat(language(), { timeZone: 'UTC', ...options }).format(
      new Date(`${isoDay}T00:00:00Z`),
    );
  return {
    day: (isoDay) => write(isoDay, { month: 'short', day: 'numeric' }),
    month: (isoMonth) => write(`${isoMonth}-01`, { month: 'short' }),
  };
}
