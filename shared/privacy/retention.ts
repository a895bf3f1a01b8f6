/** How many days the daily sweep leaves what has outlived its reason (server/privacy). docs/privacy.md says why. */
export const RETENTION_DAYS = {
  /** Wrong passwords and PINs, and looks without a card, counted by person or by a fingerprint of the address. */
  wrongTries: 1,
  /** Log-ins that ended: the kind of phone, and who helped on it. */
  endedLogIns: 30,
  /** Answers kept for a repeated request that hold a new PIN, password or code (encrypted). */
  secretAnswers: 7,
  /** All other answers kept for a repeated request: they name households. */
  answers: 90,
  /** Rosters and balances that were read and not written. */
  unconfirmedImports: 7,
  /** Verifications that found the book sound; the latest of a village stays. */
  verifications: 31,
  /** Verifications that found something; the last of them stays. */
  failedVerifications: 1096,
  /** Photos that were handed in and nothing shows. */
  unusedPhotos: 31,
  /** Photos of deeds that were withdrawn. */
  withdrawnPhotos: 31,
  /** Photos of deeds that were sent back and not taken up again. */
  returnedPhotos: 180,
  /** Photos of deeds that were posted: as long as somebody may still go to law over them. */
  deedPhotos: 1096,
} as const;
