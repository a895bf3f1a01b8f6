import { checkVillage } from './check-book.ts';
import { villageHandlers } from './handlers.ts';
import { defineModule } from '../define-module.ts';

export const villageModule = defineModule({
  name: 'village',
  handlers: villageHandlers,
  checks: [checkVillage],
});
