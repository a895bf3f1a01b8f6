/** Random re-checks: what of them is still to be done, and the draw itself. */
export { drawAwards } from './draw.ts';
export { readAwards } from './drawn-awards.ts';
export { recheckToDo } from './list.ts';
export { entriesOfMonth, monthsBefore } from './month-entries.ts';
