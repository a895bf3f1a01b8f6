export { endpoints } from './endpoints.ts';
export { permissions } from './permissions.ts';
