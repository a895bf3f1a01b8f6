import { grouped } from '../../shared/group-digits.ts';

export type Params = Readonly<Record<string, string | number>>;

/**
 * Fills the blanks of a sentence: "{n} household | {n} households". If there are two forms, the first is for one, the
 * second for any other number. The number is `n`, or `points` as they are written where there is no `n`.
 */
export function fillBlanks(sentence: string, params: Params): string {
  const { n = /^[+\u2212]?1$/.test(String(params.points)) ? 1 : undefined } = params;
  const [one = '', many = one] = sentence.split(' | ');
  return (n === 1 ? one : many).replace(/\{(\w+)\}/g, (_, name: string) => {
    const value = params[name] ?? '';
    return name === 'n' && typeof value === 'number' ? grouped(String(value)) : String(value);
  });
}
