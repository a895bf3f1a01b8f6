/** The village itself: setting it up, its settings, and how it stands. */
export { actOfChange, actOfFounding } from './acts.ts';
export type { DemoLogins } from './handlers.ts';
export { rememberedHeads } from './dashboard.ts';
export { findLooks, spanBehind, spanSince } from './look.ts';
export { openBooks } from './opening.ts';
export { hasSupervisor, peopleOf } from './people.ts';
export { movedThisMonth, shopCover, type ShopCover, coverOf } from './summary.ts';
export {
  claimSetup,
  createVillage,
  needsSetup,
  newVillageId,
  type NewVillage,
  updateVillage,
  villagesSettings,
} from './villages.ts';
