/** How many days the daily sweep keeps it. */
export const retentionDays = {
  /** Verifications that found the book sound; the latest of a village stays. */
  verifications: 31,
  /** Verifications that found something; the last of them stays. */
  failedVerifications: 1096,
} as const;
