import { defineModule } from '../define-module.ts';
import { changesHandlers } from './handlers.ts';

export const changesModule = defineModule({
  name: 'changes',
  handlers: changesHandlers,
});
