import { dailyBackup } from './daily-backup.ts';
import { backupsHandlers, type BackupsServices } from './handlers.ts';
import { defineModule } from '../define-module.ts';

export const backupsModule = defineModule({
  name: 'backups',
  handlers: backupsHandlers,
  // A backup is called by the name of its file.
  thingNames: {
    backup: (_reader, _villageId, names) => Promise.resolve(new Map(names.map((name) => [name, name]))),
  },
  jobs: ({ keeper }: BackupsServices) => [dailyBackup(keeper)],
});
