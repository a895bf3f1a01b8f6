import { checkRedemptions } from './check-redemptions.ts';
import { checkReturns } from './check-returns.ts';
import { checkCounts } from './check-counts.ts';
import { checkShifts } from './check-shifts.ts';
import { checkKiosks, checkVolunteers } from './check-book.ts';
import { counterRowKinds } from './row-kinds.ts';
import { kioskHandlers } from './handlers.ts';
import { dropOldCodes } from './kiosks.ts';
import { redemptionsFile } from './personal-file.ts';
import { eraseVolunteerKin } from './volunteer-kin.ts';
import { defineModule } from '../define-module.ts';
import { namesOfRows } from '../named-things.ts';

export const kioskModule = defineModule({
  name: 'kiosk',
  handlers: kioskHandlers,
  rowKinds: counterRowKinds,
  checks: [checkKiosks, checkVolunteers, checkShifts, checkCounts, checkRedemptions, checkReturns],
  thingNames: {
    kiosk: namesOfRows('kiosks', ({ name }) => name),
    volunteer: namesOfRows('volunteers', ({ name }) => name),
  },
  eraseHousehold: (tx, { villageId, id }) => eraseVolunteerKin(tx, villageId, id),
  sweep: ({ store, nowMs }) => store.transaction((tx) => dropOldCodes(tx, nowMs)),
  personalFile: redemptionsFile,
});
