/** Everything is handed over within so many days of the change (law.md). */
export const HANDOVER_DAYS = 10;
/** A change this long ago is no longer handed over as one. */
export const CHANGED_DAYS_MOST = 366;

/** One hands over, and one takes over. */
export const SIDES = ['from', 'to'] as const;
export type Side = (typeof SIDES)[number];

export const HANDOVER_STATES = ['open', 'signed', 'withdrawn'] as const;
export type HandoverState = (typeof HANDOVER_STATES)[number];
