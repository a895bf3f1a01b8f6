import type { Example } from './define.ts';

const DEVICE = 'xOJOXjr4kbGzMe3MX-VAdU7x8AKjNnLJOp7nuTjBUqA';
const SIGNED_AT_MS = 1772415120000;

/**
 * Rows as a device signed them: two volunteers who began their shifts. The village does not know the first, and nothing comes of
 * it. The second one's shift is that of the story: the device says after a restored backup that the server knew of it. The
 * signature covers the ids of volunteer and shift, so it is made anew if the story gives them others.
 */
const ofNobody = {
  ...{ device: DEVICE, number: 1, key: 'example-row-1', kind: 'kiosk.beginShift' },
  ...{ body: '{"volunteerId":"nobody"}', shift: 'example-shift' },
  ...{ atMs: SIGNED_AT_MS, offsetMs: 0, copy: null },
  before: '0000000000000000000000000000000000000000000000000000000000000000',
  hash: 'b2b48df29a4c9ff5a628be6cd9de4e0cf2ac993c48c325d3b8141663e98cc599',
  signature: 'FnGlYjcDIEVQhLoWYpXMwJpCG2wOdI0AblQql_C-59DuxEDp-mmaLh_65V7_xMM6TsGUSanQ_49vN7964Nqrow',
  done: {
    ...{ how: 'here', atMs: SIGNED_AT_MS, entry: null },
    signature: 'VjL-DtfBpVAwfjMGQ8i6ikuSSOTQCuNuksJvEa0k8tNe_DvvtjiYzbNoCurm7KDBmuUeZk7M-Cgncxhl6G0uGg',
  },
};
const ofStory = {
  ...{ device: DEVICE, number: 2, key: 'example-row-2', kind: 'kiosk.beginShift' },
  ...{ body: '{"volunteerId":"06earayp81tmz0ce"}', shift: '06earb0gv1vy3e0k' },
  ...{ atMs: SIGNED_AT_MS, offsetMs: 0, copy: null },
  before: ofNobody.hash,
  hash: 'f33994c2e60f7075f8e9166e42c5fa7fe506f775b31792fac4e2834b25bdc868',
  signature: 'xhp40lTIXMrrAnPwywDSIkewj0eV7GriIZ6joTzyMB4vF5pKrNx8a1g4ux7idYfi4kG8xhTHQywg30AnKpdbwg',
  done: {
    ...{ how: 'server', atMs: SIGNED_AT_MS, entry: null },
    signature: 'mHCe_bkevHWrO7dMRW_4t4qw5qrJrhML16asBgU7tBu985UbIeYttAWU_aQJRk_F5iD_WwmJJHfpIdbV6-RUAw',
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
        x: 'TJOExJU1ng-I4IuNpX0UYJeK-5R_31jucbNjgInNLiY',
        y: 'Qa1R3wvgLRCqjU-4UfYXQc6i4Clj7-KSGX05dZ9Be3U',
      },
    },
  },
  {
    name: 'outbox-rows',
    id: 'outbox.send',
    as: 'volunteer',
    body: { rows: [ofNobody, ofStory], isEmptyAfter: true },
  },
  {
    name: 'outbox-comparison',
    id: 'outbox.compare',
    as: 'volunteer',
    body: { device: DEVICE, from: 1, to: 2 },
  },
  { name: 'outbox-file', id: 'outbox.takeIn', as: 'admin', body: { rows: [ofNobody, ofStory] } },
  { name: 'outbox-late', id: 'outbox.late', as: 'admin' },
  {
    name: 'outbox-settled',
    id: 'outbox.settle',
    as: 'admin',
    params: { id: '$outbox-late.items.1.id' },
    body: { remark: '没有这个志愿者，当天没有发东西' },
    refused: 'change.needs_second',
  },
  { name: 'outbox-late-shifts', id: 'outbox.lateShifts', as: 'admin' },
  {
    name: 'outbox-shift-settled',
    id: 'outbox.settleShift',
    as: 'admin',
    params: { id: '$shift.shiftId' },
    body: { rowIds: ['$outbox-late.items.0.id'] },
    refused: 'change.needs_second',
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
