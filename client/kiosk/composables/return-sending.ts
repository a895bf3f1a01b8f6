import type { Failure, Outcome } from '../../api/index.ts';
import { afterAttempt, firstSending, interruptedSending, type Sending } from '../../intent/sending-state.ts';
import { ANSWER_LIMIT_MS } from '../answer-limit.ts';
import type { Household, Redemption } from '../counter/state.ts';
import type { KeptReturns, ReturnContent } from '../ports/kept-return.ts';
import type { Voice } from './createVoice.ts';
import type { ReturnState } from './return-state.ts';
import type { Station } from './useStation.ts';

export interface ReturnSendingParts {
  readonly station: Station;
  readonly voice: Voice;
  readonly mayOpen: () => boolean;
  /** A key that nobody has used. */
  readonly newKey: () => string;
  readonly kept: KeptReturns;
  /** It is booked: shelf, figures and the last redemption have changed. */
  readonly changed: () => void;
}

export interface ReturnSending {
  readonly confirm: () => Promise<void>;
  /** Shows the return whose answer an earlier page never heard, to be asked about. */
  readonly resume: () => Promise<void>;
}

/** Sends the return until it is known what became of it: the disk has it first. */
export function createReturnSending(
  desk: ReturnState,
  { station, voice, newKey, changed, kept, mayOpen }: ReturnSendingParts,
  fail: (told: Failure) => void,
): ReturnSending {
  const { view, slip, chosen, household, isBusy, failure, booked, sending, isUnkept, turnTo } = desk;
  /** The disk has been looked at: whatever is open now is known to this page. */
  let hasLooked = false;

  const mayShow = () => mayOpen() && view.value === 'closed';
  const slipOf = (number: number) =>
    station.api.call('kiosk.slip', { body: { number }, timeoutMs: ANSWER_LIMIT_MS });

  async function reread(): Promise<void> {
    const mine = desk.turn();
    const outcome = await slipOf(slip.value?.journalNumber ?? 0);
    if (mine === desk.turn()) turnTo(outcome.kind === 'answer' ? 'choosing' : 'asking', answerOf(outcome));
  }

  async function send(next: Sending<ReturnContent>): Promise<void> {
    const mine = desk.turn();
    sending.value = next;
    const { redemptionId, lines, presence } = next.content;
    const outcome = await station.api.call('kiosk.return', {
      ...{ key: next.key, params: { id: redemptionId }, timeoutMs: ANSWER_LIMIT_MS },
      body: { lines: [...lines], presence },
    });
    const after = afterAttempt(next, outcome);
    const isUnclear = after.is === 'open' && after.sending.isUnclear;
    if (!isUnclear) void kept.settle(next.key);
    if (mine !== desk.turn()) return;
    isBusy.value = false;
    // A server that was only busy booked nothing, and everything may be changed again.
    sending.value = isUnclear ? after.sending : null;
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
  }

  return {
    async confirm() {
      if (isBusy.value) return;
      const next = sending.value ?? firstOf(newKey(), slip.value, chosen.value, household.value);
      if (next === null) return;
      isBusy.value = true;
      failure.value = null;
      isUnkept.value = false;
      const mine = desk.turn();
      const isThere = sending.value !== null || (await kept.keep(next));
      const isLeft = mine !== desk.turn();
      if (isThere && !isLeft) {
        await send(next);
        return;
      }
      void kept.settle(next.key);
      if (isLeft) return;
      isBusy.value = false;
      isUnkept.value = true;
      voice.sound('error');
    },
    async resume() {
      if (hasLooked || !mayShow()) return;
      const left = await kept.left();
      hasLooked = left === null;
      if (left === null) return;
      const outcome = await slipOf(left.content.number);
      if (!mayShow()) return;
      hasLooked = outcome.kind !== 'unknown';
      if (outcome.kind !== 'answer') return;
      turnTo('choosing', outcome.data);
      chosen.value = new Map(left.content.lines.map(({ goodsId, quantity }) => [goodsId, quantity]));
      sending.value = interruptedSending(left.key, left.content);
    },
  };
}

function answerOf<T>(outcome: Outcome<T>): T | null {
  return outcome.kind === 'answer' ? outcome.data : null;
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
  return firstSending(key, {
    ...{ redemptionId: slip.id, number: slip.journalNumber },
    ...{ lines, presence: household.presence.token },
  });
}
