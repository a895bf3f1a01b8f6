/** The monthly points budget: awards take their points from the account of the month in which they are booked. */
export {
  type AwardToTake,
  budgetAccounts,
  type BudgetNow,
  budgetNow,
  fillOf,
  takenFrom,
} from './budget-now.ts';
export { giveBackMonths } from './close-months.ts';
export { loosensBudget, partsOf, partUnder } from './parts.ts';
export { refillMonth, refuseUnevenBudget } from './refill.ts';
