import { kioskHandlers } from './handlers.ts';
import { dropOldCodes } from './kiosks.ts';
import { redemptionsFile } from './personal-file.ts';
import { defineModule } from '../define-module.ts';

export const kioskModule = defineModule({
  name: 'kiosk',
  handlers: kioskHandlers,
  sweep: ({ store, nowMs }) => store.transaction((tx) => dropOldCodes(tx, nowMs)),
  personalFile: redemptionsFile,
});
