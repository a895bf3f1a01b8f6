import { sweptBeforeMs } from '../../shared/retention.ts';
import { picturesHandlers } from './handlers.ts';
import { dropUnused } from './unused.ts';
import { defineModule } from '../define-module.ts';

export const picturesModule = defineModule({
  name: 'pictures',
  handlers: picturesHandlers,
  sweep: ({ store, nowMs }) =>
    store.transaction((tx) => dropUnused(tx, sweptBeforeMs(nowMs, 'unusedPhotos'))),
});
