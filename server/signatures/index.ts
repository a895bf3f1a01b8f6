/** The supervisor's signatures: on the opening of the books, and on the list of what there was to look at. */
export { whatIsSigned } from './next.ts';
export { unsignedOpening } from './opening-state.ts';
export { lastWeek } from './week.ts';
export { maySign, sign, type SigningAt, writeSignature } from './sign.ts';
