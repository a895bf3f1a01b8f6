import { sweptBeforeMs } from '../../shared/retention.ts';
import { dropAbandoned, dropUnconfirmed, dropUnconfirmedWith } from './drop.ts';
import { importsHandlers } from './handlers.ts';
import { defineModule } from '../define-module.ts';
import { namesOfRows } from '../named-things.ts';

export const importsModule = defineModule({
  name: 'imports',
  handlers: importsHandlers,
  thingNames: { import: namesOfRows('imports', ({ filename }) => filename) },
  sweep: ({ store, nowMs }) =>
    store.transaction(async (tx) => {
      await dropUnconfirmed(tx, sweptBeforeMs(nowMs, 'unconfirmedImports'));
      await dropAbandoned(tx, nowMs);
    }),
  eraseHousehold: (tx, { villageId, texts }) => dropUnconfirmedWith(tx, villageId, texts),
});
