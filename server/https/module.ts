import { defineModule } from '../define-module.ts';
import { certificateRenewal, type RenewalServices } from './certificate-renewal.ts';
import { httpsHandlers, type HttpsServices } from './handlers.ts';

export const httpsModule = defineModule({
  name: 'https',
  handlers: httpsHandlers,
  examples: async () => (await import('./examples.ts')).examples,
  jobs: (services: HttpsServices & RenewalServices) => [certificateRenewal(services)],
});
