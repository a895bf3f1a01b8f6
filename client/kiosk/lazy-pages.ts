import { type Component, defineAsyncComponent } from 'vue';
import LoadingState from '../ui/LoadingState.vue';

/** Pages and dialogs that are fetched when they are first opened: they need the server, or come with the shift. */
export const HistoryPage = fetched(() => import('./pages/HistoryPage.vue'));
export const ReturnPage = fetched(() => import('./pages/ReturnPage.vue'));
const shiftEnd = () => import('./shifts/ShiftEndPage.vue');
const station = () => import('./parts/StationDialog.vue');
export const ShiftEndPage = fetched(shiftEnd);
export const StationDialog = defineAsyncComponent(station);
export const StatementPage = fetched(() => import('./pages/StatementPage.vue'));
export const TakeOverPage = fetched(() => import('./shifts/TakeOverPage.vue'));
export const VouchDialog = defineAsyncComponent(() => import('./parts/VouchDialog.vue'));

/** Somebody may have to end the shift after the server is gone: its screens are there from the beginning of the shift. */
export function fetchShiftScreens(): void {
  void Promise.allSettled([shiftEnd(), station()]);
}

function fetched(loader: () => Promise<Component>): Component {
  return defineAsyncComponent({ loader, loadingComponent: LoadingState });
}
