import { hoursOf } from '../../../shared/workdays/hours.ts';

/** The hours that can be chosen, from the longest down, as the fields of a form have them. */
export function hoursOptions(
  longest: number,
  step: number,
  label: (hours: number) => string,
): { value: string; label: string }[] {
  const count = Math.floor(longest / step);
  return Array.from({ length: count }, (_, index) => {
    const minutes = (count - index) * step;
    return { value: String(minutes), label: label(hoursOf(minutes)) };
  });
}
