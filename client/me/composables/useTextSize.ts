import { inject, readonly, ref, type InjectionKey, type Ref } from 'vue';
import type { Memory } from '../memory.ts';
import type { TextSize } from '../text-size.ts';

export interface TextSizeChoice {
  readonly size: Readonly<Ref<TextSize>>;
  readonly choose: (size: TextSize) => void;
}

export const textSizeKey: InjectionKey<TextSizeChoice> = Symbol('textSize');

export function useTextSize(): TextSizeChoice {
  const choice = inject(textSizeKey);
  if (!choice) throw new Error('no text size was provided');
  return choice;
}

/** The size is a class of the root element (App.vue), so that it holds from the first thing seen. */
export function createTextSize(memory: Memory): TextSizeChoice {
  const size = ref(memory.textSize);
  const show = () => (document.documentElement.dataset.textSize = size.value);
  show();
  return {
    size: readonly(size),
    choose(wanted) {
      size.value = wanted;
      memory.keepTextSize(wanted);
      show();
    },
  };
}
