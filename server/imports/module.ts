import { sweptBeforeMs } from '../../shared/retention.ts';
import { dropUnconfirmed, dropUnconfirmedWith } from './drop.ts';
import { importsHandlers } from './handlers.ts';
import { defineModule } from '../define-module.ts';

export const importsModule = defineModule({
  name: 'imports',
  handlers: importsHandlers,
  sweep: ({ store, nowMs }) =>
    store.transaction((tx) => dropUnconfirmed(tx, sweptBeforeMs(nowMs, 'unconfirmedImports'))),
  eraseHousehold: (tx, { villageId, texts }) => dropUnconfirmedWith(tx, villageId, texts),
});
