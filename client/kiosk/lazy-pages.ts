import { type Component, defineAsyncComponent } from 'vue';
import LoadingState from '../ui/LoadingState.vue';

const shiftEnd = () => import('./shifts/ShiftEndPage.vue');
/** The counter's worker keeps them, too; on plain http they stay in the page. */
export const loadOfflineParts = () => import('./offline-parts.ts');
export type OfflineParts = Awaited<ReturnType<typeof loadOfflineParts>>;

/** Pages and dialogs that are fetched when they are first opened. The counter's worker keeps them for when the server is gone. */
export const HistoryPage = fetched(() => import('./pages/HistoryPage.vue'));
export const ReturnPage = fetched(() => import('./pages/ReturnPage.vue'));
export const LockPage = fetched(async () => (await loadOfflineParts()).LockPage);
export const ShiftEndPage = fetched(shiftEnd);
export const PinDialog = defineAsyncComponent(async () => (await loadOfflineParts()).PinDialog);
export const StationDialog = defineAsyncComponent(async () => (await loadOfflineParts()).StationDialog);
export const StatementPage = fetched(() => import('./pages/StatementPage.vue'));
export const TakeOverPage = fetched(() => import('./shifts/TakeOverPage.vue'));
export const PairPage = fetched(() => import('./pages/PairPage.vue'));
export const PracticeCards = defineAsyncComponent(() => import('./parts/PracticeCards.vue'));
export const FindDialog = defineAsyncComponent(() => import('./parts/FindDialog.vue'));
export const VouchDialog = defineAsyncComponent(() => import('./parts/VouchDialog.vue'));

/** Somebody may have to end the shift after the server is gone: its screen is there from the beginning of the shift. */
export function fetchShiftEnd(): void {
  void shiftEnd().catch(() => undefined);
}

function fetched(loader: () => Promise<Component>): Component {
  return defineAsyncComponent({ loader, loadingComponent: LoadingState });
}
