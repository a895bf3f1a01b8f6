export { ACT_FACT, actEntry, agreedFacts, bookActs, changedFields, toldThing } from './book-acts.ts';
export { type ActBy, bookAnyway, bookInEveryVillage, BY_COMMAND_LINE, BY_SERVER } from './book-anyway.ts';
export { commandLineAt } from './command-line-at.ts';
export { lastRestoreMs } from './last-restore.ts';
export { type ActNames, shownActs } from './list.ts';
export { type PlannedAct, shownPlans } from './planned-act.ts';
export { type NamesThen, type NameThen, namesThen, PROGRAM_NAMES } from './names-then.ts';
