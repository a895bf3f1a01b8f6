import { sweptBeforeMs } from '../../shared/retention.ts';
import { dropUnconfirmed, dropUnconfirmedWith } from './drop.ts';
import { importsHandlers } from './handlers.ts';
import { dropSilentProgress } from './progress.ts';
import { defineModule } from '../define-module.ts';

export const importsModule = defineModule({
  name: 'imports',
  handlers: importsHandlers,
  sweep: ({ store, nowMs }) =>
    store.transaction(async (tx) => {
      await dropUnconfirmed(tx, sweptBeforeMs(nowMs, 'unconfirmedImports'));
      await dropSilentProgress(tx, nowMs);
    }),
  eraseHousehold: (tx, { villageId, texts }) => dropUnconfirmedWith(tx, villageId, texts),
});
