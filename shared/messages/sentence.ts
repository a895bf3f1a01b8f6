import type { ErrorCode, ErrorParams } from '../errors.ts';
import { formatFen, formatHundredths, isAmount } from '../points.ts';

export const LANGUAGES = ['zh', 'en'] as const;
export type Language = (typeof LANGUAGES)[number];

export interface ErrorSentence {
  readonly title: string;
  readonly detail: string;
  /** What is said instead where the params tell by `what` was at hand: the same code, met at another door. */
  readonly variants?: Readonly<Record<string, string>>;
}

export type ErrorSentences = Readonly<Record<ErrorCode, ErrorSentence>>;

/**
 * Fills a sentence. `{name}` is a figure as it is, `{name:points}` hundredths shown as points, `{name:yuan}` fen
 * shown as yuan, `{name:wait}` seconds shown as a time. What stands in [ ] is left out when one of its figures
 * is missing, so that no sentence is ever shown with a hole in it.
 */
export function fillSentence(sentence: string, params: ErrorParams, language: Language): string {
  return sentence.replace(/\[([^\]]*)\]/g, (_, part: string) => fillPart(part, params, language) ?? '');
}

function fillPart(part: string, params: ErrorParams, language: Language): string | null {
  const missing: string[] = [];
  const filled = part.replace(/\{(\w+)(?::(\w+))?\}/g, (_, name: string, format: string | undefined) => {
    const shown = show(params[name], format, language);
    if (shown === null) missing.push(name);
    return shown ?? '';
  });
  return missing.length === 0 ? filled : null;
}

function show(
  value: string | number | undefined,
  format: string | undefined,
  language: Language,
): string | null {
  if (value === undefined || value === '') return null;
  if (format === undefined) return String(value);
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
