import { defineModule } from '../define-module.ts';
import { namesOfRows } from '../named-things.ts';
import { checkWorkdays } from './check.ts';
import { eraseAttendances } from './erase.ts';
import { workdaysHandlers } from './handlers.ts';
import { attendanceFile } from './personal-file.ts';
import { workdayNames } from './workday-names.ts';

export const workdaysModule = defineModule({
  name: 'workdays',
  handlers: workdaysHandlers,
  examples: async () => (await import('./examples.ts')).examples,
  thingNames: { workday: namesOfRows('workdays', ({ title }) => title), attendance: workdayNames },
  checks: [checkWorkdays],
  eraseHousehold: eraseAttendances,
  personalFile: attendanceFile,
});
