import { boardHandlers } from './handlers.ts';
import { defineModule } from '../define-module.ts';

export const boardModule = defineModule({
  name: 'board',
  handlers: boardHandlers,
});
