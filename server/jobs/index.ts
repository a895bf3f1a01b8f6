/** Work that the server does by itself, and leases by which one of several processes does it for all. */
export { prolongLease, releaseLease, takeFreeLease } from './leases.ts';
export { type Job, type JobRun, type RunningJobs, startJobs } from './runner.ts';
