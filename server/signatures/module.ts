import { defineModule } from '../define-module.ts';
import { eraseRemarks } from './erase.ts';
import { signaturesHandlers } from './handlers.ts';

export const signaturesModule = defineModule({
  name: 'signatures',
  handlers: signaturesHandlers,
  examples: async () => (await import('./examples.ts')).examples,
  eraseHousehold: eraseRemarks,
});
