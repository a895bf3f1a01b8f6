import { actsHandlers } from './handlers.ts';
import { defineModule } from '../define-module.ts';

export const actsModule = defineModule({
  name: 'acts',
  handlers: actsHandlers,
  examples: async () => (await import('./examples.ts')).examples,
});
