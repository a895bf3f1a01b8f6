export {
  ACT_FACT,
  actEntry,
  AGREED_FACT,
  agreedFacts,
  bookActs,
  changedFields,
  IS,
  thingFactName,
  thingOfFact,
  toldThing,
  type ToldThing,
  WAS,
} from './book-acts.ts';
export { isAct, toldText } from './act-facts.ts';
export { type ActBy, bookAnyway, bookInEveryVillage, BY_COMMAND_LINE, BY_SERVER } from './book-anyway.ts';
export { type CheckAt, runChecks, type StartCheck } from './book-checks.ts';
export { type Told, ToldThings } from './compare-things.ts';
export { commandLineAt } from './command-line-at.ts';
export { lastRestoreMs } from './last-restore.ts';
export { type ActNames, shownActs } from './list.ts';
export { type PlannedAct, shownPlans } from './planned-act.ts';
export { type NamesThen, type NameThen, namesThen, PROGRAM_NAMES } from './names-then.ts';
export { ERASED, type ToldAct } from './told-acts.ts';
export { badTold, firstWrong, type ToldColumn, ToldFields } from './told-fields.ts';
