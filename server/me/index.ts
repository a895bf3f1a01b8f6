/** A household's own page, behind card and PIN. */
export { refuseHelper } from './goal.ts';
