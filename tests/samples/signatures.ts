import type { endpoints } from '../../shared/signatures/endpoints.ts';
import type { SamplesOf } from '../support/sample-parts.ts';

export const samples: SamplesOf<typeof endpoints> = {
  'signatures.list': () => ({}),
  'signatures.next': () => ({}),
  'signatures.document': () => ({ params: { kind: 'opening', id: 'opening' } }),
  'signatures.sign': () => ({ body: { kind: 'opening', hash: '0'.repeat(64) } }),
};
