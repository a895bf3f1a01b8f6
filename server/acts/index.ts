export { bookActs } from './book-acts.ts';
export { type ActBy, bookAnyway, bookInEveryVillage, BY_COMMAND_LINE, BY_SERVER } from './book-anyway.ts';
export type { ActNames } from './list.ts';
