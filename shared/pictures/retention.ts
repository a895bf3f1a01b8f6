/** How many days the daily sweep keeps it. */
export const retentionDays = {
  /** Photos that were handed in and nothing shows. */
  unusedPhotos: 31,
} as const;
