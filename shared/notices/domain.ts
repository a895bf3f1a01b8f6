export { endpoints } from './endpoints.ts';
export { errors } from './errors.ts';
