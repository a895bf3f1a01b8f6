/** Jobs that one of several processes does for all. */
export { prolongLease, releaseLease, takeFreeLease } from './leases.ts';
