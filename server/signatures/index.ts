/** What was signed, on the frozen bytes of what. This door leads to no other domain: the village freezes its opening here. */
export { checkSignatures } from './check.ts';
export { freeze, OPENING_ID } from './freeze.ts';
export { unsignedOpening } from './opening-state.ts';
