/** How many days the daily sweep keeps it. */
export const retentionDays = {
  /** Photos of deeds that were withdrawn. */
  withdrawnPhotos: 31,
  /** Photos of deeds that were sent back and not taken up again. */
  returnedPhotos: 180,
  /** Photos of deeds that were posted: as long as somebody may still go to law over them. */
  deedPhotos: 1096,
} as const;
