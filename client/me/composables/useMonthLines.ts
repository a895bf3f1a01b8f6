import { ref, type Ref } from 'vue';
import type { AnswerOf, Api } from '../../api/index.ts';
import { usePages, type Pages } from '../../ui/usePages.ts';

type Lines = AnswerOf<'me.passbook'>;

const linesAtOnce = 30;

/** One month of a passbook, folded until somebody opens it; its lines are fetched then. */
export interface MonthLines {
  readonly isOpen: Readonly<Ref<boolean>>;
  readonly lines: Pages<Lines>;
  readonly toggle: () => Promise<void>;
}

/** `first` is what came with the household's view: the newest month is open from the start. */
export function useMonthLines(api: Api, month: string, first?: Lines): MonthLines {
  const isOpen = ref(first !== undefined);
  const lines = usePages<Lines>(
    (cursor, signal) => {
      const before = cursor === null ? {} : { before: cursor };
      return api.call('me.passbook', { query: { month, limit: linesAtOnce, ...before }, signal });
    },
    { now: false, first },
  );
  return {
    isOpen,
    lines,
    async toggle() {
      isOpen.value = !isOpen.value;
      if (isOpen.value && lines.data.value === null) await lines.more();
    },
  };
}
