/** Reminders before a deduction, as other rooms ask about them. */
export { dueDeductions } from './due.ts';
export { remind } from './remind.ts';
export { remindersAbout, reminderTaker, termsAdded } from './reminded.ts';
export type { ReminderAt } from './reminder-at.ts';
export { findReminder, standingOf } from './reminder-rows.ts';
export { agree, close, deliver, tell } from './take-step.ts';
export { ownRemindersToRead, remindersToDo } from './to-do.ts';
