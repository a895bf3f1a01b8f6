import { defineModule } from '../define-module.ts';
import { copyHandlers } from './handlers.ts';

export const copyModule = defineModule({
  name: 'copy',
  handlers: copyHandlers,
});
