import { householdNumberKey } from './number.ts';

/**
 * A household's number is a few digits, so that it can be typed on every pad. The number that the village's own papers
 * use (SQ-0001, 柳林-1-3) is kept beside it, and finds the household wherever it means one alone.
 */

/** The longest number of a village's own papers that is kept. */
export const ORIGINAL_NUMBER_MOST = 40;

/** Whether the village's own number can be the household's number as it is. */
export function isShortNumber(number: string): boolean {
  return /^\d{1,6}$/.test(number);
}

/**
 * The key of a number that is not only digits: its digits, then its form. SQ-0001, sq1 and ＳＱ 1 have the key `1|SQ-#`,
 * so keys that begin with `1|` are those of the numbers whose digits are 1.
 */
export function originalNumberKey(text: string): string {
  const tokens = tokensOf(text);
  const digits = tokens.filter(isDigits).map((run) => run.replace(/^0+(?=\d)/, ''));
  return `${digits.join('-')}|${tokens.map((token) => (isDigits(token) ? '#' : token)).join('-')}`;
}

/** The key by which a household is found besides its number; null: it is found by its number alone. */
export function keptOriginalKey(number: string, originalNumber: string | null): string | null {
  if (originalNumber !== null) return originalNumberKey(originalNumber);
  return isDigits(number) ? null : originalNumberKey(number);
}

/** The keys of the households that a typed number may mean. */
export interface SoughtNumber {
  readonly numberKey: string;
  /** Original keys from here to there, both included. */
  readonly from: string;
  readonly to: string;
}

export function soughtNumber(typed: string): SoughtNumber {
  const key = originalNumberKey(typed);
  const digits = key.slice(0, key.indexOf('|') + 1);
  const isDigitsOnly = digits !== '|' && /^[#-]+$/.test(key.slice(digits.length));
  return {
    numberKey: householdNumberKey(typed),
    from: isDigitsOnly ? digits : key,
    // The sign after |: nothing that begins with the digits and | is greater.
    to: isDigitsOnly ? `${digits.slice(0, -1)}}` : key,
  };
}

interface Numbered {
  readonly number: string;
  readonly numberKey: string;
  readonly originalNumber: string | null;
  readonly originalKey: string | null;
}

/**
 * The one household that a typed number means: whose number it is, else whose original number is written like this, else
 * the only one whose original number has this key or these digits. Undefined where it could mean two.
 */
export function meantBy<H extends Numbered>(typed: string, households: readonly H[]): H | undefined {
  const { numberKey } = soughtNumber(typed);
  return (
    households.find((household) => household.numberKey === numberKey) ?? meantByOriginal(typed, households)
  );
}

/** The same by original numbers alone. */
export function meantByOriginal<H extends Numbered>(typed: string, households: readonly H[]): H | undefined {
  const { from, to } = soughtNumber(typed);
  const near = households.filter(({ originalKey }) => isWithin(originalKey, from, to));
  const written = tokensOf(typed).join('-');
  const alike = near.filter((one) => tokensOf(one.originalNumber ?? one.number).join('-') === written);
  return alike.length > 0 ? only(alike) : only(near);
}

/** Runs of digits and of letters; signs between them only part them. */
function tokensOf(text: string): readonly string[] {
  return (
    text
      .normalize('NFKC')
      .toUpperCase()
      .match(/\d+|[\p{L}\p{M}]+/gu) ?? []
  );
}

function isWithin(key: string | null, from: string, to: string): boolean {
  return key !== null && key >= from && key <= to;
}

function only<H>(households: readonly H[]): H | undefined {
  return households.length === 1 ? households[0] : undefined;
}

function isDigits(token: string): boolean {
  return /^\d+$/.test(token);
}
