import { checkHouseholds } from './check-book.ts';
import { eraseHousehold, personalTexts } from './erase.ts';
import { householdsHandlers } from './handlers.ts';
import { householdFile } from './personal-file.ts';
import { slipSweep } from './pin-slips.ts';
import { defineModule } from '../define-module.ts';
import { namesOfRows } from '../named-things.ts';

export const householdsModule = defineModule({
  name: 'households',
  handlers: householdsHandlers,
  checks: [checkHouseholds],
  thingNames: { household: namesOfRows('households', ({ number, head }) => `${number} ${head}`) },
  jobs: () => [slipSweep],
  textsOf: personalTexts,
  eraseHousehold: (tx, { villageId, id, nowMs }) => eraseHousehold(tx, villageId, id, nowMs),
  personalFile: householdFile,
});
