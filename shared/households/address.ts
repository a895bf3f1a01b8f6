/** Digits as they are written in addresses: 12, 十二. */
const N = '[\\d一二三四五六七八九十百]+';
const ADDRESS = new RegExp(
  [
    '门牌',
    `(?:路|街|巷|弄|胡同|大道)[^\\d]{0,4}${N}`,
    `${N}(?:排|栋|幢|座|号楼|单元|巷|弄)`,
    `(?:排|栋|幢|单元|楼)${N}`,
    `(?:村|社区|镇|乡|屯|庄|寨)(?:\\d|第?${N}(?:村民)?(?:小?组|队|社|号))`,
    `${N}(?:村民)?(?:小?组|队|社)-?${N}`,
    `\\p{Script=Han}{2,}${N}号`,
  ].join('|'),
  'u',
);

/** Whether a text says where somebody lives (柳林村1组1, 3排5号, 光明路12号) rather than numbers a household. */
export function looksLikeAddress(text: string): boolean {
  return ADDRESS.test(text.normalize('NFKC').replace(/\s+/g, ''));
}

/** A household's number as it may be printed or shown in public: an address is left out. */
export function publicNumber(number: string): string {
  return looksLikeAddress(number) ? '' : number;
}
