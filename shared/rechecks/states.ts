/** So many awards are drawn unless the meeting wants another number, and at most. */
export const DRAWN_USUALLY = 5;
export const DRAWN_MOST = 30;
/** The first draw of a month counts; more of them are additional, and marked so. */
export const DRAWS_A_MONTH_MOST = 5;
/** The largest number that is called out: six digits. */
export const CALLED_MOST = 999_999;

/** The findings about an award that was drawn. */
export const RECHECK_OUTCOMES = ['stood', 'failed', 'could_not_check'] as const;
export type RecheckOutcome = (typeof RECHECK_OUTCOMES)[number];

/** `reversed`: it was taken back before anybody looked. */
export const RECHECK_STATES = ['waiting', ...RECHECK_OUTCOMES, 'reversed'] as const;
export type RecheckState = (typeof RECHECK_STATES)[number];

/** Why this person may not be the one who looks. */
export const WHY_NOT_CHECK = ['role', 'administrator', 'settled', 'own_entry', 'own_household'] as const;
export type WhyNotCheck = (typeof WHY_NOT_CHECK)[number];
