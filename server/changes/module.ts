import { defineModule } from '../define-module.ts';
import { checkChanges } from './check.ts';
import { eraseChanges } from './erase.ts';
import { changesHandlers } from './handlers.ts';
import { changesFile } from './personal-file.ts';

export const changesModule = defineModule({
  name: 'changes',
  handlers: changesHandlers,
  examples: async () => (await import('./examples.ts')).examples,
  checks: [checkChanges],
  eraseHousehold: eraseChanges,
  personalFile: changesFile,
});
