import type { endpoints } from '../../shared/outbox/endpoints.ts';
import type { SamplesOf } from '../support/sample-parts.ts';

const KEY = {
  x: 'f83OJ3D2xF1Bg8vub9tLe1gHMzV76e8Tus9uPHvRVEU',
  y: 'x_FEzRu9m36HLN_tue659LNpXW6pCyStikYjKIWI5a0',
};

export const samples: SamplesOf<typeof endpoints> = {
  'outbox.register': () => ({ body: { publicKey: KEY } }),
  'outbox.send': ({ outbox }) => ({ body: { rows: outbox.rows.slice(0, 1), isEmptyAfter: false } }),
  'outbox.takeIn': ({ outbox }) => ({ body: { rows: outbox.rows.slice(1) } }),
  'outbox.compare': ({ outbox }) => ({ body: { device: outbox.device, from: 1, to: 3 } }),
  'outbox.devices': () => ({}),
  'outbox.late': () => ({}),
  'outbox.lateShifts': () => ({}),
  'outbox.settleShift': ({ outbox }) => ({
    params: { id: outbox.markedShift },
    body: { rowIds: [outbox.markedId] },
  }),
  'outbox.settle': ({ outbox }) => ({ params: { id: outbox.markedId }, body: { remark: '两张小票对过' } }),
  'outbox.confirmKey': ({ outbox }) => ({ params: { id: outbox.waitingDevice }, body: {} }),
  'outbox.writeOff': ({ outbox }) => ({ params: { id: outbox.device }, body: { reason: '平板坏了' } }),
};
