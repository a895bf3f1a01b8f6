/** Changes that one person may not make alone. */
export { waitingFor } from './list.ts';
export { needSecond } from './need-second.ts';
