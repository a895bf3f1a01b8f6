import { onScopeDispose, ref, shallowRef, type Ref, type ShallowRef } from 'vue';
import type { PassbookLine } from '../../../../shared/ledger/passbook.ts';
import type { Api, Failure } from '../../../api/index.ts';

export interface Passbook {
  /** Newest first; null until the first answer is there. */
  readonly lines: ShallowRef<readonly PassbookLine[] | null>;
  readonly failure: ShallowRef<Failure | null>;
  readonly loading: Ref<boolean>;
  readonly hasMore: Ref<boolean>;
  readonly more: () => Promise<void>;
  /** Fetches what is missing, to the first line there ever was; or until `isEnough`. False when it failed. */
  readonly all: (isEnough?: (last: PassbookLine) => boolean) => Promise<boolean>;
}

const pageSize = 50;
const largestPage = 200;

/** A household's lines, page by page. */
export function usePassbook(api: Api, id: string): Passbook {
  const lines = shallowRef<readonly PassbookLine[] | null>(null);
  const failure = shallowRef<Failure | null>(null);
  const loading = ref(false);
  const hasMore = ref(true);
  const leaving = new AbortController();
  let next: string | null = null;

  async function fetchPage(limit: number): Promise<boolean> {
    loading.value = true;
    const query = { limit, ...(next === null ? {} : { before: next }) };
    const outcome = await api.call('households.passbook', { params: { id }, query, signal: leaving.signal });
    if (leaving.signal.aborted) return false;
    loading.value = false;
    failure.value = outcome.kind === 'answer' ? null : outcome;
    if (outcome.kind !== 'answer') return false;
    lines.value = [...(lines.value ?? []), ...outcome.data.items];
    next = outcome.data.next;
    hasMore.value = next !== null;
    return true;
  }

  onScopeDispose(() => leaving.abort());
  return {
    lines,
    failure,
    loading,
    hasMore,
    async more() {
      if (!loading.value) await fetchPage(pageSize);
    },
    async all(isEnough = () => false) {
      while (hasMore.value) {
        const last = lines.value?.at(-1);
        if (last && isEnough(last)) return true;
        if (loading.value || !(await fetchPage(largestPage))) return false;
      }
      return true;
    },
  };
}

/** The lines of one month, newest first, and what came and went in it. */
export interface Month {
  /** "2026-05" */
  readonly name: string;
  readonly lines: readonly PassbookLine[];
  readonly gained: number;
  readonly spent: number;
}

export function inMonths(lines: readonly PassbookLine[]): Month[] {
  const months = Map.groupBy(lines, ({ effectiveOn }) => effectiveOn.slice(0, 7));
  return Array.from(months, ([name, own]) => ({
    name,
    lines: own,
    gained: own.reduce((sum, { amount }) => sum + Math.max(0, amount), 0),
    spent: own.reduce((sum, { amount }) => sum + Math.min(0, amount), 0),
  }));
}
