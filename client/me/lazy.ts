import { defineAsyncComponent, type Component } from 'vue';
import LoadingState from '../ui/LoadingState.vue';
import LostPart from './parts/LostPart.vue';

/** Parts that are not needed for the first glance at a balance, fetched when they are. */
export const loadOpenPage = () => import('./pages/OpenPage.vue');
export const loadGoodsList = () => import('./parts/GoodsList.vue');
export const loadHouseholdSwitch = () => import('./parts/HouseholdSwitch.vue');
export const loadPassbookSearch = () => import('./parts/PassbookSearch.vue');
export const loadThisPhone = () => import('./parts/ThisPhone.vue');

/** Such a part on a page: it says that it is on its way, and when it does not come. */
export function lazyPart<T extends Component>(loader: () => Promise<{ default: T }>): T {
  return defineAsyncComponent({ loader, loadingComponent: LoadingState, errorComponent: LostPart });
}
