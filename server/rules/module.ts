import { rulesHandlers } from './handlers.ts';
import { defineModule } from '../define-module.ts';

export const rulesModule = defineModule({
  name: 'rules',
  handlers: rulesHandlers,
});
