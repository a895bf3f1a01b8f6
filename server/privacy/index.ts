/** Personal data: what ends by itself. */
export { sweepDaily, type SweepOptions } from './daily.ts';
export { type Sweep, sweep } from './sweep.ts';
