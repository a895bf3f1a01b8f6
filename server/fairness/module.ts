import { defineModule } from '../define-module.ts';
import { fairnessHandlers } from './handlers.ts';

export const fairnessModule = defineModule({
  name: 'fairness',
  handlers: fairnessHandlers,
  examples: async () => (await import('./examples.ts')).examples,
});
