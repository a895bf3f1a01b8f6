import type { endpoints } from '../../shared/printers/endpoints.ts';
import type { SamplesOf } from '../support/sample-parts.ts';

const key = '0193a5d2c0de7000a1b2c3d4e5f60718';

export const samples: SamplesOf<typeof endpoints> = {
  'printers.get': () => ({}),
  'printers.set': () => ({ body: { host: '192.168.1.50', port: 9100, paper: 58, cuts: true } }),
  'printers.clear': () => ({ body: {} }),
  'printers.test': () => ({ body: { language: 'zh' } }),
  'printers.receipt': ({ redemptionId }) => ({
    body: { key, redemptionId, isReprint: false, language: 'zh' },
  }),
  'printers.return': ({ returnId }) => ({
    body: { key, returnId, isReprint: false, language: 'zh' },
  }),
  'printers.statement': () => ({ body: { key, statement: 'x', language: 'zh' } }),
};
