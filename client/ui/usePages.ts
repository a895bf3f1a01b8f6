import {
  computed,
  getCurrentScope,
  onScopeDispose,
  ref,
  shallowRef,
  type ComputedRef,
  type ShallowRef,
} from 'vue';
import type { Failure, Outcome } from '../api/outcome.ts';
import type { Loaded } from './useLoad.ts';

interface AnyPage {
  readonly items: readonly unknown[];
  /** The cursor of the next page; null at the end. */
  readonly next: unknown;
}

type ItemOf<Page extends AnyPage> = Page['items'][number];
type CursorOf<Page extends AnyPage> = NonNullable<Page['next']>;

/** A list that is read page by page. Its `data` are null until a first page has come; no failure takes them away. */
export interface Pages<Page extends AnyPage> extends Loaded<readonly ItemOf<Page>[]> {
  /** The items read so far. */
  readonly items: ComputedRef<readonly ItemOf<Page>[]>;
  /** The page that was read last, with what it says about the whole list. */
  readonly page: Readonly<ShallowRef<Page | null>>;
  readonly hasMore: ComputedRef<boolean>;
  /** The reason if reading the next page failed. */
  readonly moreFailure: Readonly<ShallowRef<Failure | null>>;
  /** Reads the next page; false if it did not come. Two calls at the same time read one page. */
  readonly more: () => Promise<boolean>;
  /** Reads to the end, or until an item is enough; false if a page did not come. */
  readonly all: (isEnough?: (last: ItemOf<Page>) => boolean) => Promise<boolean>;
  /** Reads the first page of another list. The items shown stay until it has come. */
  readonly replace: () => Promise<void>;
  /** Drops all items and reads the first page: another list begins. */
  readonly restart: () => Promise<void>;
}

interface PagesOptions<Page> {
  /** False to read nothing before somebody asks for it. */
  readonly now?: boolean;
  /** A first page that is there already. */
  readonly first?: Page | undefined;
}

interface Reading {
  readonly by: AbortController;
  readonly isMore: boolean;
  readonly ended: Promise<boolean>;
}

/**
 * Reads a list page by page. `reload` reads as many items again as are shown, and replaces them all at once.
 * A newer request ends the one before; leaving the screen ends both.
 */
export function usePages<Page extends AnyPage>(
  load: (cursor: CursorOf<Page> | null, signal: AbortSignal) => Promise<Outcome<Page>>,
  { now = true, first }: PagesOptions<Page> = {},
): Pages<Page> {
  type Item = ItemOf<Page>;
  const data = shallowRef<readonly Item[] | null>(first?.items ?? null);
  const page: ShallowRef<Page | null> = shallowRef(first ?? null);
  const items = computed(() => data.value ?? []);
  const loading = ref(false);
  const failure = shallowRef<Failure | null>(null);
  const moreFailure = shallowRef<Failure | null>(null);
  let current = new AbortController();
  let reading: Reading | null = null;

  const nextCursor = () => (page.value?.next ?? null) as CursorOf<Page> | null;

  /** Reads from `cursor` until there are `wanted` items or no more, and puts them after `before`. */
  async function read(
    cursor: CursorOf<Page> | null,
    wanted: number,
    before: readonly Item[],
  ): Promise<boolean> {
    current.abort();
    const { signal } = (current = new AbortController());
    loading.value = true;
    const found: Item[] = [];
    for (let at = cursor; ;) {
      const outcome = await load(at, signal);
      if (signal.aborted) return false;
      if (outcome.kind !== 'answer') {
        loading.value = false;
        (cursor === null ? failure : moreFailure).value = outcome;
        return false;
      }
      found.push(...outcome.data.items);
      at = outcome.data.next as CursorOf<Page> | null;
      if (at !== null && found.length < wanted) continue;
      show([...before, ...found], outcome.data);
      return true;
    }
  }

  function show(all: readonly Item[], last: Page): void {
    loading.value = false;
    data.value = all;
    page.value = last;
    failure.value = null;
    moreFailure.value = null;
  }

  function begin(isMore: boolean, ended: Promise<boolean>): Promise<boolean> {
    reading = { by: current, isMore, ended };
    return ended;
  }

  const replace = async () => void (await begin(false, read(null, 1, [])));
  const reload = async () => void (await begin(false, read(null, items.value.length, [])));

  function more(): Promise<boolean> {
    const isRead = page.value !== null && nextCursor() === null;
    const isUnderWay = loading.value && reading?.by === current && (reading.isMore || page.value === null);
    if (isUnderWay && reading !== null) return reading.ended;
    return isRead ? Promise.resolve(true) : begin(true, read(nextCursor(), 1, items.value));
  }

  async function all(isEnough: (last: Item) => boolean = () => false): Promise<boolean> {
    while (page.value === null || nextCursor() !== null) {
      const last = items.value[items.value.length - 1];
      if (items.value.length > 0 && isEnough(last)) return true;
      if (!(await more())) return false;
    }
    return true;
  }

  async function restart(): Promise<void> {
    data.value = null;
    page.value = null;
    failure.value = null;
    moreFailure.value = null;
    await replace();
  }

  if (getCurrentScope()) onScopeDispose(() => current.abort());
  if (now && first === undefined) void reload();
  return {
    ...{ data, items, page, loading, failure, moreFailure },
    hasMore: computed(() => nextCursor() !== null),
    ...{ more, all, reload, replace, restart },
  };
}

/** Reads a whole list that nobody looks at page by page. */
export async function readEveryPage<Page extends AnyPage>(
  load: (cursor: CursorOf<Page> | null) => Promise<Outcome<Page>>,
): Promise<Outcome<readonly ItemOf<Page>[]>> {
  const found: ItemOf<Page>[] = [];
  for (let at: CursorOf<Page> | null = null; ;) {
    const outcome: Outcome<Page> = await load(at);
    if (outcome.kind !== 'answer') return outcome;
    found.push(...outcome.data.items);
    at = outcome.data.next as CursorOf<Page> | null;
    if (at === null) return { kind: 'answer', data: found, filename: null };
  }
}
