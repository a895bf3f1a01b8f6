import { dailyBackup } from './daily-backup.ts';
import { backupsHandlers, type BackupsServices } from './handlers.ts';
import { defineModule } from '../define-module.ts';

export const backupsModule = defineModule({
  name: 'backups',
  handlers: backupsHandlers,
  jobs: ({ keeper }: BackupsServices) => [dailyBackup(keeper)],
});
