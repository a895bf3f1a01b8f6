import type { RuleFlag } from '../imports/papers.ts';

/**
 * Subjects that no rule may score, and the words that reveal them. Attending meetings and speaking up there is
 * welcome.
 */
const WORDS: Readonly<Record<RuleFlag, RegExp>> = {
  petition: /[上信缠闹]访|访民|petition/i,
  faith:
    /宗教|信仰|信教|教徒|教堂|清真寺|寺庙|礼拜(?![天日一二三四五六])|做弥撒|烧香拜佛|religio|\b(?:faith|church|mosque|temple)/i,
  speech: /言论|发帖|跟帖|朋友圈|网上评论|公开批评|骂人|辱骂|造谣|传谣|\b(?:speech|online posts?)\b/i,
  births:
    /(?<!学)生育|超生|计生|计划生育|抢生|[二三多]孩|[二三]胎|堕胎|引产|流产|节育|结扎|\bbirths?\b|birth control/i,
};

/** The first forbidden subject a rule's words touch, or null. */
export function forbiddenSubject(...texts: readonly string[]): RuleFlag | null {
  const text = texts
    .join('\n')
    .normalize('NFKC')
    .replace(/[ \t\u3000]+/g, ' ');
  // Spaces between Chinese characters hide nothing.
  const dense = text.replace(/(?<=\p{Script=Han}) (?=\p{Script=Han})/gu, '');
  const found = Object.entries(WORDS).find(([, words]) => words.test(dense));
  return (found?.[0] as RuleFlag | undefined) ?? null;
}
