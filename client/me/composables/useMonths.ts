import { reactive, shallowRef, type ShallowRef } from 'vue';
import type { Api, Failure } from '../../api/index.ts';
import type { Line, Month, View } from './useAccount.ts';

/** One month of a passbook, folded until somebody opens it; its lines are fetched then. */
export interface FoldedMonth extends Month {
  readonly isOpen: boolean;
  readonly items: readonly Line[];
  /** null when all its lines are here. */
  readonly next: string | null;
  readonly isFetched: boolean;
  readonly isBusy: boolean;
  readonly failure: Failure | null;
}

export interface Months {
  readonly months: readonly FoldedMonth[];
  readonly earlier: Readonly<ShallowRef<string | null>>;
  readonly earlierFailure: Readonly<ShallowRef<Failure | null>>;
  readonly toggle: (month: FoldedMonth) => Promise<void>;
  readonly fetchLines: (month: FoldedMonth) => Promise<void>;
  readonly fetchEarlier: () => Promise<void>;
}

type Mutable<T> = { -readonly [K in keyof T]: T[K] };

const linesAtOnce = 30;

/** The newest month is open from the start: its lines came with the view. */
export function createMonths(api: Api, view: View): Months {
  const months = reactive<Mutable<FoldedMonth>[]>(view.months.items.map(folded));
  const earlier = shallowRef(view.months.next);
  const earlierFailure = shallowRef<Failure | null>(null);
  const newest = months[0];
  if (newest) Object.assign(newest, { isOpen: true, isFetched: true, items: view.lines, next: view.next });

  const own = (month: FoldedMonth) => months.find((one) => one.month === month.month);

  async function fetchLines(shown: FoldedMonth): Promise<void> {
    const month = own(shown);
    if (!month || month.isBusy) return;
    month.isBusy = true;
    const before = month.next === null ? {} : { before: month.next };
    const outcome = await api.call('me.passbook', {
      query: { month: month.month, limit: linesAtOnce, ...before },
    });
    month.isBusy = false;
    month.failure = outcome.kind === 'answer' ? null : outcome;
    if (outcome.kind !== 'answer') return;
    month.items = [...month.items, ...outcome.data.items];
    month.next = outcome.data.next;
    month.isFetched = true;
  }

  return {
    months,
    earlier,
    earlierFailure,
    fetchLines,
    async toggle(shown) {
      const month = own(shown);
      if (!month) return;
      month.isOpen = !month.isOpen;
      if (month.isOpen && !month.isFetched) await fetchLines(month);
    },
    async fetchEarlier() {
      const before = earlier.value;
      if (before === null) return;
      const outcome = await api.call('me.months', { query: { before } });
      earlierFailure.value = outcome.kind === 'answer' ? null : outcome;
      if (outcome.kind !== 'answer' || earlier.value !== before) return;
      months.push(...outcome.data.items.map(folded));
      earlier.value = outcome.data.next;
    },
  };
}

function folded(month: Month): FoldedMonth {
  return { ...month, isOpen: false, items: [], next: null, isFetched: false, isBusy: false, failure: null };
}
