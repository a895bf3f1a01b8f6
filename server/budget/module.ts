import { defineModule } from '../define-module.ts';
import { budgetClosing, type ClosingServices } from './close-months.ts';
import { budgetHandlers } from './handlers.ts';

export const budgetModule = defineModule({
  name: 'budget',
  handlers: budgetHandlers,
  examples: async () => (await import('./examples.ts')).examples,
  jobs: (services: ClosingServices) => [budgetClosing(services)],
});
