import { defineModule } from '../define-module.ts';
import { addressHandlers } from './handlers.ts';

export const addressModule = defineModule({
  name: 'address',
  handlers: addressHandlers,
  examples: async () => (await import('./examples.ts')).examples,
});
