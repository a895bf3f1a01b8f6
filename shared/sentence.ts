import { CAP_PERIODS, type CapPeriod } from './rules/caps.ts';
import { formatFen, formatHundredths, isAmount } from './points.ts';

export const LANGUAGES = ['zh', 'en'] as const;
export type Language = (typeof LANGUAGES)[number];

/** The figures of a sentence. A missing figure leaves out its part in [ ]. */
export type SayParams = Readonly<Record<string, string | number | null | undefined>>;

export interface ErrorSentence {
  readonly title: string;
  readonly detail: string;
  /** Replacements for `detail`, by the param `what`: the same code at another endpoint. */
  readonly variants?: Readonly<Record<string, string>>;
}

/** The purpose of each group of endpoints, by the beginning of their names. */
export type Tags = Readonly<Record<string, Readonly<Record<Language, string>>>>;

/** The sentences of a domain's errors, in both languages. */
export type ErrorWordsOf<Errors> = Readonly<
  Record<keyof Errors & string, Readonly<Record<Language, ErrorSentence>>>
>;

/**
 * Fills a sentence. `{name}` is a figure as it is, `{name:points}` hundredths shown as points, `{name:yuan}` fen
 * shown as yuan, `{name:wait}` seconds shown as a time. `{name:every}` is a period as "每月", `{name:when}` the current
 * period as "本月" or another one by its days, `{name:list}` lines in a row. A part in [ ] is left out when one of its
 * figures is missing, so that no sentence is ever shown with a hole in it.
 */
export function fillSentence(sentence: string, params: SayParams, language: Language): string {
  return sentence.replace(
    /\[([^\]]*)\]|\{[^}]*\}/g,
    (whole: string, part: string | undefined) => fillPart(part ?? whole, params, language) ?? '',
  );
}

/** Sentences by their codes, in both languages side by side. */
export type Catalogue = Readonly<Record<string, Readonly<Record<Language, string>>>>;

/** Says a sentence of a catalogue; see `fillSentence`. */
export function say<Sentences extends Catalogue>(
  catalogue: Sentences,
  code: keyof Sentences & string,
  params: SayParams,
  language: Language,
): string {
  return fillSentence(catalogue[code]?.[language] ?? '', params, language);
}

/** Says it in both languages, one under the other, for the terminal of a server. */
export function sayBoth<Sentences extends Catalogue>(
  catalogue: Sentences,
  code: keyof Sentences & string,
  params: SayParams = {},
): string {
  return LANGUAGES.map((language) => say(catalogue, code, params, language)).join('\n');
}

/** Says it in both languages on one line, for short words that stand beside each other. */
export function sayBeside<Sentences extends Catalogue>(
  catalogue: Sentences,
  code: keyof Sentences & string,
  params: SayParams = {},
): string {
  return LANGUAGES.map((language) => say(catalogue, code, params, language)).join(' / ');
}

/** Joins names of things, which are Chinese in either language, as a Chinese list. */
export function listed(names: readonly string[]): string {
  return names.join('、');
}

function fillPart(part: string, params: SayParams, language: Language): string | null {
  const missing: string[] = [];
  const filled = part.replace(/\{(\w+)(?::(\w+))?\}/g, (_, name: string, format: string | undefined) => {
    const shown = show(params[name], format, language);
    if (shown === null) missing.push(name);
    return shown ?? '';
  });
  return missing.length === 0 ? filled : null;
}

function show(
  value: string | number | null | undefined,
  format: string | undefined,
  language: Language,
): string | null {
  if (value === undefined || value === null || value === '') return null;
  if (format === undefined) return String(value);
  if (format === 'every' || format === 'when') return PERIODS[format](String(value), language);
  if (format === 'list')
    return language === 'zh' ? listed(String(value).split('\n')) : String(value).replaceAll('\n', ', ');
  if (!isAmount(value)) return null;
  if (format === 'points') return formatHundredths(value);
  if (format === 'yuan') return formatFen(value);
  return format === 'wait' ? formatWait(value, language) : null;
}

function formatWait(seconds: number, language: Language): string {
  const [unit, size] =
    seconds < 60 ? (['s', 1] as const) : seconds < 3600 ? (['min', 60] as const) : (['h', 3600] as const);
  const count = Math.max(1, Math.ceil(seconds / size));
  const words = {
    s: { zh: '秒', en: 'second' },
    min: { zh: '分钟', en: 'minute' },
    h: { zh: '小时', en: 'hour' },
  }[unit];
  return language === 'zh' ? ` ${count} ${words.zh}` : `${count} ${words.en}${count === 1 ? '' : 's'}`;
}

const EVERY: Readonly<Record<CapPeriod, Readonly<Record<Language, string>>>> = {
  day: { zh: '每天', en: 'a day' },
  week: { zh: '每周', en: 'a week' },
  month: { zh: '每月', en: 'a month' },
  quarter: { zh: '每季度', en: 'a quarter' },
  year: { zh: '每年', en: 'a year' },
  ever: { zh: '一共', en: 'in all' },
};
const THIS: typeof EVERY = {
  day: { zh: '今天', en: 'today' },
  week: { zh: '本周', en: 'this week' },
  month: { zh: '本月', en: 'this month' },
  quarter: { zh: '本季度', en: 'this quarter' },
  year: { zh: '今年', en: 'this year' },
  ever: { zh: '至今', en: 'so far' },
};
const DAYS = /^(\d{4}-\d{2}-\d{2})(?:\/(\d{4}-\d{2}-\d{2}))?$/;

const PERIODS = {
  every: (value: string, language: Language) => wordOf(EVERY, value, language),
  when(value: string, language: Language): string | null {
    const [, first, last] = DAYS.exec(value) ?? [];
    if (first === undefined) return wordOf(THIS, value, language);
    if (last === undefined) return language === 'zh' ? `${first} ` : first;
    return language === 'zh' ? `${first} 至 ${last} ` : `${first} to ${last}`;
  },
};

function wordOf(words: typeof EVERY, value: string, language: Language): string | null {
  const period = CAP_PERIODS.find((one) => one === value);
  return period === undefined ? null : words[period][language];
}
