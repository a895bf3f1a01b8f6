import type { Rule } from '../../../shared/rules/contract.ts';

export type FindableRule = Rule & { readonly pinyin: string };

/** Every word typed must be found: in the code, the title, the head, the limits, or in pinyin, whole or initials. */
export function findRules<R extends FindableRule>(rules: readonly R[], typed: string): R[] {
  const words = typed.normalize('NFKC').trim().toLowerCase().split(/\s+/);
  const hits = rules.filter((rule) => {
    const text = `${rule.code} ${rule.title} ${rule.category} ${rule.limitText}`.toLowerCase();
    return words.every((word) => text.includes(word) || inPinyin(rule.pinyin, word));
  });
  // A rule whose code was typed comes first: A1 before A10.
  const isCode = (rule: R) => Number(rule.code.toLowerCase() === words.join(''));
  return hits.sort((a, b) => isCode(b) - isCode(a));
}

function inPinyin(pinyin: string, word: string): boolean {
  return /^[a-z]{2,}$/.test(word) && pinyin.split(' ').some((spelled) => spelled.includes(word));
}
