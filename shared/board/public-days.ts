/**
 * For how many days the board gives out what names a household or a donor. Afterwards the server no longer does
 * (docs/privacy.md, In public).
 */
export const PUBLIC_DAYS = {
  /** A good deed, from the day on which it was booked. */
  deeds: 92,
  /** Thanks to a donor, from the day of the gift. */
  thanks: 92,
  /** A notice with a deed that cannot be posted yet, from the day on which its points were to move. */
  notices: 31,
} as const;
