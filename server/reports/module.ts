import { defineModule } from '../define-module.ts';
import { namesOfRows } from '../named-things.ts';
import { checkReports } from './check.ts';
import { eraseReports } from './erase.ts';
import { reportsHandlers } from './handlers.ts';
import { reportsFile } from './personal-file.ts';

export const reportsModule = defineModule({
  name: 'reports',
  handlers: reportsHandlers,
  examples: async () => (await import('./examples.ts')).examples,
  thingNames: { report: namesOfRows('reports', ({ number }) => String(number)) },
  checks: [checkReports],
  eraseHousehold: eraseReports,
  personalFile: reportsFile,
});
