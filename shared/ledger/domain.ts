export { entryKinds } from './core-entry-kinds.ts';
export { errors } from './errors.ts';
