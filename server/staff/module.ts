import { checkStaff } from './check-book.ts';
import { staffHandlers } from './handlers.ts';
import { eraseKin } from './kin.ts';
import { kinFile } from './personal-file.ts';
import { defineModule } from '../define-module.ts';
import { namesOfRows } from '../named-things.ts';

export const staffModule = defineModule({
  name: 'staff',
  handlers: staffHandlers,
  checks: [checkStaff],
  thingNames: { staff: namesOfRows('staff', ({ displayName }) => displayName) },
  eraseHousehold: (tx, { villageId, id }) => eraseKin(tx, villageId, id),
  personalFile: kinFile,
});
