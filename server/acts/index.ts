export { actEntry, bookActs } from './book-acts.ts';
export { commandLineAt } from './command-line-at.ts';
export type { ActNames } from './list.ts';
export { type NamesThen, type NameThen, namesThen, PROGRAM_NAMES } from './names-then.ts';
