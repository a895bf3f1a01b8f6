import { computed, type ComputedRef, type Ref, type ShallowRef } from 'vue';
import type { Failure } from '../../api/index.ts';
import { ANSWER_LIMIT_MS } from '../answer-limit.ts';
import type { GoodsReturn, Household, OwedReturn, Redemption } from '../counter/state.ts';
import { createReturnSending, type ReturnSendingParts, type ReturnWays } from './createReturnSending.ts';
import { createReturnState } from './createReturnState.ts';

/** Takes goods of a slip back: which slip, how many pieces of what, whose card, and then the slip of the return. */
export interface ReturnDesk extends ReturnWays {
  /**
   * `asking`: the number of the slip is typed. `choosing`: the slip is there. `unanswered`: its row is on the disk, and nobody
   * knows yet whether it is booked. `done`: it is booked.
   */
  readonly view: Readonly<Ref<'closed' | 'asking' | 'choosing' | 'unanswered' | 'done'>>;
  readonly slip: Readonly<ShallowRef<Redemption | null>>;
  /** Pieces that come back, by item. */
  readonly chosen: Readonly<ShallowRef<ReadonlyMap<string, number>>>;
  readonly points: ComputedRef<number>;
  /** The household of the slip, once its card was shown. */
  readonly household: Readonly<ShallowRef<Household | null>>;
  /** Another household's card was shown. */
  readonly isOther: Readonly<Ref<boolean>>;
  readonly isBusy: Readonly<Ref<boolean>>;
  /** The return that was written and has no answer yet: nothing else is returned before. */
  readonly owed: Readonly<ShallowRef<OwedReturn | null>>;
  readonly failure: Readonly<ShallowRef<Failure | null>>;
  /** The disk refused: the return itself, so that nothing was sent, or that it was given up. */
  readonly unwritten: Readonly<ShallowRef<'notKept' | 'notNoted' | null>>;
  readonly booked: Readonly<ShallowRef<GoodsReturn | null>>;
  readonly open: () => void;
  readonly openSlip: (slip: Redemption) => void;
  readonly find: (number: number) => Promise<void>;
  readonly choose: (goodsId: string, quantity: number) => void;
  readonly showCard: (card: string) => Promise<void>;
  /** Somebody is on duty: returns that a page before this one wrote are asked about before anything else. */
  readonly resume: () => void;
  /** Leaves it, unless nobody knows yet what became of it. */
  readonly close: () => void;
}

interface ReturnParts extends ReturnSendingParts {
  readonly mayOpen: () => boolean;
  /** Returns whose rows asked when the page began, and have no answer. */
  readonly kept: readonly OwedReturn[];
}

export function createReturnDesk(parts: ReturnParts): ReturnDesk {
  const { station, voice, mayOpen } = parts;
  const desk = createReturnState();
  const { view, slip, chosen, household, isOther, isBusy, owed, turnTo } = desk;
  const sending = createReturnSending(desk, parts);
  const kept = [...parts.kept];

  async function find(number: number): Promise<void> {
    if (view.value !== 'asking' || isBusy.value) return;
    const mine = desk.begin();
    const outcome = await station.api.call('kiosk.slip', { body: { number }, timeoutMs: ANSWER_LIMIT_MS });
    if (mine !== desk.turn()) return;
    isBusy.value = false;
    if (outcome.kind === 'answer') turnTo('choosing', outcome.data);
    else sending.fail(outcome);
  }

  async function showCard(card: string): Promise<void> {
    if (view.value !== 'choosing' || isBusy.value) return;
    const mine = desk.begin();
    isOther.value = false;
    household.value = null;
    voice.sound('card');
    const outcome = await station.api.call('kiosk.lookup', { body: { card }, timeoutMs: ANSWER_LIMIT_MS });
    if (mine !== desk.turn()) return;
    isBusy.value = false;
    if (outcome.kind !== 'answer') sending.fail(outcome);
    else if (outcome.data.id === slip.value?.household.id) household.value = outcome.data;
    else {
      isOther.value = true;
      voice.sound('error');
    }
  }

  function resume(): void {
    if (view.value !== 'closed') return;
    const next = kept.shift();
    if (next) void sending.resume(next);
  }

  function openAt(next: 'asking' | 'choosing', of: Redemption | null): void {
    if (!mayOpen() || owed.value !== null) return;
    turnTo(next, of);
  }

  const { fail: _, ...ways } = sending;
  return {
    ...desk.shown,
    ...ways,
    ...{ find, showCard, resume },
    points: computed(() => pointsOf(slip.value, chosen.value)),
    open: () => {
      openAt('asking', null);
    },
    openSlip: (of) => {
      openAt('choosing', of);
    },
    choose(goodsId, quantity) {
      const line = slip.value?.lines.find((one) => one.goodsId === goodsId);
      if (!line || isBusy.value) return;
      const most = line.quantity - line.returned;
      chosen.value = new Map(chosen.value).set(goodsId, Math.max(0, Math.min(most, quantity)));
    },
    async giveUp() {
      await sending.giveUp();
      resume();
    },
    close() {
      if (owed.value !== null) return;
      turnTo('closed', null);
      resume();
    },
  };
}

function pointsOf(slip: Redemption | null, chosen: ReadonlyMap<string, number>): number {
  const lines = slip?.lines ?? [];
  return lines.reduce((sum, { goodsId, price }) => sum + price * (chosen.get(goodsId) ?? 0), 0);
}
