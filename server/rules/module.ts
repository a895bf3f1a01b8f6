import { checkRules } from './check-book.ts';
import { rulesHandlers } from './handlers.ts';
import { defineModule } from '../define-module.ts';
import { ruleNames } from './read-book.ts';

export const rulesModule = defineModule({
  name: 'rules',
  handlers: rulesHandlers,
  examples: async () => (await import('./examples.ts')).examples,
  checks: [checkRules],
  thingNames: { rule: ruleNames },
});
