import type { endpoints } from '../../shared/address/endpoints.ts';
import type { SamplesOf } from '../support/sample-parts.ts';

export const samples: SamplesOf<typeof endpoints> = {
  'address.get': () => ({}),
  'address.choose': () => ({ body: { origin: 'http://192.168.1.10:8080', isKept: false } }),
};
