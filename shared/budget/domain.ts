export { endpoints } from './endpoints.ts';
export { entryKinds } from './entry-kinds.ts';
export { errors } from './errors.ts';
