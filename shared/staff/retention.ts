/** How many days the daily sweep keeps it. */
export const retentionDays = {
  /** Wrong passwords and PINs, and looks without a card, counted by person or by a fingerprint of the address. */
  wrongTries: 1,
  /** Log-ins that ended: the kind of phone, and who helped on it. */
  endedLogIns: 30,
} as const;
