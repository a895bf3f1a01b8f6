import { systemHandlers } from './handlers.ts';
import { defineModule } from '../define-module.ts';

export const systemModule = defineModule({
  name: 'system',
  handlers: systemHandlers,
});
