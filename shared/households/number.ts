/** Household numbers are text in the village's own style ("003", "2-15", "东12"); these bring them in order. */

/**
 * The key of a household number: 3, ００3 and 003 are the same household. Keys sort, as plain text, in the order people
 * count (2 before 10): each run of digits is preceded by its length.
 */
export function householdNumberKey(number: string): string {
  const plain = number.normalize('NFKC').replace(/\s+/g, '').toUpperCase();
  const whole = /^0*(\d+)$/.exec(plain)?.[1];
  if (whole !== undefined) return counted(whole);
  // Inside a longer number leading zeros may tell two households apart, so they stay visible in the key.
  return plain.replace(
    /0*(\d+)/g,
    (run: string, digits: string) => counted(digits) + '!'.repeat(run.length - digits.length),
  );
}

/** The number after the largest plain one, written as wide as the village writes them; three digits in an empty village. */
export function nextHouseholdNumber(numbers: Iterable<string>): string {
  let largest = 0n;
  let width = 0;
  let any = false;
  for (const number of numbers) {
    // A number holds twenty digits: the one after the largest must still be one.
    if (!/^\d{1,19}$/.test(number)) continue;
    any = true;
    const value = BigInt(number);
    if (value > largest) largest = value;
    if (number.startsWith('0')) width = Math.max(width, number.length);
  }
  return String(largest + 1n).padStart(any ? width : 3, '0');
}

function counted(digits: string): string {
  return String(digits.length).padStart(2, '0') + digits;
}
