/** A voluntary work day or another event for which people sign in. */

export const WORKDAY_STATES = ['announced', 'closed', 'cancelled'] as const;
export type WorkdayState = (typeof WORKDAY_STATES)[number];

/** The household's card was scanned; its number was typed; it was ticked on a paper list; it was entered late. */
export const SIGN_IN_WAYS = ['card', 'number', 'paper', 'late'] as const;
export type SignInWay = (typeof SIGN_IN_WAYS)[number];

/** Each hour counts, or whoever came gets the same. */
export const WORTH_KINDS = ['hour', 'fixed'] as const;
export type WorthKind = (typeof WORTH_KINDS)[number];

export const WORKDAY_TITLE_CHARACTERS = 30;
export const WORKDAY_PLACE_CHARACTERS = 40;
export const WORKDAY_REASON_CHARACTERS = 100;
export const MEMBER_CHARACTERS = 30;

/** A village does not come to more than this, and one commit takes the awards of all. */
export const ATTENDANCES_MOST = 1000;
/** A paper list is keyed in page by page. */
export const LIST_LINES_MOST = 60;
/** People sign in from so many minutes before it begins. */
export const EARLY_MINUTES = 60;
/** Nobody announces further ahead. */
export const AHEAD_DAYS_MOST = 366;

/** The part of a deed that tells of the attendance behind it: whoever kept the list does not decide it. */
export interface DeedAttendance {
  readonly attendanceId: string;
  /** It was signed in late, by two people. */
  readonly isLate: boolean;
  /** Everybody who signed in, signed out, or set the hours. */
  readonly keptBy: readonly string[];
}
