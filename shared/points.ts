/**
 * Points arithmetic. A point is stored as an integer number of hundredths, so judges' averages (halves,
 * thirds rounded by the village) stay exact. Points never pass through floating point.
 */

/** Largest amount the program accepts in one figure: far above any village, far below 2^53. */
export const AMOUNT_MAX = 1_000_000_000_000;

/** True for an integer that can be an amount in hundredths, fen or pieces. */
export function isAmount(value: unknown): value is number {
  return typeof value === 'number' && Number.isSafeInteger(value) && Math.abs(value) <= AMOUNT_MAX;
}

/**
 * Reads a figure as people write it ("12", "+5", "-2.5", "１２．５", "1,200") into hundredths.
 * Returns null for anything else, for more than two decimals, and for figures above AMOUNT_MAX.
 */
export function parseHundredths(text: string): number | null {
  const plain = text
    .normalize('NFKC')
    .replace(/[\s_]/g, '')
    .replace(/[\u2212\u2010-\u2015]/g, '-');
  const match = /^([+-]?)(\d{1,3}(?:,\d{3})+|\d{1,12})(?:\.(\d{1,2}))?$/.exec(plain);
  if (!match) return null;
  const [, sign, whole = '', fraction = ''] = match;
  const value = Number(whole.replaceAll(',', '')) * 100 + Number(fraction.padEnd(2, '0'));
  if (!isAmount(value)) return null;
  return sign === '-' && value !== 0 ? -value : value;
}

/** Shows hundredths without trailing zeros: 1200 → "12", 1250 → "12.5", -5 → "-0.05". */
export function formatHundredths(hundredths: number): string {
  if (!isAmount(hundredths)) throw new RangeError(`not an amount: ${String(hundredths)}`);
  const digits = Math.abs(hundredths).toString().padStart(3, '0');
  const fraction = digits.slice(-2).replace(/0+$/, '');
  const sign = hundredths < 0 ? '-' : '';
  return `${sign}${digits.slice(0, -2)}${fraction ? `.${fraction}` : ''}`;
}

/** Shows fen as yuan with two decimals: 1250 → "12.50". */
export function formatFen(fen: number): string {
  if (!isAmount(fen)) throw new RangeError(`not an amount: ${String(fen)}`);
  const digits = Math.abs(fen).toString().padStart(3, '0');
  return `${fen < 0 ? '-' : ''}${digits.slice(0, -2)}.${digits.slice(-2)}`;
}

/** Points as people write them: 1250 hundredths → 12.5. */
export function pointsNumber(hundredths: number): number {
  return Number(formatHundredths(hundredths));
}
