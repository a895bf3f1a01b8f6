import type { Example } from '../http/index.ts';

/** A device by plain http cannot sign. Its row asks, and waits for the row that it would take back. */
const row = {
  ...{ device: '$outbox-device.device', number: 1, key: 'example-row-1', kind: 'kiosk.undo' },
  body: '{"undoes":"example-row-0","householdNumber":"12","points":1000,"pieces":1}',
  ...{ shift: '', atMs: 1_772_331_000_000, offsetMs: 0, copy: null, before: '', hash: '', signature: '' },
  done: null,
};

export const examples: readonly Example[] = [
  { name: 'outbox-device', id: 'outbox.register', as: 'volunteer', body: { publicKey: null } },
  { name: 'outbox-rows', id: 'outbox.send', as: 'volunteer', body: { rows: [row], isEmptyAfter: false } },
  {
    name: 'outbox-comparison',
    id: 'outbox.compare',
    as: 'volunteer',
    body: { device: '$outbox-device.device', from: 1, to: 2 },
  },
  { name: 'outbox-file', id: 'outbox.takeIn', as: 'admin', body: { rows: [row] } },
  { name: 'outbox-late', id: 'outbox.late', as: 'admin', query: { open: 'false' } },
  {
    name: 'outbox-settled',
    id: 'outbox.settle',
    as: 'admin',
    params: { id: '0000000000000000' },
    body: { remark: '两张小票当面对过' },
    refused: 'outbox.not_found',
  },
  { name: 'outbox-devices', id: 'outbox.devices', as: 'admin' },
  {
    name: 'outbox-written-off',
    id: 'outbox.writeOff',
    as: 'admin',
    params: { id: '$outbox-device.device' },
    body: { reason: '平板坏了，行已从文件收下' },
  },
];
