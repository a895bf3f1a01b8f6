import { type Component, defineAsyncComponent } from 'vue';
import LoadingState from '../ui/LoadingState.vue';

/** Pages and dialogs that are fetched when they are first opened: these need the server anyway. */
export const HistoryPage = fetched(() => import('./pages/HistoryPage.vue'));
export const ReturnPage = fetched(() => import('./pages/ReturnPage.vue'));
export const StatementPage = fetched(() => import('./pages/StatementPage.vue'));
export const VouchDialog = defineAsyncComponent(() => import('./parts/VouchDialog.vue'));

const offlineParts = () => import('./offline-parts.ts');
export const StationDialog = defineAsyncComponent(async () => (await offlineParts()).StationDialog);

/** Fetches what must be there when the network has gone, and answers with the strip. */
export async function loadForOffline(): Promise<Component> {
  return (await offlineParts()).NetworkStrip;
}

function fetched(loader: () => Promise<Component>): Component {
  return defineAsyncComponent({ loader, loadingComponent: LoadingState });
}
