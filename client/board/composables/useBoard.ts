import { onBeforeUnmount, onMounted, ref, shallowRef, type Ref, type ShallowRef } from 'vue';
import type { AnswerOf, Api, Failure } from '../../api/index.ts';

export type Board = AnswerOf<'board.view'>;

const everyMs = 60_000;

/** A village's board, fetched afresh every minute; what was last heard stays when the network is gone. */
export function useBoard(
  api: Api,
  villageId: string,
): {
  board: Readonly<ShallowRef<Board | null>>;
  failure: Readonly<ShallowRef<Failure | null>>;
  heardAtMs: Readonly<Ref<number>>;
  refresh: () => Promise<void>;
} {
  const board = shallowRef<Board | null>(null);
  const failure = shallowRef<Failure | null>(null);
  const heardAtMs = ref(0);
  let timer: number | undefined;

  async function refresh(): Promise<void> {
    const outcome = await api.call('board.view', { params: { villageId } });
    failure.value = outcome.kind === 'answer' ? null : outcome;
    if (outcome.kind !== 'answer') return;
    board.value = outcome.data;
    heardAtMs.value = Date.now();
  }

  onMounted(() => {
    void refresh();
    timer = window.setInterval(() => void refresh(), everyMs);
  });
  onBeforeUnmount(() => window.clearInterval(timer));
  return { board, failure, heardAtMs, refresh };
}
