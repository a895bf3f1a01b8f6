/** The program about itself. */
export { systemHandlers } from './handlers.ts';
