import { meHandlers } from './handlers.ts';
import { defineModule } from '../define-module.ts';

export const meModule = defineModule({
  name: 'me',
  handlers: meHandlers,
});
