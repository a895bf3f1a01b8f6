import { sweptBeforeMs } from '../../shared/retention.ts';
import { defineModule } from '../define-module.ts';
import { printersHandlers } from './handlers.ts';
import { dropOldJobs } from './print-jobs.ts';

export const printersModule = defineModule({
  name: 'printers',
  handlers: printersHandlers,
  examples: async () => (await import('./examples.ts')).examples,
  sweep: ({ store, nowMs }) => store.transaction((tx) => dropOldJobs(tx, sweptBeforeMs(nowMs, 'printJobs'))),
});
