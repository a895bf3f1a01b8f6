import { defineModule } from '../define-module.ts';
import { textsHandlers } from './handlers.ts';

export const textsModule = defineModule({
  name: 'texts',
  handlers: textsHandlers,
  examples: async () => (await import('./examples.ts')).examples,
});
