import type { Example } from './define.ts';

const DEVICE = 'Va3KyZmwZC6-AHUc_zV9pNJ1QTWDNcZh0Akyrr_Gfr0';

/** A row as a device signed it: a shift of a volunteer whom the village does not know. Nothing comes of it. */
const row = {
  ...{ device: DEVICE, number: 1, key: 'example-row-1', kind: 'kiosk.beginShift' },
  ...{
    body: '{"volunteerId":"nobody"}',
    shift: 'example-shift',
    atMs: 1772416800000,
    offsetMs: 0,
    copy: null,
  },
  before: '0000000000000000000000000000000000000000000000000000000000000000',
  hash: 'f27f645985b27fa9b8964f71aab4244487bdc975fe96154222a536b19b8ba7f3',
  signature: 'm3vjIVWHfHnn6-MFoO1Papj-0-bWTyJ4F4Ig1A17_AFuPxi2YsvA5hnWub8FTIi2wZcBRg3GGgLg8KFNmcyxYA',
  done: {
    ...{ how: 'here', atMs: 1772416800000, entry: null },
    signature: '1rv1KudO7tTBbsPFnC53p2bn71juSf_Fol6BgSa37DMWXGPUgZLk_4by9hyjPoQOA2AjMvlrPuXSZiNRwX-8qQ',
  },
};

/** A device that keeps an outbox brings a row, the desk looks at it, and the device takes a copy of the village. */
export const outbox: readonly Example[] = [
  {
    name: 'outbox-device',
    id: 'outbox.register',
    as: 'volunteer',
    body: {
      publicKey: {
        x: '2Te8HdZ1yP7VsfsrvCSq5SbnqUjacOON3_mPQrkLI4c',
        y: 'OEEuOsBbnYOyOv-BL74pl1Hb-V0W4gDEO5hEwE8TS3o',
      },
    },
  },
  { name: 'outbox-rows', id: 'outbox.send', as: 'volunteer', body: { rows: [row], isEmptyAfter: true } },
  {
    name: 'outbox-comparison',
    id: 'outbox.compare',
    as: 'volunteer',
    body: { device: DEVICE, from: 1, to: 2 },
  },
  { name: 'outbox-file', id: 'outbox.takeIn', as: 'admin', body: { rows: [row] } },
  { name: 'outbox-late', id: 'outbox.late', as: 'admin' },
  {
    name: 'outbox-settled',
    id: 'outbox.settle',
    as: 'admin',
    params: { id: '$outbox-late.items.0.id' },
    body: { remark: '没有这个志愿者，当天没有发东西' },
    refused: 'change.needs_second',
  },
  { name: 'outbox-late-shifts', id: 'outbox.lateShifts', as: 'admin' },
  {
    name: 'outbox-shift-settled',
    id: 'outbox.settleShift',
    as: 'admin',
    params: { id: 'example-shift' },
    body: { rowIds: ['$outbox-late.items.0.id'] },
    refused: 'outbox.settle_moved',
  },
  {
    name: 'outbox-later-device',
    id: 'outbox.register',
    as: 'volunteer',
    body: {
      publicKey: {
        x: 'sVjnKjrEU0w3KUuUqdk8Rtq5FBV9l8kff4rJRh3nD2k',
        y: 'wYj7abVEJvBwZwt8BPt7QsGDcvxfSCakV0_Yqo-smFk',
      },
    },
  },
  {
    name: 'outbox-key-confirmed',
    id: 'outbox.confirmKey',
    as: 'admin',
    params: { id: '$outbox-later-device.device' },
  },
  { name: 'outbox-devices', id: 'outbox.devices', as: 'admin' },
  {
    name: 'outbox-written-off',
    id: 'outbox.writeOff',
    as: 'admin',
    params: { id: DEVICE },
    body: { reason: '平板坏了，行已从文件收下' },
  },
  { name: 'copy', id: 'copy.whole', as: 'volunteer' },
  {
    name: 'copy-changes',
    id: 'copy.changes',
    as: 'volunteer',
    query: { since: '$copy.entry', mark: '$copy.mark', day: '$copy.day' },
  },
];
