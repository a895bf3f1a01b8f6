/** Words before 村 that name no village. */
const NO_NAME =
  /^(?:全|本|我|各|农|乡|每|该|行政|自然|所属|所在|示范|文明|美丽|新农|智慧|平安|驻|城中|试点|中心|重点)$/;
/** County, town and other words that stand before a village's name. */
const BEFORE = /^.*(?:[省市县区镇乡]|街道|办事处|年度?|关于|单位)(?=.)/u;
/** 村民小组, 村规 and the like name no village; 村民委员会 and 村委会 stand after its name. */
const VILLAGE = /(\p{Script=Han}{1,16}?)(?:村(?!民(?!委员会)|规|务|级|干|集体|镇|庄|组)|社区)/gu;
const YEAR = /(20\d\d|二[〇零○Oo][〇零○Oo一二三四五六七八九]{2})\s*(?:年|[-/.]\d{1,2}(?!\d))/gu;
const DIGITS = '〇一二三四五六七八九';

/** The villages (李家, without 村) and years that a paper's title names. */
export function namedInTitle(text: string): { villages: string[]; years: number[] } {
  const plain = text.normalize('NFKC').replace(/\s+/g, '');
  const villages = Array.from(plain.matchAll(VILLAGE), ([, name = '']) => name.replace(BEFORE, ''));
  return {
    villages: villages.filter((name) => name !== '' && !/[镇乡县区市]$/u.test(name) && !NO_NAME.test(name)),
    years: Array.from(plain.matchAll(YEAR), ([, year = '']) => yearOf(year)),
  };
}

/** Whether a title names villages, and none of them is this one. */
export function namesOtherVillage(title: string, village: string): boolean {
  const { villages } = namedInTitle(title);
  const [own] = namedInTitle(village).villages;
  const name = (own ?? village)
    .normalize('NFKC')
    .replace(/\s+/g, '')
    .replace(/(?:村|社区)$/u, '');
  if (villages.length === 0 || title.normalize('NFKC').replace(/\s+/g, '').includes(name)) return false;
  return !villages.some((other) => name.includes(other));
}

/** Whether a title names years, and neither this one nor the last. */
export function namesOtherYear(title: string, thisYear: number): boolean {
  const { years } = namedInTitle(title);
  return years.length > 0 && !years.some((year) => year === thisYear || year === thisYear - 1);
}

const MONTH = /^(20\d\d)[年\-/.](\d{1,2})(?:月|$|[^\d])/u;

/** The last day of the month that a title names (2026年11月), YYYY-MM-DD; null where it names none. */
export function lastDayNamed(text: string): string | null {
  const plain = text.normalize('NFKC').replace(/\s+/g, '');
  for (const { index } of plain.matchAll(/20\d\d/g)) {
    const [, year = '', month = ''] = MONTH.exec(plain.slice(index)) ?? [];
    if (year === '' || Number(month) < 1 || Number(month) > 12) continue;
    return new Date(Date.UTC(Number(year), Number(month), 0)).toISOString().slice(0, 10);
  }
  return null;
}

function yearOf(text: string): number {
  const digits = Array.from(text, (sign) => {
    const digit = DIGITS.indexOf(/[零○Oo]/u.test(sign) ? '〇' : sign);
    return digit < 0 ? sign : String(digit);
  });
  return Number(digits.join(''));
}
