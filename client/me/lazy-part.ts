import { defineAsyncComponent, type Component } from 'vue';
import LoadingState from '../ui/LoadingState.vue';
import LostPart from './parts/LostPart.vue';

/** A part fetched when it is needed: it says that it is on its way, and when it does not come. */
export function lazyPart<T extends Component>(loader: () => Promise<{ default: T }>): T {
  return defineAsyncComponent({ loader, loadingComponent: LoadingState, errorComponent: LostPart });
}
