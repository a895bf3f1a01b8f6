/**
 * How the server answers a row. `booked`: as the counter asked. `late`: it had happened before the server heard of it,
 * and is booked with what would have stood against it. `declined`: a rule says no, and nothing was handed out.
 * `refused`: it is not a row of ours, or a person has settled it. `waiting`: a row before it, on which it depends, has
 * not come yet; it is sent again.
 */
export const OUTBOX_ANSWERS = ['booked', 'late', 'declined', 'refused', 'waiting'] as const;
export type OutboxAnswer = (typeof OUTBOX_ANSWERS)[number];

/** A batch has at most so many rows. */
export const ROWS_A_BATCH = 50;
/** So many rows of a shift are settled in one go. */
export const SETTLED_TOGETHER_MAX = 200;
/** The most characters of a row's body. */
export const ROW_BODY_MAX = 16_000;
