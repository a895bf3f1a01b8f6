import { computed, type ComputedRef, ref, type Ref, shallowRef, type ShallowRef } from 'vue';
import type { AnswerOf, Failure, Outcome } from '../../api/index.ts';
import { afterAttempt, firstSending, type Sending } from '../../intent/sending-state.ts';
import { ANSWER_LIMIT_MS } from '../answer-limit.ts';
import type { Household, Redemption } from '../counter/state.ts';
import type { Voice } from './createVoice.ts';
import type { Station } from './useStation.ts';

export type GoodsReturn = AnswerOf<'kiosk.return'>;

/** The goods that are about to come back, frozen from the first attempt on. */
interface ReturnContent {
  readonly redemptionId: string;
  readonly lines: readonly { readonly goodsId: string; readonly quantity: number }[];
  readonly presence: string;
}

/** Takes goods of a slip back: which slip, how many pieces of what, whose card, and then the slip of the return. */
export interface ReturnDesk {
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
  readonly booked: Readonly<ShallowRef<GoodsReturn | null>>;
  readonly open: () => void;
  readonly openSlip: (slip: Redemption) => void;
  readonly find: (number: number) => Promise<void>;
  readonly choose: (goodsId: string, quantity: number) => void;
  readonly showCard: (card: string) => Promise<void>;
  readonly confirm: () => Promise<void>;
  /** Leaves it, unless nobody knows yet what became of it. */
  readonly close: () => void;
}

interface ReturnParts {
  readonly station: Station;
  readonly voice: Voice;
  readonly mayOpen: () => boolean;
  /** A key that nobody has used. */
  readonly newKey: () => string;
  /** It is booked: shelf, figures and the last redemption have changed. */
  readonly changed: () => void;
}

export function createReturnDesk(parts: ReturnParts): ReturnDesk {
  const { station, voice, mayOpen } = parts;
  const desk = createReturnState();
  const { view, slip, chosen, household, isOther, isBusy, failure, booked, sending, turnTo } = desk;
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
      booked,
      find,
      showCard,
      confirm: createReturnSending(desk, parts, fail),
    },
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

/** Sends the return until it is known what became of it. */
function createReturnSending(
  desk: ReturnType<typeof createReturnState>,
  { station, voice, newKey, changed }: ReturnParts,
  fail: (told: Failure) => void,
): () => Promise<void> {
  const { view, slip, chosen, household, isBusy, failure, booked, sending, turnTo } = desk;

  async function reread(): Promise<void> {
    const mine = desk.turn();
    const number = slip.value?.journalNumber ?? 0;
    const outcome = await station.api.call('kiosk.slip', { body: { number }, timeoutMs: ANSWER_LIMIT_MS });
    if (mine === desk.turn()) turnTo(outcome.kind === 'answer' ? 'choosing' : 'asking', answerOf(outcome));
  }

  return async function confirm() {
    if (isBusy.value) return;
    const next = sending.value ?? firstOf(newKey(), slip.value, chosen.value, household.value);
    if (next === null) return;
    const mine = desk.turn();
    isBusy.value = true;
    failure.value = null;
    sending.value = next;
    const { redemptionId, lines, presence } = next.content;
    const outcome = await station.api.call('kiosk.return', {
      ...{ key: next.key, params: { id: redemptionId }, timeoutMs: ANSWER_LIMIT_MS },
      body: { lines: [...lines], presence },
    });
    if (mine !== desk.turn()) return;
    isBusy.value = false;
    const after = afterAttempt(next, outcome);
    // A server that was only busy booked nothing, and everything may be changed again.
    sending.value = after.is === 'open' && after.sending.isUnclear ? after.sending : null;
    if (outcome.kind === 'answer') {
      booked.value = outcome.data;
      view.value = 'done';
      voice.sound('done');
      changed();
      return;
    }
    // The card is shown again: it may be the card that was refused.
    if (after.is !== 'open') household.value = null;
    // An earlier attempt may have been booked for somebody else on duty: the slip says what came back.
    if (after.is !== 'open' && next.isUnclear) await reread();
    fail(outcome);
  };
}

/** The state of the desk. Each change of its view takes the next turn: an answer of an earlier one comes too late. */
function createReturnState() {
  const view = ref<'closed' | 'asking' | 'choosing' | 'done'>('closed');
  const slip = shallowRef<Redemption | null>(null);
  const chosen = shallowRef<ReadonlyMap<string, number>>(new Map());
  const household = shallowRef<Household | null>(null);
  const isOther = ref(false);
  const isBusy = ref(false);
  const failure = shallowRef<Failure | null>(null);
  const booked = shallowRef<GoodsReturn | null>(null);
  const sending = shallowRef<Sending<ReturnContent> | null>(null);
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
    booked.value = null;
  }

  const refs = { view, slip, chosen, household, isOther, isBusy, failure, booked, sending };
  return { ...refs, turnTo, turn: () => latest };
}

function answerOf<T>(outcome: Outcome<T>): T | null {
  return outcome.kind === 'answer' ? outcome.data : null;
}

function pointsOf(slip: Redemption | null, chosen: ReadonlyMap<string, number>): number {
  const lines = slip?.lines ?? [];
  return lines.reduce((sum, { goodsId, price }) => sum + price * (chosen.get(goodsId) ?? 0), 0);
}

function firstOf(
  key: string,
  slip: Redemption | null,
  chosen: ReadonlyMap<string, number>,
  household: Household | null,
): Sending<ReturnContent> | null {
  const lines = Array.from(chosen, ([goodsId, quantity]) => ({ goodsId, quantity })).filter(
    ({ quantity }) => quantity > 0,
  );
  if (!slip || !household || lines.length === 0) return null;
  return firstSending(key, { redemptionId: slip.id, lines, presence: household.presence.token });
}
