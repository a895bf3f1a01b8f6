/** How many days the daily sweep keeps it. */
export const retentionDays = {
  /** Answers kept for a repeated request that hold a new PIN, password or code (encrypted). */
  secretAnswers: 7,
  /** All other answers kept for a repeated request: they name households. */
  answers: 90,
} as const;
