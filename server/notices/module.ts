import { noticesHandlers } from './handlers.ts';
import { defineModule } from '../define-module.ts';

export const noticesModule = defineModule({
  name: 'notices',
  handlers: noticesHandlers,
});
