/** The village itself: setting it up, its settings, and how it stands. */
export type { DemoLogins } from './handlers.ts';
export { rememberedHeads } from './dashboard.ts';
export { shopCover, type ShopCover, coverOf } from './summary.ts';
export {
  claimSetup,
  createVillage,
  needsSetup,
  type NewVillage,
  updateVillage,
  villagesSettings,
} from './villages.ts';
