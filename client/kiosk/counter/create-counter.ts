import { computed, proxyRefs, shallowRef } from 'vue';
import type { Effect } from './effects.ts';
import type { CounterEvent } from './events.ts';
import { initialState, type Kept, type World } from './state.ts';
import { transition } from './transition.ts';
import { mayHandOutHere } from './without-network.ts';
import { noticeOf, receiptOnScreen, screenOf, visitOnScreen } from './screen-view.ts';

/** One function for each effect. It answers through `feed`, at once or later. */
export type Doers = {
  readonly [Do in Effect['do']]: (effect: Extract<Effect, { do: Do }>, feed: Feed) => void;
};
export type Feed = (event: CounterEvent) => void;
export type Counter = ReturnType<typeof createCounter>;

interface CounterParts {
  readonly kept: Kept;
  readonly world: () => World;
  readonly doers: Doers;
  /** Hears of a doer that failed. The others do their part all the same: a sound must not hold up a hand-over. */
  readonly report?: (error: unknown) => void;
}

/** Runs the machine: takes events one after the other, and has done what each of them asks for. */
export function createCounter({ kept, world, doers, report = throwApart }: CounterParts) {
  const state = shallowRef(initialState(kept));
  const queue: CounterEvent[] = [];
  let isRunning = false;

  function feed(event: CounterEvent): void {
    queue.push(event);
    if (isRunning) return;
    isRunning = true;
    try {
      for (let next = queue.shift(); next !== undefined; next = queue.shift()) take(next);
    } finally {
      isRunning = false;
    }
  }

  function take(event: CounterEvent): void {
    const [next, effects] = transition(state.value, event, world());
    state.value = next;
    effects.forEach(carryOut);
  }

  function carryOut(effect: Effect): void {
    try {
      (doers[effect.do] as (effect: Effect, feed: Feed) => void)(effect, feed);
    } catch (error) {
      report(error);
    }
  }

  const place = computed(() => state.value.place);
  return proxyRefs({
    state,
    place,
    visit: computed(() => visitOnScreen(state.value)),
    receipt: computed(() => receiptOnScreen(state.value)),
    sending: computed(() => (place.value.at === 'sending' ? place.value : null)),
    /** The volunteer may hand it out now, though no answer came. */
    mayHandOut: computed(() => place.value.at === 'sending' && mayHandOutHere(place.value, world())),
    /** Something is on its way: nothing else begins. */
    isBusy: computed(() => place.value.at === 'sending' || place.value.at === 'looking'),
    notice: computed(() => noticeOf(state.value)),
    screen: computed(() => screenOf(place.value)),
    feed,
  });
}

/** Throws it outside of the machine, so that the page reports it like any other uncaught error. */
function throwApart(error: unknown): void {
  queueMicrotask(() => {
    throw error;
  });
}
