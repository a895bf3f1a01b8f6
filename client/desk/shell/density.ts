import { ref, type Ref } from 'vue';

export type Density = 'roomy' | 'compact';

const KEY = 'jishan.desk.density';

export type DensityStorage = Pick<Storage, 'getItem' | 'setItem'>;

export interface DensityChoice {
  readonly density: Readonly<Ref<Density>>;
  readonly choose: (density: Density) => void;
}

/** How high the rows of the desk are on this device. Compact rows take room from their padding, never from their type. */
export function densityOn(storage: () => DensityStorage): DensityChoice {
  const density = ref<Density>(kept(storage));
  return {
    density,
    choose(wanted) {
      density.value = wanted;
      try {
        storage().setItem(KEY, wanted);
      } catch {
        // A browser that keeps nothing forgets the choice with the page.
      }
    },
  };
}

function kept(storage: () => DensityStorage): Density {
  try {
    return storage().getItem(KEY) === 'compact' ? 'compact' : 'roomy';
  } catch {
    return 'roomy';
  }
}
