/** Personal data: what ends by itself, what two people end for a household, and all of it for the household to have. */
export { householdEraser } from './erase.ts';
export { dailySweep, type Sweep, sweep } from './sweep.ts';
