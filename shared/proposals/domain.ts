export { endpoints } from './endpoints.ts';
export { entryKinds } from './entry-kinds.ts';
export { errors } from './errors.ts';
export { permissions } from './permissions.ts';
export { retentionDays } from './retention.ts';
export { proposalKinds } from './kinds.ts';
