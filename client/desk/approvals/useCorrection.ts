import { computed } from 'vue';
import { useRouter } from 'vue-router';
import { useCall } from '../../ui/useCall.ts';
import { useDesk } from '../desk.ts';
import { useText } from '../text.ts';
import type { Batch } from './batch-choice.ts';

/** The way from a batch to the page that corrects what came back of it. */
export function useCorrection(batch: () => Batch | null) {
  const desk = useDesk();
  const router = useRouter();
  const { t } = useText();
  const search = useCall((batchId: string) =>
    desk.api.call('proposals.list', { query: { batchId, state: 'returned', order: 'oldest', limit: 1 } }),
  );
  const isOffered = computed(() => {
    const { isMine = false, states = [], deeds = [] } = batch() ?? {};
    return (
      isMine && deeds.some(({ rule }) => rule !== null) && states.some(({ state }) => state === 'returned')
    );
  });

  const returned = computed(() => batch()?.states.find(({ state }) => state === 'returned')?.count ?? 0);

  return {
    words: computed(() =>
      returned.value === 1 ? t('approvals.correct') : t('approvals.correctMany', { n: returned.value }),
    ),
    ...{ isOffered, isLooking: search.busy, failure: search.failure },
    /** A row that came back, if one is among the first of the batch. */
    known: computed(() =>
      isOffered.value
        ? batch()?.first.find(({ state, rule }) => state === 'returned' && rule !== null)
        : undefined,
    ),
    /** A large batch may show none of the rows that came back: one of them is looked up. */
    async open(): Promise<void> {
      const found = await search.run(batch()?.id ?? '');
      const [row] = found?.items ?? [];
      if (row) await router.push({ name: 'correct', params: { id: row.id } });
    },
  };
}
