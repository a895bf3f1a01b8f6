/** The books as the office sees them: entries, sums, proofs, and the whole book for other programs. */
export { BookWentBack, checkHeads, keepHeads } from './rollback-guard.ts';
export { bookerNames, bookerNamesThen } from './names.ts';
export { dailyVerification } from './daily-verification.ts';
export { createVerifier, type Verifier } from './verifier.ts';
export { wholeBook } from './whole-book.ts';
