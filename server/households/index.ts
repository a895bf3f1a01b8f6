/** Households and their PINs. Accounts and balances are the ledger's. */
export { mayBeMeant, numberColumns } from './by-number.ts';
export { findByName, type FoundHousehold } from './find.ts';
export { listGroups } from './list.ts';
export { householdRow } from './personal.ts';
export { confirmPin, pinSubject, setPin } from './pins.ts';
export {
  allHouseholds,
  findHousehold,
  getHousehold,
  householdById,
  type HouseholdName,
  householdNames,
  householdNumbers,
  type KnownHousehold,
  missingHouseholds,
  requireHouseholds,
  refuseErased,
} from './rows.ts';
export { closeHousehold, reopenHousehold } from './state.ts';
export { cardOf, toldOf } from './told-of.ts';
export {
  addHousehold,
  changedHousehold,
  changeHousehold,
  type HouseholdFields,
  newHousehold,
  type NewHousehold,
  setGoalOf,
} from './write.ts';
