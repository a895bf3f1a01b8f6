/** How many days the daily sweep keeps it. */
export const retentionDays = {
  /** The keys by which a slip is printed once. */
  printJobs: 1,
} as const;
