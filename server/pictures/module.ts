import { sweptBeforeMs } from '../../shared/retention.ts';
import { picturesHandlers } from './handlers.ts';
import { dropUnused } from './unused.ts';
import { defineModule } from '../define-module.ts';

export const picturesModule = defineModule({
  name: 'pictures',
  handlers: picturesHandlers,
  async sweep({ store, nowMs, villageIds }) {
    for (const villageId of villageIds)
      await store.transaction((tx) => dropUnused(tx, villageId, sweptBeforeMs(nowMs, 'unusedPhotos')));
  },
});
