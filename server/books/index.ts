/** The books as the office sees them: entries, sums, proofs, and the whole book for other programs. */
export {
  BookWentBack,
  checkHeads,
  goneHead,
  type HeadPlaces,
  keepHeads,
  notedHeads,
  NoteUnreadable,
} from './rollback-guard.ts';
export { firstGone, type GoneHead, type KnownHead, WENT_ON } from './known-heads.ts';
export { bookerNames, bookerNamesThen } from './names.ts';
export { dailyVerification } from './daily-verification.ts';
export { badHead, createVerifier, type Verifier } from './verifier.ts';
export { wholeBook } from './whole-book.ts';
