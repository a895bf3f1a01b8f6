import { ref, shallowRef } from 'vue';
import type { Failure } from '../../api/index.ts';
import type { GoodsReturn, Household, OwedReturn, Redemption } from '../counter/state.ts';

export type ReturnState = ReturnType<typeof createReturnState>;

/** The state of the desk. Each change of its view takes the next turn: an answer of an earlier one comes too late. */
export function createReturnState() {
  const shown = {
    view: ref<'closed' | 'asking' | 'choosing' | 'unanswered' | 'done'>('closed'),
    slip: shallowRef<Redemption | null>(null),
    chosen: shallowRef<ReadonlyMap<string, number>>(new Map()),
    household: shallowRef<Household | null>(null),
    isOther: ref(false),
    isBusy: ref(false),
    owed: shallowRef<OwedReturn | null>(null),
    failure: shallowRef<Failure | null>(null),
    unwritten: shallowRef<'notKept' | 'notNoted' | null>(null),
    booked: shallowRef<GoodsReturn | null>(null),
  };
  const { view, slip, chosen, household, isOther, isBusy, failure, unwritten, booked } = shown;
  let latest = 0;

  function turnTo(next: 'closed' | 'asking' | 'choosing' | 'unanswered', of: Redemption | null): void {
    latest += 1;
    view.value = next;
    slip.value = of;
    chosen.value = new Map();
    household.value = null;
    isOther.value = false;
    isBusy.value = false;
    failure.value = null;
    unwritten.value = null;
    booked.value = null;
  }

  /** Something is asked or written now; what was said before is over. The turn it belongs to. */
  function begin(): number {
    isBusy.value = true;
    failure.value = null;
    unwritten.value = null;
    return latest;
  }

  return { ...shown, shown, turnTo, begin, turn: () => latest };
}
