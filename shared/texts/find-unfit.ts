import type { Finding, UnfitKind } from './kinds.ts';
import { hasIdentityNumber } from './identity-number.ts';
import { LABEL, withoutNoLabels } from './labels.ts';

/** A text in plain signs without gaps that hide nothing, and the place of each sign in what was written. */
interface Plain {
  readonly text: string;
  readonly places: readonly number[];
  /** Behind the last sign. */
  readonly end: number;
}

interface KnownNames {
  /** Whole names of people who did not agree to be named. */
  readonly names?: readonly string[];
  /** The village's own groups: 三组, 东街 2 组. They are no addresses. */
  readonly groups?: readonly string[];
}

/** Spaces, dashes and dots between two digits. */
const GAP = '[ \\-–—_.·]{0,2}';
const SEPARATED = '[ \\-–—_.·]{1,2}';
const AFTER = '(?!\\d)';
const BEFORE = '(?<!\\d)(?<!\\d\\.)';
const digits = (count: number) => `\\d(?:${GAP}\\d){${String(count - 1)}}`;
const every = (...patterns: readonly string[]) => patterns.map((pattern) => new RegExp(pattern, 'giu'));

/** Long numbers that are looked at again: identity cards of 18 and 15 signs, bank cards of 16 to 19. */
const LONG = every(
  `${BEFORE}${digits(17)}${GAP}[\\dX](?![\\dX])`,
  ...[19, 17, 16, 15].map((count) => `${BEFORE}${digits(count)}(?![\\dX])`),
);

/** A mobile phone in the groups in which people write it, or with a gap after each digit. */
const MOBILE = [
  ...[`1[3-9]\\d${GAP}\\d{4}${GAP}\\d{4}`, `1[3-9]\\d${GAP}\\d{3}${GAP}\\d{5}`, `1[3-9]\\d{3}${GAP}\\d{6}`],
  ...[`1[3-9]\\d{2}${GAP}\\d{3}${GAP}\\d{4}`, `1[3-9]\\d{2}${GAP}\\d{4}${GAP}\\d{3}`],
  ...[`1${SEPARATED}[3-9](?:${SEPARATED}\\d){9}`],
].join('|');
const SAID_TO_BE_A_PHONE = '(?:电话|座机|手机|热线|联系方式|微信|QQ|tel|phone)';
const PHONES = every(
  `${BEFORE}(?:\\+?86${GAP})?(?:${MOBILE})${AFTER}`,
  // A landline with the code of its place.
  `${BEFORE}\\(?0(?:10|2\\d|[3-9]\\d{2})\\)?${GAP}[2-8]\\d{2,3}${GAP}\\d{4}${AFTER}`,
  `${BEFORE}[48]00${GAP}\\d{3}${GAP}\\d{4}${AFTER}`,
  // Six digits and more behind a word for it. 电话 110 and 12345 are no secret.
  `(?<=${SAID_TO_BE_A_PHONE}号?码?[^\\d\\p{Script=Han}]{0,3})${digits(6)}(?:${GAP}\\d){0,6}${AFTER}`,
);

const N = '[\\d一二三四五六七八九十百零〇]+';
/** Things that are numbered in a village and are nobody's home. */
const THINGS =
  '(?!机井|水井|井|路灯|灯|电?杆|水?渠|支渠|塘|坑|线|泵|变压器|台区|库|大?棚|仓|地|桥|涵|闸|公告|文|凭证|令|通知|公示|机|车|岗|展|宣传|票)';
const ADDRESSES = every(
  `(?:住在?|家住|住址:?)[^\\s,，。;；\\d]{0,8}第?${N}(?:排|号|巷|弄|栋)`,
  '门牌号?码?[:：]?[\\d一二三四五六七八九十百零]*',
  // A place and a number: 建设路18号, 三组12号, 柳林村8号. The 5th of a month is none.
  `(?:${N})?(?:路|街|大道|巷|胡同|弄|村|庄|组|队|屯|湾|沟|寨|小区|社区|院)第?${N}号(?:院|楼)?${THINGS}`,
  // Houses of several storeys: 5号楼2单元301室, 3栋2层.
  `${N}(?:号楼|栋|幢|座)(?:第?${N}(?:单元|号|室|层|户))+`,
  `${N}(?:号楼|号院|单元)(?:第?${N}(?:室|号|户|层))?`,
  `${BEFORE}\\d{3,4}室(?!内|外|温)`,
  // 3排5号, 三组第六户. 三组20户 is a number of households.
  `${N}(?:排|组|队|巷|弄)第${N}(?:户|家)`,
  `${N}(?:排|巷|弄)第?${N}(?:号|户|家)`,
);

/** Finds everything in a text that may not go public, in the order in which it stands there. */
export function findUnfit(written: string, known: KnownNames = {}): Finding[] {
  const plain = plainOf(written);
  const found: Finding[] = [];
  for (const candidate of candidatesIn(plain, known)) {
    const piece = pieceOf(written, plain, candidate);
    if (!found.some((other) => isWithin(piece, other))) found.push({ ...piece, kind: candidate.kind });
  }
  return found.sort((one, other) => one.at - other.at);
}

interface Candidate {
  readonly kind: UnfitKind;
  /** Its place among the plain signs. */
  readonly from: number;
  readonly length: number;
}

/** The surest comes first: the digits of an identity number are no phone as well. */
function candidatesIn({ text }: Plain, { names = [], groups = [] }: KnownNames): Candidate[] {
  const fit = (kind: UnfitKind, patterns: readonly RegExp[], isOne: (piece: Piece) => boolean = () => true) =>
    patterns.flatMap((pattern) =>
      each(text, pattern)
        .filter(isOne)
        .map(({ from, words }) => ({ kind, from, length: words.length })),
    );
  const own = groups.map((group) => plainOf(group).text);
  return [
    ...fit('identity', LONG, ({ words }) => hasIdentityNumber(words)),
    ...fit('phone', PHONES),
    ...names.flatMap((name) => {
      const { text: words } = plainOf(name);
      return placesOf(text, words).map((from) => ({ kind: 'name' as const, from, length: words.length }));
    }),
    ...fit('address', ADDRESSES, (piece) => !isOfGroup(text, piece, own)),
    ...each(withoutNoLabels(text), LABEL).map(({ from, words }) => ({
      ...{ kind: 'label' as const, from, length: words.length },
    })),
  ];
}

/** The piece as it is written, with the gaps within it. */
function pieceOf(
  written: string,
  { places, end }: Plain,
  { from, length }: Candidate,
): Omit<Finding, 'kind'> {
  const at = places[from] ?? 0;
  const last = places[from + length - 1] ?? at;
  const next = places.find((place) => place > last) ?? end;
  return { piece: written.slice(at, next).trim(), at };
}

function isWithin(one: Omit<Finding, 'kind'>, other: Finding): boolean {
  return one.at >= other.at && one.at + one.piece.length <= other.at + other.piece.length;
}

/** Whether these signs are part of the name of an own group. */
function isOfGroup(text: string, { from, words }: Piece, groups: readonly string[]): boolean {
  return groups.some((group) =>
    placesOf(text, group).some((at) => at <= from && from + words.length <= at + group.length),
  );
}

function placesOf(text: string, words: string): number[] {
  const places: number[] = [];
  if (words === '') return places;
  for (let at = text.indexOf(words); at >= 0; at = text.indexOf(words, at + 1)) places.push(at);
  return places;
}

interface Piece {
  readonly from: number;
  readonly words: string;
}

/** Every place where a pattern fits, also where one begins within another. */
function each(text: string, pattern: RegExp): Piece[] {
  const found: Piece[] = [];
  pattern.lastIndex = 0;
  for (let match = pattern.exec(text); match && match[0] !== ''; match = pattern.exec(text)) {
    found.push({ from: match.index, words: match[0] });
    pattern.lastIndex = match.index + 1;
  }
  pattern.lastIndex = 0;
  return found;
}

const HAN_DIGITS = '零一二三四五六七八九';
/** A phone number in words: 一三九〇〇… Shorter ones are numbers of people and days. */
const SPOKEN = /[零〇一二三四五六七八九幺]{11,18}/gu;
const HAN = /\p{Script=Han}/u;

/** Full width becomes plain, a space beside a Chinese character goes, and long numbers in words become digits. */
function plainOf(written: string): Plain {
  let [text, at] = ['', 0];
  const places: number[] = [];
  for (const sign of written) {
    const unit = sign.normalize('NFKC');
    text += unit;
    places.push(...Array.from({ length: unit.length }, () => at));
    at += sign.length;
  }
  const spelled = text.replace(SPOKEN, (words) => Array.from(words, digitOf).join(''));
  const kept = places.map((_, index) => index).filter((index) => isKept(spelled, index));
  return {
    text: kept.map((index) => spelled[index]).join(''),
    places: kept.map((index) => places[index] ?? 0),
    end: written.length,
  };
}

function digitOf(word: string): string {
  if (word === '〇') return '0';
  return String(HAN_DIGITS.indexOf(word === '幺' ? '一' : word));
}

/** A space hides nothing beside a Chinese character. Between digits and letters it stays. */
function isKept(text: string, index: number): boolean {
  if (!/\s/u.test(text[index] ?? '')) return true;
  const before = text.slice(0, index).trimEnd().at(-1) ?? '';
  const after = text.slice(index).trimStart().at(0) ?? '';
  return !HAN.test(before) && !HAN.test(after);
}
