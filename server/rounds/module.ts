import { defineModule } from '../define-module.ts';
import { checkRounds } from './check-book.ts';
import { roundsHandlers } from './handlers.ts';
import { roundsFile } from './personal-file.ts';
import { roundNames } from './round-names.ts';

export const roundsModule = defineModule({
  name: 'rounds',
  handlers: roundsHandlers,
  examples: async () => (await import('./examples.ts')).examples,
  thingNames: { round: roundNames },
  checks: [checkRounds],
  personalFile: roundsFile,
});
