/** Changes that one person may not make alone. */
export { needSecond } from './need-second.ts';
