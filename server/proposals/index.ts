/** Proposals that a second person decides: awards, deductions, reversals, and every kind that another room adds. */
export { askedIn } from './asked.ts';
export { createChange } from './change.ts';
export { actAtOf } from './change-work.ts';
export {
  createAwards,
  createDeeds,
  createReversal,
  type NewAward,
  proposing,
  refuseClosed,
  refuseFarDay,
} from './create.ts';
export {
  type Announced,
  contestedOnNotice,
  deedsUnderWay,
  fatesOf,
  openNotices,
  putOnNotice,
  tallyUnannounced,
  unannounced,
  waitingOnNotice,
} from './announced.ts';
export { awardsUnderWay, withinBudget } from './awards-under-way.ts';
export {
  type ContestedDeed,
  contestedDeeds,
  deedInQuestion,
  objectionCame,
  objectionEnded,
} from './contest.ts';
export { type DeedToTry, type TryAt, tryDeeds, type TriedDeed } from './try-deeds.ts';
export {
  type Deed,
  type DeedSum,
  deedsOf,
  type FoundDeed,
  isShown,
  type OnDay,
  publicDeeds,
  sameDeeds,
} from './deeds.ts';
export { isJudged } from './judged-entries.ts';
export { awardedHouseholds, deedsByMonth } from './deed-months.ts';
export { concernsOfPosted } from './concerns.ts';
export { capStanding } from './cap-standing.ts';
export { decide, type Decision } from './decide.ts';
export { type ClockServices, decideByClock } from './decide-by-clock.ts';
export { askForErasure, createErasure, type EraseHousehold, refuseErasure } from './erase.ts';
export { actsOfSteps, toldSteps } from './told-steps.ts';
export {
  CLOCK,
  type HandedIn,
  refuseAdministrator,
  unlessAdministrator,
  whyNotSecond,
} from './may-decide.ts';
export { ownKinds } from './own-kinds.ts';
export { type DecideWork, type DecisionAt, entriesOfKind, type ProposalKindDef } from './proposal-kind.ts';
export type { KnownProposal } from './proposal-reads.ts';
export { countWaiting } from './list.ts';
export { seenTimes } from './seen-facts.ts';
export {
  openingEntry,
  openingProposals,
  openingsMovedSince,
  openingsNeedApproval,
  standingOpenings,
  waitingOpenings,
} from './opening.ts';
