import { defineModule } from '../define-module.ts';
import { namesOfRows } from '../named-things.ts';
import type { ClockServices } from '../proposals/index.ts';
import { checkDeductions } from './check.ts';
import { countingClock } from './count-clock.ts';
import { eraseReminders } from './erase.ts';
import { deductionsHandlers } from './handlers.ts';
import { deductionsFile } from './personal-file.ts';

export const deductionsModule = defineModule({
  name: 'deductions',
  handlers: deductionsHandlers,
  examples: async () => (await import('./examples.ts')).examples,
  thingNames: { reminder: namesOfRows('reminders', ({ number }) => String(number)) },
  checks: [checkDeductions],
  jobs: (services: ClockServices) => [countingClock(services)],
  eraseHousehold: eraseReminders,
  personalFile: deductionsFile,
});
