/** Objections, as other rooms ask about them. */
export { NO_OBJECTIONS, objectionsOfNotice, tallyOfNotices } from './published.ts';
export type { ObjectionAt } from './objection-at.ts';
export { findObjection } from './objection-row.ts';
export { receiveObjection, type Received } from './receive.ts';
export { takeStep } from './take-step.ts';
export { objectionsToDo } from './to-do.ts';
