/** Rounds, as other rooms ask about them. */
export { roundsToDo } from './to-do.ts';
