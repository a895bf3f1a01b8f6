import type { endpoints } from '../../shared/signatures/endpoints.ts';
import type { SamplesOf } from '../support/sample-parts.ts';

export const samples: SamplesOf<typeof endpoints> = {
  'signatures.list': () => ({}),
  'signatures.next': () => ({}),
  'signatures.document': ({ documentId }) => ({ params: { kind: 'week', id: documentId } }),
  'signatures.sign': ({ toSign }) => ({ body: { ...toSign, remark: '看过了' } }),
};
