/** Changes that a second person agrees to: they are handed in, and carried out with the agreement. */
export { markOfChange } from './change-row.ts';
export { agreeToChange } from './decide.ts';
export { waitingFor } from './list.ts';
export { notePermitUsed, unusedPermits } from './permits.ts';
export { proposeChange } from './propose.ts';
