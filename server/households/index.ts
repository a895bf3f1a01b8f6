/** Households, their cards and PINs. Accounts and balances are the ledger's. */
export { type CardInk, giveCards } from './cards.ts';
export { cardUrl, type HouseholdsDeps, householdsHandlers, pinSubject, setPin } from './handlers.ts';
export { findByName, type FoundHousehold } from './find.ts';
export { getHousehold, missingHouseholds } from './rows.ts';
export {
  addHousehold,
  addHouseholds,
  changeHousehold,
  type HouseholdFields,
  type NewHousehold,
} from './write.ts';
