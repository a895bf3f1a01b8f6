/** Objections, as other rooms ask about them. */
export { NO_OBJECTIONS, objectionsOfNotice, tallyOfNotices } from './published.ts';
export { objectionsToDo } from './to-do.ts';
