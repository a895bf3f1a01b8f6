/** Periodic work, and leases by which one process works for all processes on a database. */
export { prolongLease, releaseLease, takeFreeLease } from './leases.ts';
export { type Job, type JobRun, type RunningJobs, startJobs } from './runner.ts';
