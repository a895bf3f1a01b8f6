/** Households, their cards and PINs. Accounts and balances are the ledger's. */
export { type CardInk, giveCards } from './cards.ts';
export { eraseHousehold, personalTexts } from './erase.ts';
export { findByName, type FoundHousehold } from './find.ts';
export { cardUrl, type HouseholdsDeps, householdsHandlers } from './handlers.ts';
export { listGroups } from './list.ts';
export { cardsOf, householdRow } from './personal.ts';
export { pinSubject, setPin } from './pins.ts';
export {
  findHousehold,
  getHousehold,
  type HouseholdName,
  householdNames,
  missingHouseholds,
  refuseErased,
} from './rows.ts';
export { closeHousehold, reopenHousehold } from './state.ts';
export {
  addHousehold,
  addHouseholds,
  changeHousehold,
  type HouseholdFields,
  type NewHousehold,
  refuseTakenNumber,
  takenNumbers,
} from './write.ts';
