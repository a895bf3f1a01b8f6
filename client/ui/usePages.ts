import { getCurrentScope, onScopeDispose, ref, shallowRef, type Ref, type ShallowRef } from 'vue';
import type { Failure, Outcome } from '../api/outcome.ts';

interface Page<T> {
  readonly items: readonly T[];
  /** The cursor of the next page; null at the end. */
  readonly next: string | null;
}

export interface Pages<T> {
  /** The items read so far. A failure takes none of them away. */
  readonly items: ShallowRef<readonly T[]>;
  /** True once a first answer has come. */
  readonly ready: Ref<boolean>;
  readonly loading: Ref<boolean>;
  readonly hasMore: Ref<boolean>;
  /** The reason if reading or reloading the list failed. */
  readonly failure: ShallowRef<Failure | null>;
  /** The reason if reading the next page failed. */
  readonly moreFailure: ShallowRef<Failure | null>;
  readonly more: () => Promise<void>;
  /** Reads as many items again as are shown, then replaces them all at once. */
  readonly reload: () => Promise<void>;
  /** Drops all items and reads the first page: another list begins. */
  readonly restart: () => Promise<void>;
}

/** Reads a list page by page. A newer request ends the one before; leaving the screen ends both. */
export function usePages<T>(
  load: (cursor: string | null, signal: AbortSignal) => Promise<Outcome<Page<T>>>,
): Pages<T> {
  const items = shallowRef<readonly T[]>([]);
  const ready = ref(false);
  const loading = ref(false);
  const hasMore = ref(false);
  const failure = shallowRef<Failure | null>(null);
  const moreFailure = shallowRef<Failure | null>(null);
  let next: string | null = null;
  let current = new AbortController();

  /** Reads from `cursor` until there are `wanted` items or no more. Answers null if a newer request took its place. */
  async function read(cursor: string | null, wanted: number): Promise<Page<T> | Failure | null> {
    current.abort();
    const { signal } = (current = new AbortController());
    loading.value = true;
    const read: T[] = [];
    let at = cursor;
    do {
      const outcome = await load(at, signal);
      if (signal.aborted) return null;
      if (outcome.kind !== 'answer') {
        loading.value = false;
        return outcome;
      }
      read.push(...outcome.data.items);
      at = outcome.data.next;
    } while (at !== null && read.length < wanted);
    loading.value = false;
    return { items: read, next: at };
  }

  function show(page: Page<T>, before: readonly T[]): void {
    items.value = [...before, ...page.items];
    next = page.next;
    hasMore.value = next !== null;
    ready.value = true;
    failure.value = null;
    moreFailure.value = null;
  }

  async function reload(): Promise<void> {
    const found = await read(null, items.value.length);
    if (found === null) return;
    if ('items' in found) show(found, []);
    else failure.value = found;
  }

  async function more(): Promise<void> {
    const found = await read(next, 1);
    if (found === null) return;
    if ('items' in found) show(found, items.value);
    else moreFailure.value = found;
  }

  async function restart(): Promise<void> {
    items.value = [];
    ready.value = false;
    hasMore.value = false;
    failure.value = null;
    moreFailure.value = null;
    await reload();
  }

  if (getCurrentScope()) onScopeDispose(() => current.abort());
  void reload();
  return { items, ready, loading, hasMore, failure, moreFailure, more, reload, restart };
}
