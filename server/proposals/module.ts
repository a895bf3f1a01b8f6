import { checkProposals } from './check-book.ts';
import { sweptBeforeMs } from '../../shared/retention.ts';
import { eraseProposals } from './erase.ts';
import { proposalsHandlers } from './handlers.ts';
import { ownKinds } from './own-kinds.ts';
import { proposalsFile } from './personal-file.ts';
import { dropOldPhotos, releaseAllUnkept } from './photos.ts';
import { defineModule } from '../define-module.ts';

export const proposalsModule = defineModule({
  name: 'proposals',
  handlers: proposalsHandlers,
  checks: [checkProposals],
  proposalKinds: () => ownKinds,
  async sweep({ store, nowMs, villageIds }) {
    for (const villageId of villageIds) {
      await store.transaction((tx) => releaseAllUnkept(tx, villageId));
      await store.transaction((tx) =>
        dropOldPhotos(tx, villageId, {
          withdrawn: sweptBeforeMs(nowMs, 'withdrawnPhotos'),
          returned: sweptBeforeMs(nowMs, 'returnedPhotos'),
          posted: sweptBeforeMs(nowMs, 'deedPhotos'),
        }),
      );
    }
  },
  eraseHousehold: (tx, { villageId, id }) => eraseProposals(tx, villageId, id),
  personalFile: proposalsFile,
});
