import { computed, type ComputedRef, type Ref, type ShallowRef } from 'vue';
import type { Failure } from '../../api/index.ts';
import { ANSWER_LIMIT_MS } from '../answer-limit.ts';
import type { Household, Redemption } from '../counter/state.ts';
import { createReturnSending, type ReturnSending, type ReturnSendingParts } from './return-sending.ts';
import { createReturnState, type GoodsReturn } from './return-state.ts';

/** Takes goods of a slip back: which slip, how many pieces of what, whose card, and then the slip of the return. */
export interface ReturnDesk extends ReturnSending {
  /** `asking`: the number of the slip is typed. `choosing`: the slip is there. `done`: it is booked. */
  readonly view: Readonly<Ref<'closed' | 'asking' | 'choosing' | 'done'>>;
  readonly slip: Readonly<ShallowRef<Redemption | null>>;
  /** Pieces that come back, by item. */
  readonly chosen: Readonly<ShallowRef<ReadonlyMap<string, number>>>;
  readonly points: ComputedRef<number>;
  /** The household of the slip, once its card was shown. */
  readonly household: Readonly<ShallowRef<Household | null>>;
  /** Another household's card was shown. */
  readonly isOther: Readonly<Ref<boolean>>;
  readonly isBusy: Readonly<Ref<boolean>>;
  /** It was sent, and nobody knows yet whether it was booked: the same is asked again, and nothing else. */
  readonly isUnclear: ComputedRef<boolean>;
  readonly failure: Readonly<ShallowRef<Failure | null>>;
  /** The disk refused it: nothing was sent. */
  readonly isUnkept: Readonly<Ref<boolean>>;
  readonly booked: Readonly<ShallowRef<GoodsReturn | null>>;
  readonly open: () => void;
  readonly openSlip: (slip: Redemption) => void;
  readonly find: (number: number) => Promise<void>;
  readonly choose: (goodsId: string, quantity: number) => void;
  readonly showCard: (card: string) => Promise<void>;
  /** Leaves it, unless nobody knows yet what became of it. */
  readonly close: () => void;
}

export function createReturnDesk(parts: ReturnSendingParts): ReturnDesk {
  const { station, voice, mayOpen } = parts;
  const desk = createReturnState();
  const { view, slip, chosen, household, isOther, isBusy, failure, booked, sending, isUnkept, turnTo } = desk;
  const isUnclear = computed(() => sending.value !== null);

  function fail(told: Failure): void {
    failure.value = told;
    voice.sound('error');
  }

  async function find(number: number): Promise<void> {
    if (view.value !== 'asking' || isBusy.value) return;
    const mine = desk.turn();
    isBusy.value = true;
    failure.value = null;
    const outcome = await station.api.call('kiosk.slip', { body: { number }, timeoutMs: ANSWER_LIMIT_MS });
    if (mine !== desk.turn()) return;
    isBusy.value = false;
    if (outcome.kind === 'answer') turnTo('choosing', outcome.data);
    else fail(outcome);
  }

  async function showCard(card: string): Promise<void> {
    if (view.value !== 'choosing' || isBusy.value || isUnclear.value) return;
    const mine = desk.turn();
    isBusy.value = true;
    isOther.value = false;
    failure.value = null;
    household.value = null;
    voice.sound('card');
    const outcome = await station.api.call('kiosk.lookup', { body: { card }, timeoutMs: ANSWER_LIMIT_MS });
    if (mine !== desk.turn()) return;
    isBusy.value = false;
    if (outcome.kind !== 'answer') fail(outcome);
    else if (outcome.data.id === slip.value?.household.id) household.value = outcome.data;
    else {
      isOther.value = true;
      voice.sound('error');
    }
  }

  return {
    ...{
      view,
      slip,
      chosen,
      household,
      isOther,
      isBusy,
      isUnclear,
      failure,
      isUnkept,
      booked,
      find,
      showCard,
    },
    ...createReturnSending(desk, parts, fail),
    points: computed(() => pointsOf(slip.value, chosen.value)),
    open() {
      if (mayOpen() && !isUnclear.value) turnTo('asking', null);
    },
    openSlip(of) {
      if (mayOpen() && !isUnclear.value) turnTo('choosing', of);
    },
    choose(goodsId, quantity) {
      const line = slip.value?.lines.find((one) => one.goodsId === goodsId);
      if (!line || isBusy.value || isUnclear.value) return;
      const most = line.quantity - line.returned;
      chosen.value = new Map(chosen.value).set(goodsId, Math.max(0, Math.min(most, quantity)));
    },
    close() {
      if (!isUnclear.value) turnTo('closed', null);
    },
  };
}

function pointsOf(slip: Redemption | null, chosen: ReadonlyMap<string, number>): number {
  const lines = slip?.lines ?? [];
  return lines.reduce((sum, { goodsId, price }) => sum + price * (chosen.get(goodsId) ?? 0), 0);
}
