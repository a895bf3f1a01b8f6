import { inject, type InjectionKey } from 'vue';
import { formatFen, formatHundredths } from '../../shared/points.ts';
import { grouped } from '../../shared/group-digits.ts';
import { useLanguage } from './index.ts';
import type { Language } from './types.ts';

/** Every figure and date on any screen is written here. Days are business days of the village: text, no time zone. */
export interface Format {
  /** 1250 → "12.5", -200 → "−2", 1234500 → "12,345". */
  readonly points: (hundredths: number) => string;
  /** The same with its sign in front: "+5", "−2", "0". */
  readonly signedPoints: (hundredths: number) => string;
  /** Fen as "¥12.50". */
  readonly yuan: (fen: number) => string;
  readonly count: (value: number) => string;
  readonly percent: (value: number) => string;
  /** A business day: 2026-05-03 → "2026年5月3日". */
  readonly day: (isoDay: string) => string;
  /** Its day of the week: "周日", "Sun". */
  readonly weekday: (isoDay: string) => string;
  /** A month of business days: 2026-05 → "2026年5月". */
  readonly month: (isoMonth: string) => string;
  /** The same, narrow, for tables: "2026-05-03". */
  readonly shortDay: (isoDay: string) => string;
  /** An instant on the village's clock: "2026-05-03 14:05". */
  readonly moment: (instantMs: number) => string;
  /** Only the clock: "14:05". */
  readonly clock: (instantMs: number) => string;
  /** A card code in groups of four, as printed. */
  readonly card: (code: string) => string;
  /** The name of somebody who booked or did it. The server names its programs in both languages: "公示期满 / end of notice". */
  readonly actor: (name: string) => string;
}

export const VILLAGE_TIME_ZONE = 'Asia/Shanghai';
export const inShanghai = () => VILLAGE_TIME_ZONE;

/** The time zone of the village whose face this is. A face that knows it provides it. */
export const timeZoneKey: InjectionKey<() => string> = Symbol('time zone');

/** Formats in the language and the zone of now: a change of either is followed, because both are read at each call. */
export function useFormat(): Format {
  const { language } = useLanguage();
  return formatIn(() => language.value, inject(timeZoneKey, inShanghai, false));
}

export function formatIn(language: () => Language, timeZone: () => string = inShanghai): Format {
  return {
    points: (hundredths) => grouped(formatHundredths(hundredths)),
    signedPoints: (hundredths) => (hundredths > 0 ? '+' : '') + grouped(formatHundredths(hundredths)),
    yuan: (fen) => (fen < 0 ? '\u2212' : '') + '¥' + grouped(formatFen(Math.abs(fen))),
    count: (value) => grouped(String(value)),
    percent: (value) => `${grouped(String(value))}%`,
    day: (isoDay) => dayIn(language(), isoDay),
    weekday: (isoDay) => weekdayIn(language(), isoDay),
    month: (isoMonth) => monthIn(language(), isoMonth),
    shortDay: (isoDay) => isoDay,
    moment: (instantMs) => `${localDay(instantMs, timeZone())} ${localClock(instantMs, timeZone())}`,
    clock: (instantMs) => localClock(instantMs, timeZone()),
    card: (code) => code.replace(/(\d{4})(?=\d)/g, '$1 '),
    actor: (name) => name.split(' / ')[language() === 'en' ? 1 : 0] ?? name,
  };
}

/** The business day an instant falls on: "2026-05-03". */
export function localDay(instantMs: number, timeZone = VILLAGE_TIME_ZONE): string {
  return new Intl.DateTimeFormat('en-CA', {
    timeZone,
    year: 'numeric',
    month: '2-digit',
    day: '2-digit',
  }).format(instantMs);
}

function localClock(instantMs: number, timeZone: string): string {
  return new Intl.DateTimeFormat('en-GB', {
    timeZone,
    hour: '2-digit',
    minute: '2-digit',
    hourCycle: 'h23',
  }).format(instantMs);
}

function monthIn(language: Language, isoMonth: string): string {
  const options = { timeZone: 'UTC', year: 'numeric', month: 'long' } as const;
  return new Intl.DateTimeFormat(language, options).format(new Date(`${isoMonth}-01T00:00:00Z`));
}

function dayIn(language: Language, isoDay: string): string {
  const options = {
    timeZone: 'UTC',
    year: 'numeric',
    month: language === 'en' ? 'short' : 'long',
    day: 'numeric',
  } as const;
  return new Intl.DateTimeFormat(language, options).format(new Date(`${isoDay}T00:00:00Z`));
}

function weekdayIn(language: Language, isoDay: string): string {
  const options = { timeZone: 'UTC', weekday: 'short' } as const;
  return new Intl.DateTimeFormat(language, options).format(new Date(`${isoDay}T00:00:00Z`));
}
