/** Looks through texts that go public, as other rooms ask for it. */
export { type FindingsOf, findingsOf, refuseUnfitTexts } from './findings.ts';
