/** Hand-overs at a change of committee, as the books tell of them. */
export { type HandoverNow, readHandovers, sideOf, stateOf, wasLate } from './state.ts';
