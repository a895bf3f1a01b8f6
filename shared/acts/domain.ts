export { endpoints } from './endpoints.ts';
export { permissions } from './permissions.ts';

/** An act moves nothing. Its facts say what was done. */
export const entryKinds = { act: { zh: '办事', en: 'Act' } } as const;
