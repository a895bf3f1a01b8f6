/** States of a numbered notice. `down`: it was taken down before its days were over, and counts for nothing until it hangs again. */
export const NOTICE_STATES = ['made', 'up', 'down', 'ended'] as const;
export type NoticeState = (typeof NOTICE_STATES)[number];

/**
 * A notice goes out without a supervisor's signature when none came within this time, and the mark 未经监督员审阅 stays on
 * it. If nobody holds the seat, it goes out at once with the same mark.
 */
export const REVIEW_HOURS = 48;

/** More hang only where the last ones were not taken down. */
export const NOTICES_ON_BOARD_MOST = 2;
/** A board shows so many deeds of a notice. The paper has all of them. */
export const DEEDS_ON_BOARD_MOST = 42;

/** So many deeds of a notice stand on one picture of the board. */
export const DEEDS_A_SLIDE = 7;

/** How a deed that a notice tells of stands. */
export const LINE_STATES = ['on_notice', 'contested', 'posted', 'recalled'] as const;
export type LineState = (typeof LINE_STATES)[number];
