import { type Component, defineAsyncComponent } from 'vue';
import LoadingState from '../ui/LoadingState.vue';

/** Pages and dialogs that are fetched when they are first opened. The counter's worker keeps them for when the server is gone. */
export const HistoryPage = fetched(() => import('./pages/HistoryPage.vue'));
export const ReturnPage = fetched(() => import('./pages/ReturnPage.vue'));
export const StatementPage = fetched(() => import('./pages/StatementPage.vue'));
export const PairPage = fetched(() => import('./pages/PairPage.vue'));
export const FindDialog = defineAsyncComponent(() => import('./parts/FindDialog.vue'));
export const VouchDialog = defineAsyncComponent(() => import('./parts/VouchDialog.vue'));

const loadStation = () => import('./parts/StationDialog.vue');
export const StationDialog = defineAsyncComponent(loadStation);

/** Fetches what must be there when the network has gone, and answers with the strip. */
export async function loadForOffline(): Promise<Component> {
  const [strip] = await Promise.all([import('./outbox/NetworkStrip.vue'), loadStation()]);
  return strip.default;
}

function fetched(loader: () => Promise<Component>): Component {
  return defineAsyncComponent({ loader, loadingComponent: LoadingState });
}
