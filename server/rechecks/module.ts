import { defineModule } from '../define-module.ts';
import { checkRechecks } from './check-book.ts';
import { rechecksHandlers } from './handlers.ts';

export const rechecksModule = defineModule({
  name: 'rechecks',
  handlers: rechecksHandlers,
  examples: async () => (await import('./examples.ts')).examples,
  checks: [checkRechecks],
  /** A month is called by itself. */
  thingNames: { recheck: (_reader, _villageId, ids) => Promise.resolve(new Map(ids.map((id) => [id, id]))) },
});
