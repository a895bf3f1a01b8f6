import { type Component, defineAsyncComponent } from 'vue';
import LoadingState from '../ui/LoadingState.vue';

/** Pages and dialogs that are fetched when they are first opened: all of them need the server anyway. */
export const HistoryPage = fetched(() => import('./pages/HistoryPage.vue'));
export const ReturnPage = fetched(() => import('./pages/ReturnPage.vue'));
export const ShiftEndPage = fetched(() => import('./shifts/ShiftEndPage.vue'));
export const StatementPage = fetched(() => import('./pages/StatementPage.vue'));
export const TakeOverPage = fetched(() => import('./shifts/TakeOverPage.vue'));
export const VouchDialog = defineAsyncComponent(() => import('./parts/VouchDialog.vue'));

function fetched(loader: () => Promise<Component>): Component {
  return defineAsyncComponent({ loader, loadingComponent: LoadingState });
}
