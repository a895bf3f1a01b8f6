/** Documents as they were when they were signed or published, frozen to the byte. */
export { type Draft, freeze, OPENING_ID, sha256 } from './freeze.ts';
export { findDocument } from './find.ts';
