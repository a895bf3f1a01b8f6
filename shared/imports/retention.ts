/** How many days the daily sweep keeps it. */
export const retentionDays = {
  /** Rosters and balances that were read and not written. */
  unconfirmedImports: 7,
} as const;
