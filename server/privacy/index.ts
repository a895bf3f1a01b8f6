/** Personal data: what ends by itself, and what two people end for a household. */
export { sweepDaily, type SweepOptions } from './daily.ts';
export { householdEraser } from './erase.ts';
export { type Sweep, sweep } from './sweep.ts';
