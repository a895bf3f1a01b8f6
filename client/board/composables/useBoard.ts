import { onBeforeUnmount, onMounted, ref, shallowRef, type Ref, type ShallowRef } from 'vue';
import type { AnswerOf, Api, Failure } from '../../api/index.ts';
import { deviceToken, keepBoard, keptBoard } from '../memory.ts';

export type Board = AnswerOf<'board.view'>;

const everyMs = 60_000;

/** Only a paired device begins the days of a notice. On another screen it would say a day that does not count. */
function asShownHere(board: Board): Board {
  return deviceToken() === null ? { ...board, notices: board.notices.filter(({ isUp }) => isUp) } : board;
}

/**
 * A village's board, fetched afresh every minute. The board heard last stays when the network is gone, also over a
 * power cut, and says from when it is.
 */
export function useBoard(
  api: Api,
  villageId: string,
): {
  board: Readonly<ShallowRef<Board | null>>;
  failure: Readonly<ShallowRef<Failure | null>>;
  heardAtMs: Readonly<Ref<number>>;
  refresh: () => Promise<void>;
} {
  const kept = keptBoard(villageId);
  const board = shallowRef<Board | null>(kept?.board ?? null);
  const failure = shallowRef<Failure | null>(null);
  const heardAtMs = ref(kept?.heardAtMs ?? 0);
  let timer: number | undefined;

  async function refresh(): Promise<void> {
    const outcome = await api.call('board.view', { params: { villageId } });
    failure.value = outcome.kind === 'answer' ? null : outcome;
    if (outcome.kind !== 'answer') return;
    heardAtMs.value = Date.now();
    const heard = asShownHere(outcome.data);
    keepBoard({ board: heard, heardAtMs: heardAtMs.value });
    // The same again is left as it stands, so that a page that turns is not drawn anew for nothing.
    if (JSON.stringify(heard) !== JSON.stringify(board.value)) board.value = heard;
  }

  const ask = () => void refresh();
  onMounted(() => {
    ask();
    timer = window.setInterval(ask, everyMs);
    window.addEventListener('online', ask);
  });
  onBeforeUnmount(() => {
    window.clearInterval(timer);
    window.removeEventListener('online', ask);
  });
  return { board, failure, heardAtMs, refresh };
}
