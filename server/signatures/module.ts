import { defineModule } from '../define-module.ts';
import { checkSignatures } from './check.ts';
import { checkRemarks } from './check-remarks.ts';
import { eraseRemarks } from './erase.ts';
import { signaturesHandlers } from './handlers.ts';

export const signaturesModule = defineModule({
  name: 'signatures',
  handlers: signaturesHandlers,
  examples: async () => (await import('./examples.ts')).examples,
  checks: [({ reader, villageId }) => ({ finish: () => checkSignatures(reader, villageId) }), checkRemarks],
  eraseHousehold: eraseRemarks,
});
