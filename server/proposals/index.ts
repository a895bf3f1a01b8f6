/** Awards, deductions and reversals as proposals. A second person decides them; approved ones are posted. */
export { createChange } from './change.ts';
export { type AwardWork, createAwards, createReversal, type NewAward } from './create.ts';
export { type Deed, withDeeds } from './deeds.ts';
export { decide, type Decision, type DecideWork, type EraseHousehold } from './decide.ts';
export { createErasure } from './erase.ts';
export { workOf } from './handlers.ts';
export { countWaiting } from './list.ts';
export {
  openingEntry,
  openingsNeedApproval,
  proposeOpenings,
  standingOpenings,
  waitingOpenings,
} from './opening.ts';
