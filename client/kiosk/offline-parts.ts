/** The parts that must be there when the network has gone: one file, fetched right after the page. */
export { arrive } from './move/arrive.ts';
export { default as LockPage } from './pages/LockPage.vue';
export { default as NetworkStrip } from './outbox/NetworkStrip.vue';
export { default as PinDialog } from './parts/PinDialog.vue';
export { default as PrintedRoll } from './parts/PrintedRoll.vue';
export { default as StationDialog } from './parts/StationDialog.vue';
