import { ref, shallowRef } from 'vue';
import type { AnswerOf, Failure } from '../../api/index.ts';
import type { Sending } from '../../intent/sending-state.ts';
import type { Household, Redemption } from '../counter/state.ts';
import type { ReturnContent } from '../ports/kept-return.ts';

export type GoodsReturn = AnswerOf<'kiosk.return'>;
export type ReturnState = ReturnType<typeof createReturnState>;

/** The state of the desk. Each change of its view takes the next turn: an answer of an earlier one comes too late. */
export function createReturnState() {
  const view = ref<'closed' | 'asking' | 'choosing' | 'done'>('closed');
  const slip = shallowRef<Redemption | null>(null);
  const chosen = shallowRef<ReadonlyMap<string, number>>(new Map());
  const household = shallowRef<Household | null>(null);
  const isOther = ref(false);
  const isBusy = ref(false);
  const failure = shallowRef<Failure | null>(null);
  const booked = shallowRef<GoodsReturn | null>(null);
  const sending = shallowRef<Sending<ReturnContent> | null>(null);
  const isUnkept = ref(false);
  let latest = 0;

  function turnTo(next: 'closed' | 'asking' | 'choosing', of: Redemption | null): void {
    latest += 1;
    view.value = next;
    slip.value = of;
    chosen.value = new Map();
    household.value = null;
    isOther.value = false;
    isBusy.value = false;
    failure.value = null;
    isUnkept.value = false;
    booked.value = null;
  }

  const refs = { view, slip, chosen, household, isOther, isBusy, failure, booked, sending, isUnkept };
  return { ...refs, turnTo, turn: () => latest };
}
