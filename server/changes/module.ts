import { defineModule } from '../define-module.ts';
import { eraseChanges } from './erase.ts';
import { changesHandlers } from './handlers.ts';
import { changesFile } from './personal-file.ts';

export const changesModule = defineModule({
  name: 'changes',
  handlers: changesHandlers,
  eraseHousehold: eraseChanges,
  personalFile: changesFile,
});
