/** Why the pieces on the shelf differ from the book, as the volunteer says. */
export const COUNT_REASONS = ['broken', 'gave_less', 'gave_more', 'other', 'unknown'] as const;

export type CountReason = (typeof COUNT_REASONS)[number];

/** So many of the items handed out most are counted. */
export const COUNTED_ITEMS = 8;
