import { computed, onBeforeUnmount, onMounted, ref, watch, type ComputedRef, type Ref } from 'vue';
import { pagesOf } from '../pages.ts';

const turnEveryMs = 12_000;

export interface Paging<T> {
  readonly shown: ComputedRef<readonly T[]>;
  readonly page: Readonly<Ref<number>>;
  readonly pageCount: ComputedRef<number>;
}

interface PagingOptions<T> {
  readonly items: () => readonly T[];
  /** The element that holds the rows, and the smallest height of one row in rem. */
  readonly frame: Readonly<Ref<HTMLElement | null>>;
  readonly rowRem: number;
  readonly columns: () => number;
  /** Everything at once, on a page that scrolls. */
  readonly isWhole: () => boolean;
  readonly isPaused: () => boolean;
}

/** Shows as many rows as fit and turns the page from time to time: a screen on a wall has no one to scroll it. */
export function usePaging<T>(options: PagingOptions<T>): Paging<T> {
  const perPage = ref(8);
  const page = ref(0);
  const pages = computed(() =>
    options.isWhole() ? [[...options.items()]] : pagesOf(options.items(), perPage.value),
  );
  let timer: number | undefined;
  let watcher: ResizeObserver | undefined;

  function measure(): void {
    const height = options.frame.value?.clientHeight ?? 0;
    const rem = Number.parseFloat(getComputedStyle(document.documentElement).fontSize);
    const rows = Math.max(1, Math.floor(height / (options.rowRem * rem)));
    perPage.value = rows * options.columns();
  }

  onMounted(() => {
    watcher = new ResizeObserver(measure);
    timer = window.setInterval(() => {
      if (!options.isPaused()) page.value = (page.value + 1) % pages.value.length;
    }, turnEveryMs);
  });
  watch(options.frame, (frame) => {
    watcher?.disconnect();
    if (frame) watcher?.observe(frame);
  });
  watch(
    () => pages.value.length,
    (count) => {
      if (page.value >= count) page.value = 0;
    },
  );
  onBeforeUnmount(() => {
    watcher?.disconnect();
    window.clearInterval(timer);
  });
  return {
    shown: computed(() => pages.value[page.value] ?? []),
    page,
    pageCount: computed(() => pages.value.length),
  };
}
