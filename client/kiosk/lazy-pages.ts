import { type Component, defineAsyncComponent } from 'vue';
import LoadingState from '../ui/LoadingState.vue';

const shiftEnd = () => import('./shifts/ShiftEndPage.vue');
const offlineParts = () => import('./offline-parts.ts');

/** Pages and dialogs that are fetched when they are first opened. The counter's worker keeps them for when the server is gone. */
export const HistoryPage = fetched(() => import('./pages/HistoryPage.vue'));
export const LockPage = fetched(async () => (await offlineParts()).LockPage);
export const ReturnPage = fetched(() => import('./pages/ReturnPage.vue'));
export const ShiftEndPage = fetched(shiftEnd);
export const PinDialog = defineAsyncComponent(async () => (await offlineParts()).PinDialog);
export const StationDialog = defineAsyncComponent(async () => (await offlineParts()).StationDialog);
export const StatementPage = fetched(() => import('./pages/StatementPage.vue'));
export const TakeOverPage = fetched(() => import('./shifts/TakeOverPage.vue'));
export const PairPage = fetched(() => import('./pages/PairPage.vue'));
export const PracticeCards = defineAsyncComponent(() => import('./parts/PracticeCards.vue'));
export const FindDialog = defineAsyncComponent(() => import('./parts/FindDialog.vue'));
export const VouchDialog = defineAsyncComponent(() => import('./parts/VouchDialog.vue'));

/** Fetches what must be there when the network has gone, and answers with the strip. */
export async function loadForOffline(): Promise<Component> {
  return (await offlineParts()).NetworkStrip;
}

/** Somebody may have to end the shift after the server is gone: its screens are there from the beginning of the shift. */
export function fetchShiftScreens(): void {
  void Promise.allSettled([shiftEnd(), offlineParts()]);
}

function fetched(loader: () => Promise<Component>): Component {
  return defineAsyncComponent({ loader, loadingComponent: LoadingState });
}
