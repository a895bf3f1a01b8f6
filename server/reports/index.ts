/** Reports by phone, as other rooms ask about them. */
export { phoneReports } from './phone-reports.ts';
export { reportsToDo } from './to-do.ts';
