/** Voluntary work days and other events: announced, signed in to, and awarded by what was signed. */
export { hasWorkdays } from './own.ts';
export { upcomingWorkdays, workdaysToDo } from './upcoming.ts';
