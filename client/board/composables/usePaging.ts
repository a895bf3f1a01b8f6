import { computed, onBeforeUnmount, onMounted, ref, watch, type ComputedRef, type Ref } from 'vue';
import { pagesOf } from '../panel-pages.ts';

const turnEveryMs = 12_000;
/** So many at first on a page that scrolls: what comes after them is to be found as well. */
const fewOnWhole = 10;

export interface Paging<T> {
  readonly shown: ComputedRef<readonly T[]>;
  readonly page: Readonly<Ref<number>>;
  readonly pageCount: ComputedRef<number>;
  /** Rows that fit on a page. */
  readonly rows: Readonly<Ref<number>>;
  /** On a page that scrolls: there is more, and `showAll` shows it. */
  readonly isCut: ComputedRef<boolean>;
  readonly showAll: () => void;
}

interface PagingOptions<T> {
  readonly items: () => readonly T[];
  /** The element that holds the rows, and the smallest height of one row in rem. */
  readonly frame: Readonly<Ref<HTMLElement | null>>;
  readonly rowRem: number;
  /** Everything at once, on a page that scrolls. */
  readonly isWhole: () => boolean;
  readonly isPaused: () => boolean;
}

/** Shows as many rows as fit and turns the page from time to time: a screen on a wall has no one to scroll it. */
export function usePaging<T>(options: PagingOptions<T>): Paging<T> {
  const rows = ref(8);
  const showsAll = ref(false);
  const isCut = computed(() => options.isWhole() && !showsAll.value && options.items().length > fewOnWhole);
  const page = ref(0);
  const pages = computed(() =>
    options.isWhole()
      ? [options.items().slice(0, isCut.value ? fewOnWhole : undefined)]
      : pagesOf(options.items(), rows.value),
  );
  let timer: number | undefined;
  let watcher: ResizeObserver | undefined;

  function measure(): void {
    const height = options.frame.value?.clientHeight ?? 0;
    const rem = Number.parseFloat(getComputedStyle(document.documentElement).fontSize);
    rows.value = Math.max(1, Math.floor(height / (options.rowRem * rem)));
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
    rows,
    isCut,
    showAll: () => (showsAll.value = true),
  };
}
