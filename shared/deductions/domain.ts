export { endpoints } from './endpoints.ts';
export { errors } from './errors.ts';
export { permissions } from './permissions.ts';
