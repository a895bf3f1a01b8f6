import { defineModule } from '../define-module.ts';
import { namesOfRows } from '../named-things.ts';
import { checkObjections } from './check.ts';
import { eraseObjections } from './erase.ts';
import { objectionsHandlers } from './handlers.ts';
import { objectionsFile } from './personal-file.ts';

export const objectionsModule = defineModule({
  name: 'objections',
  handlers: objectionsHandlers,
  examples: async () => (await import('./examples.ts')).examples,
  thingNames: { objection: namesOfRows('objections', ({ number }) => String(number)) },
  checks: [checkObjections],
  eraseHousehold: eraseObjections,
  personalFile: objectionsFile,
});
