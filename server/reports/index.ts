/** Reports by phone, as other rooms ask about them. */
export { reportsToDo } from './to-do.ts';
