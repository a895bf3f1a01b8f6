/**
 * Identity numbers are never kept nor shown. Bank card numbers look alike (15 to 19 digits) and are no concern of
 * ours either, so both are cut out of any text.
 */
const D = '[0-9０-９]';
const X = '[0-9０-９XxＸｘ]';
const GAP = '[\\s\\-－—]?';
const BIRTHDAY = `(?:19|20|１９|２０)${D}{2}[01０１]${D}[0-3０-３]${D}`;
const LABEL = '(?:(?:居民)?身份证(?:号码?)?|银行卡号?|卡号|证件号码?)?[:：]?\\s*';

const PATTERN = new RegExp(
  `${LABEL}(?<!${D})(?:${D}{17}${X}|${D}{16,19}|${D}{6}${GAP}${BIRTHDAY}${GAP}${D}{3}${X}|${D}{8}[01０１]${D}[0-3０-３]${D}{4})(?!${D})`,
  'g',
);

export function withoutIdentityNumbers(text: string): { text: string; found: boolean } {
  if (text.length < 15) return { text, found: false };
  const clean = text.replace(PATTERN, ' ');
  if (clean === text) return { text, found: false };
  const left = clean.replace(/\s+/g, ' ').trim();
  return { text: /[\p{L}\p{N}]/u.test(left) ? left : '', found: true };
}
