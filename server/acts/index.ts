export { bookActs } from './book-acts.ts';
export { lastRestoreMs } from './last-restore.ts';
export type { ActNames } from './list.ts';
