/** The lists of objections that somebody may ask for: `overdue` are those of `open` that are over their day. */
export const LIST_FILTERS = ['open', 'overdue', 'appealed', 'answered', 'all'] as const;
export type ListFilter = (typeof LIST_FILTERS)[number];
