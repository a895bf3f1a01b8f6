import { villageHandlers } from './handlers.ts';
import { defineModule } from '../define-module.ts';

export const villageModule = defineModule({
  name: 'village',
  handlers: villageHandlers,
});
