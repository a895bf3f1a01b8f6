import type { RuleFlag } from '../imports/papers.ts';

const CUT = '(?:取消|停发|停止|暂停|扣发|扣减|减发|不予|不给|不发|不得享受|不享受|剥夺|降低)';
const WELFARE = '(?:低保|五保|特困|救助|补贴|补助|福利|养老金|津贴|抚恤|慰问|医保|合作医疗|社保|残补|惠农)';
const PAPERS = '(?:证明|盖章|公章|手续|户口|政审|入伍|参军|入学|贷款)';
const LAND = '(?:宅基地|承包地|责任田|口粮田|土地|分红)';

/**
 * Subjects that no rule may score or touch, and the words that reveal them: petitions, faith, speech and births; and what
 * points may not take from anybody, which are money, welfare, papers, land and a place at a table. Attending meetings and
 * speaking up there is welcome.
 */
const WORDS: Readonly<Record<RuleFlag, RegExp>> = {
  petition: /[上信缠闹]访(?![问谈贫])|访民|越级反映|(?<!\d)12345(?!\d)|市长热线|petition/i,
  faith:
    /宗教|信仰|(?<!诚)信教|(?<!宣)传教|教徒|教堂|基督|佛教|清真寺|寺庙|祷告|礼拜(?![天日一二三四五六])|做弥撒|烧香拜佛|religio|\b(?:faith|church|mosque|temple)/i,
  speech:
    /言论|发帖|跟帖|朋友圈|网上评论|网络发言|负面舆情|公开批评|骂人|辱骂|造谣|传谣|抹黑|\b(?:speech|online posts?)\b/i,
  births:
    /(?<!学)生育|超生|计生|计划生育|抢生|[二两三多]孩(?!子)|[二三]胎|怀孕|避孕|堕胎|引产|流产|节育|结扎|\bbirths?\b|birth control/i,
  fines: /罚款|罚金|罚钱|罚没|没收(?!到)|\b(?:fines|fined)\b/i,
  welfare: new RegExp(
    `${CUT}[^。;；]{0,8}${WELFARE}|${WELFARE}[^。;；]{0,6}(?:取消|停发|扣发|暂停|不予|减半)|\\b(?:cut|stop|withdraw)\\w* (?:of )?(?:welfare|benefits?)`,
    'i',
  ),
  papers: new RegExp(
    `(?:不予|不给|拒绝|暂缓|停止|限制)[^。;；]{0,6}${PAPERS}|不(?:开|出具|办理)[^。;；]{0,4}${PAPERS}|${PAPERS}[^。;；]{0,6}(?:不予|不给|受限|不通过)`,
  ),
  land: new RegExp(
    `(?:收回|不批|不予|停批|取消|扣减|调减|扣发)[^。;；]{0,8}${LAND}|${LAND}[^。;；]{0,6}(?:不批|不予|取消|收回|扣除|停发)`,
  ),
  banquets:
    /(?:不准|不许|禁止|不得|不让|取消)[^。;；，,]{0,8}(?:赴宴|吃席|坐席|入席|参加[^。;；，,]{0,6}(?:宴|酒席|红白事|婚礼|葬礼))|(?:全村|村民|邻里|大家)[^。;；，,]{0,4}不(?:去|参加|帮忙|随礼)[^。;；，,]{0,4}(?:红白|婚|丧|宴|席)/,
};

/** The first forbidden subject that texts touch, or null. */
export function forbiddenSubject(...texts: readonly string[]): RuleFlag | null {
  const text = texts
    .join('\n')
    .normalize('NFKC')
    .replace(/[ \t\u3000]+/g, ' ');
  // Spaces, dots and dashes between Chinese characters hide nothing.
  const dense = text.replace(/(?<=\p{Script=Han})[ ·•*_.-]+(?=\p{Script=Han})/gu, '');
  const found = Object.entries(WORDS).find(([, words]) => words.test(dense));
  return (found?.[0] as RuleFlag | undefined) ?? null;
}

/** The words of a rule, as far as they may say what it is about. */
interface Worded {
  readonly category: string;
  readonly title: string;
  readonly perUnit?: string | null;
  readonly options?: readonly { readonly name: string }[];
  readonly evidence?: string;
  readonly limitText?: string;
}

/** The first forbidden subject that any words of a rule touch, or null. */
export function subjectOfRule(rule: Worded): RuleFlag | null {
  const { category, title, perUnit, options = [], evidence = '', limitText = '' } = rule;
  return forbiddenSubject(
    category,
    title,
    perUnit ?? '',
    ...options.map(({ name }) => name),
    evidence,
    limitText,
  );
}
