/** The first two digits of an identity number: the provinces. */
const PROVINCES: ReadonlySet<string> = new Set([
  ...['11', '12', '13', '14', '15', '21', '22', '23', '31', '32', '33', '34', '35', '36', '37', '41', '42'],
  ...[
    '43',
    '44',
    '45',
    '46',
    '50',
    '51',
    '52',
    '53',
    '54',
    '61',
    '62',
    '63',
    '64',
    '65',
    '71',
    '81',
    '82',
    '83',
  ],
]);
const WEIGHTS = [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2];
const CHECK_DIGITS = '10X98765432';

/**
 * Whether a long number looks like an identity number or the number of a bank card. A number of 18 signs is one if its check
 * digit is right, or if place and date of birth are possible: then it may be one with a slip of the pen. The old form has
 * neither century nor check digit.
 */
export function hasIdentityNumber(written: string): boolean {
  const number = written.replace(/[^\dXx]/g, '').toUpperCase();
  if (number.length === 18 && isIdentity18(number)) return true;
  if (number.length === 15) return isPlace(number) && isDay(`19${number.slice(6, 12)}`);
  return isBankCard(number);
}

function isIdentity18(number: string): boolean {
  const sum = WEIGHTS.reduce((total, weight, index) => total + weight * Number(number[index]), 0);
  const isChecked = CHECK_DIGITS[sum % 11] === number[17];
  const isBorn = isPlace(number) && isDay(number.slice(6, 14));
  return isBorn || (isChecked && isPlace(number));
}

function isPlace(number: string): boolean {
  return PROVINCES.has(number.slice(0, 2));
}

/** Whether these eight digits are a day of the last two centuries. */
function isDay(digits: string): boolean {
  const [year, month, day] = [digits.slice(0, 4), digits.slice(4, 6), digits.slice(6, 8)].map(Number);
  if (year === undefined || month === undefined || day === undefined) return false;
  if (year < 1850 || year > 2100 || month < 1 || month > 12 || day < 1) return false;
  return day <= new Date(Date.UTC(year, month, 0)).getUTCDate();
}

/** Cards of the country begin with 62, others with 4 or 5; the last digit checks the others. */
function isBankCard(number: string): boolean {
  if (!/^(?:62\d{14,17}|[45]\d{15})$/.test(number)) return false;
  const sum = Array.from(number)
    .reverse()
    .reduce((total, digit, index) => {
      const value = Number(digit) * (index % 2 === 1 ? 2 : 1);
      return total + (value > 9 ? value - 9 : value);
    }, 0);
  return sum % 10 === 0;
}
