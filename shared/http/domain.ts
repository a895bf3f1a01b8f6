export { errors } from './errors.ts';
export { retentionDays } from './retention.ts';
