export { endpoints } from './endpoints.ts';
export { errors } from './errors.ts';
export { permissions } from './permissions.ts';
export { retentionDays } from './retention.ts';
