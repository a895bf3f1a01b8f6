/** Proposals are sent back for these reasons again and again. */
export const RETURN_REASONS = ['no_photo', 'twice', 'points', 'rule', 'who', 'day'] as const;

/** The reasons in a text, as they were put together. */
export function reasonsIn(text: string, and: string): string[] {
  return text.split(and).flatMap((one) => (one.trim() === '' ? [] : [one.trim()]));
}
