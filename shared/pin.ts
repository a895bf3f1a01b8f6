/** PINs of households and volunteers: six digits, none that a neighbour would try first. */
export const PIN_DIGITS = 6;

/** `randomInt(n)` answers 0…n−1 and must be unpredictable. */
export function drawPin(randomInt: (below: number) => number): string {
  for (;;) {
    const pin = String(randomInt(10 ** PIN_DIGITS)).padStart(PIN_DIGITS, '0');
    if (!isEasyPin(pin)) return pin;
  }
}

/** Few different digits (111222), a staircase (123456, 864208), a repeated part (121212, 123123), or a mirror (123321). */
export function isEasyPin(pin: string): boolean {
  const digits = Array.from(pin, Number);
  if (new Set(digits).size <= 2) return true;
  const steps = new Set(digits.slice(1).map((digit, index) => (digit - (digits[index] ?? 0) + 10) % 10));
  if (steps.size === 1) return true;
  if (/^(\d{2,3})\1+$/.test(pin)) return true;
  return pin === Array.from(pin).reverse().join('');
}
