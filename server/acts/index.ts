export { actEntry, bookActs } from './book-acts.ts';
export type { ActNames } from './list.ts';
