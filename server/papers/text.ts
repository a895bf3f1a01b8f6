import { readChineseNumber } from '../../shared/chinese-number.ts';
import { hasSomethingVisible, withoutStraySelectors, withoutUnseen } from '../../shared/visible-text.ts';

/** Brings different spellings of the same thing to one form. */

/** Signs and words that mean "nothing here": -, —, /, 无. */
const NOTHING = /^(?:[-‐-―－/\\]+|无|没有|暂无|none|n\/a)$/i;

/**
 * One line without control characters, unseen signs and outer spaces; otherwise unchanged. Empty if nothing visible
 * is left.
 */
export function oneLine(text: string): string {
  const line = withoutUnseen(text.toWellFormed().replace(/[\p{Cc}\u2028\u2029]+/gu, ' '));
  return hasSomethingVisible(line) ? withoutStraySelectors(line).normalize('NFC').trim() : '';
}

/** Full-width to ASCII, for figures, numbers and headers. Never for names: it would replace rare characters. */
export function ascii(text: string): string {
  return text
    .normalize('NFKC')
    .replace(/[‐-―−]/g, '-')
    .trim();
}

export function isNothing(text: string): boolean {
  return text === '' || NOTHING.test(text);
}

export function orEmpty(text: string): string {
  return isNothing(text) ? '' : text;
}

/** Header words are compared without spaces, brackets and punctuation. */
export function headerWord(text: string): string {
  return ascii(text)
    .toLowerCase()
    .replace(/[([【][^)\]】]*[)\]】]/g, '')
    .replace(/[\s:：*、，,。.;；_/\\"'“”]+/g, '');
}

/**
 * A name: inner spaces go (顾　军 → 顾军) except between Latin words; every variant of the dot in minority names
 * becomes ·; NFC only, so that rare and compatibility characters stay what they are.
 */
export function cleanName(text: string): string {
  return text
    .replace(/\s+/g, ' ')
    .replace(/\s*[·•‧∙⋅・･●]\s*/g, '·')
    .replace(/(?<=\p{Script=Han})[.．](?=\p{Script=Han})/gu, '·')
    .replace(/(?<![A-Za-z])\s|\s(?![A-Za-z])/g, '')
    .replace(/^·+|·+$/g, '');
}

const CHINESE_DIGITS = '零一二三四五六七八九';

/** 十二 → 12, ２ → 2, 两 → 2; null for anything else. Up to 99. */
function smallNumber(text: string): number | null {
  const plain = ascii(text);
  const value = /^\d{3,}$/.test(plain) ? null : readChineseNumber(plain);
  return value !== null && Number.isInteger(value) && value < 100 ? value : null;
}

function chineseNumber(value: number): string {
  const ones = value % 10;
  if (value < 10) return CHINESE_DIGITS[value] ?? '';
  const tens = Math.floor(value / 10);
  return `${tens > 1 ? (CHINESE_DIGITS[tens] ?? '') : ''}十${ones > 0 ? (CHINESE_DIGITS[ones] ?? '') : ''}`;
}

/** The ordinal of a numbered group: 第三组, 3组, 三小组, 第3村民小组 → 3; null for a named one. */
export function groupOrdinal(text: string): number | null {
  const match = /^第?([\d一二三四五六七八九十]{1,3})(?:(?:村民)?小?组|队)?$/.exec(
    ascii(text).replace(/\s/g, ''),
  );
  const ordinal = smallNumber(match?.[1] ?? '');
  return ordinal === 0 ? null : ordinal;
}

/** Numbered groups in one spelling (第三组), named ones as they are. */
export function cleanGroup(text: string): string {
  const ordinal = groupOrdinal(text);
  return ordinal === null ? cleanName(orEmpty(text)) : `第${chineseNumber(ordinal)}组`;
}

/** A line or sheet name that can only be the name of a group. */
export function isGroupName(text: string): boolean {
  const plain = headerWord(text);
  return plain.length <= 12 && /(?:组|队|屯|庄|自然村)$/.test(plain);
}

/** Text a spreadsheet might run (=, +, -, @ first) or a browser might (markup). Figures and dashes are not. */
export function isHostile(text: string): boolean {
  if (/<[a-z!/?]/i.test(text)) return true;
  return /^[=+\-@＝＋－＠]/.test(text) && !/^[-+\d\s.,%()（）]*$/.test(ascii(text)) && !isNothing(text);
}

interface Phone {
  readonly digits: string | null;
  /** Something in the cell was not understood or was a second number. */
  readonly partly: boolean;
}

const PHONES_WITHIN = [
  /(?<!\d)(?:86)?1[3-9]\d[\s-]?\d{4}[\s-]?\d{4}(?!\d)/,
  /(?<!\d)0\d{2,3}[\s-]?[2-9]\d{6,7}(?!\d)/,
  /(?<![\d-])[2-9]\d{6,7}(?![\d-])/,
];

/**
 * The mobile or landline number in a cell; spaces, dashes and +86 do not matter. If there are several, the first
 * mobile.
 */
export function parsePhone(text: string): Phone {
  const whole = phoneDigits(text);
  if (whole !== null) return { digits: whole, partly: false };
  const found = PHONES_WITHIN.map((pattern) => pattern.exec(ascii(text))?.[0]).find(
    (match) => match !== undefined,
  );
  return { digits: found === undefined ? null : phoneDigits(found), partly: true };
}

function phoneDigits(text: string): string | null {
  const digits = ascii(text)
    .replace(/[\s().-]/g, '')
    .replace(/^(?:\+|00)?86(?=1\d{10}$)/, '');
  return /^(?:1[3-9]\d{9}|0\d{2,3}[2-9]\d{6,7}|[2-9]\d{6,7})$/.test(digits) ? digits : null;
}

/** A whole number as people write it: 3, ３, 3人, 三口, 3.0. */
export function parseCount(text: string): number | null {
  const plain = ascii(text)
    .replace(/[人口位名个户件次张]$/u, '')
    .replace(/\.0+$/, '');
  if (/^\d{1,9}$/.test(plain)) return Number(plain);
  return smallNumber(plain);
}

/** Numbers of one household written differently (3, 003) have one key. */
export function numberKey(number: string): string {
  return ascii(number)
    .replace(/^0+(?=\d+$)/, '')
    .toUpperCase();
}
