import { checkRules } from './check-book.ts';
import { rulesHandlers } from './handlers.ts';
import { defineModule } from '../define-module.ts';
import { ruleNames } from './book.ts';

export const rulesModule = defineModule({
  name: 'rules',
  handlers: rulesHandlers,
  checks: [checkRules],
  thingNames: { rule: ruleNames },
});
