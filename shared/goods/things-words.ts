import { formatHundredths } from '../points.ts';
import type { Things } from './points-as-things.ts';

const WORDS = {
  zh: {
    enough: '够换',
    next: { one: '再攒 1 分，换', many: '再攒 {points} 分，换' },
    between: '、',
    last: '和 ',
    thing: '{count} {unit}{name}',
  },
  en: {
    enough: 'enough for',
    next: { one: '1 more point for', many: '{points} more points for' },
    between: ', ',
    last: ' and ',
    thing: '{count} {unit} {name}',
  },
} as const;

export interface Said {
  /** The name as people say it, without a size. */
  readonly name: string;
  readonly unit: string;
}

type Language = 'zh-CN' | 'en';

/** "2 袋大米". Units and names are the village's own words in every language. */
export function sayThing({ name, unit }: Said, count: number, language: Language): string {
  return fill(wordsOf(language).thing, { count: String(count), unit, name });
}

/** "够换" or "再攒 3 分，换": what stands before the things. */
export function thingsLead({ enough, next }: Things<Said>, language: Language): string {
  const words = wordsOf(language);
  if (enough.length > 0) return words.enough;
  if (next === null) return '';
  const points = formatHundredths(next.short);
  return fill(points === '1' ? words.next.one : words.next.many, { points });
}

/** "够换 2 袋大米和 1 瓶酱油" or "再攒 3 分，换 1 包食盐"; null where the shelf has nothing to speak of. */
export function sayThings(things: Things<Said>, language: Language): string | null {
  const { enough, next } = things;
  const all = enough.length > 0 || next === null ? enough : [{ item: next.item, count: 1 }];
  if (all.length === 0) return null;
  const said = all.map(({ item, count }) => sayThing(item, count, language));
  const { between, last } = wordsOf(language);
  const listed = [said.slice(0, -1).join(between), ...said.slice(-1)]
    .filter((part) => part !== '')
    .join(last);
  return `${thingsLead(things, language)} ${listed}`;
}

function wordsOf(language: Language) {
  return language === 'en' ? WORDS.en : WORDS.zh;
}

function fill(sentence: string, figures: Readonly<Record<string, string>>): string {
  return sentence.replace(/\{(\w+)\}/g, (_, key: string) => figures[key] ?? '');
}
