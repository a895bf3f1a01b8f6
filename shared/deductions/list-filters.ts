/** The lists of reminders that somebody may ask for: of `open` ones something may still come. */
export const LIST_FILTERS = ['open', 'all'] as const;
export type ListFilter = (typeof LIST_FILTERS)[number];
