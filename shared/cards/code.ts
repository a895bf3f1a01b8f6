/**
 * Card codes: twenty digits, the last a check digit. They mean nothing and are drawn at random, too many to be tried out
 * from any trace of them. Digits only, because Chinese input methods mangle letters typed by a USB scanner.
 */
export const CARD_CODE_DIGITS = 20;

/** Damm's table: catches every single wrong digit and every swap of two neighbours. */
const DAMM = [
  '0317598642',
  '7092154863',
  '4206871359',
  '1750983426',
  '6123045978',
  '3674209581',
  '5869720134',
  '8945362017',
  '9438617205',
  '2581436790',
] as const;

/** The digit that makes `digits` a code of the Damm scheme. */
export function cardCheckDigit(digits: string): string {
  let row = 0;
  for (const digit of digits) row = Number(DAMM[row]?.[Number(digit)]);
  return String(row);
}

/**
 * True if the text can be a card of ours; the first cards have twelve digits. It is never true for the barcode of an item,
 * so that one scan tells which it is.
 */
export function isCardCode(text: string): boolean {
  return (
    /^[1-9]\d{11}(\d{8})?$/.test(text) &&
    cardCheckDigit(text) === '0' &&
    (text.length === CARD_CODE_DIGITS || !isTwelveDigitBarcode(text))
  );
}

/** A new code; `randomInt(n)` answers 0…n−1 and must be unpredictable. */
export function drawCardCode(randomInt: (below: number) => number): string {
  // No zero in front: spreadsheets drop it.
  let digits = String(1 + randomInt(9));
  while (digits.length < CARD_CODE_DIGITS - 1) digits += String(randomInt(10));
  return digits + cardCheckDigit(digits);
}

/** Formats a code as it is printed: 1234 5678 9012. */
export function formatCardCode(code: string): string {
  return code.replace(/(\d{4})(?=\d)/g, '$1 ');
}

/** The last four digits, by which people tell cards apart. They open nothing. */
export function lastDigits(code: string): string {
  return code.slice(-4);
}

/** UPC-A, the one retail barcode that is as long as the first cards. None is as long as those after them. */
function isTwelveDigitBarcode(code: string): boolean {
  let sum = 0;
  Array.from(code).forEach((digit, index) => (sum += Number(digit) * (index % 2 === 0 ? 3 : 1)));
  return sum % 10 === 0;
}
