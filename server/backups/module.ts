import { backupsHandlers } from './handlers.ts';
import { defineModule } from '../define-module.ts';

export const backupsModule = defineModule({
  name: 'backups',
  handlers: backupsHandlers,
});
