import { defineModule } from '../define-module.ts';
import { handoversHandlers } from './handlers.ts';

export const handoversModule = defineModule({
  name: 'handovers',
  handlers: handoversHandlers,
  examples: async () => (await import('./examples.ts')).examples,
});
