import { sweptBeforeMs } from '../../shared/retention.ts';
import { eraseHouseholdLogIns } from './erase.ts';
import { forgetOld } from './login-throttle.ts';
import { logInsFile } from './personal-file.ts';
import { dropEnded } from './sessions.ts';
import { defineModule } from '../define-module.ts';

export const identityModule = defineModule({
  name: 'identity',
  async sweep({ store, nowMs }) {
    await store.transaction((tx) => forgetOld(tx, sweptBeforeMs(nowMs, 'wrongTries')));
    const endedBeforeMs = sweptBeforeMs(nowMs, 'endedLogIns');
    await store.transaction((tx) => dropEnded(tx, { nowMs, endedBeforeMs }));
  },
  eraseHousehold: (tx, { villageId, id }) => eraseHouseholdLogIns(tx, villageId, id),
  personalFile: logInsFile,
});
