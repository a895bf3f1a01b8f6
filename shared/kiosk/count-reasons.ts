/** Why the pieces on the shelf differ from the book, as the volunteer says. */
export const COUNT_REASONS = ['broken', 'gave_less', 'gave_more', 'other', 'unknown'] as const;

export type CountReason = (typeof COUNT_REASONS)[number];

/** The reasons that make sense where so many pieces are missing, or too many are there. */
export function reasonsFor(difference: number): readonly CountReason[] {
  return difference < 0 ? ['broken', 'gave_more', 'other', 'unknown'] : ['gave_less', 'other', 'unknown'];
}

/** So many of the items handed out most are counted. */
export const COUNTED_ITEMS = 8;
