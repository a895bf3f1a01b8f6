/**
 * Personal data: its removal by age, its erasure for a household by two people, and the file of all of it for the
 * household.
 */
export { householdEraser } from './erase.ts';
export { dailySweep, type Sweep, sweep } from './sweep.ts';
