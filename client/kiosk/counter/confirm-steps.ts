import type { Failure } from '../../api/index.ts';
import { totalOf } from '../basket.ts';
import { type Change, goTo, stay, type Steps } from './state-change.ts';
import { beginSending } from './sending-steps.ts';
import { serve } from './serving-steps.ts';
import type { AskingPin, CounterState, Owed, Visit, World } from './state.ts';
import { missingVouches, needsPin, standingVouches, vanished } from './visit.ts';

/**
 * One tap hands the basket out; without a card or above the village's amount the household gives its PIN first. Volunteers give
 * theirs for one that has neither card nor PIN, or whose card or PIN is new (vouch-steps.ts).
 */
export const confirmSteps: Steps<'confirm' | 'pin' | 'pinRight' | 'pinWrong'> = {
  confirm(state, _, world) {
    return state.place.at === 'serving' ? confirmBasket(state, state.place.visit, world) : stay(state);
  },

  pin(state, { pin }, world) {
    const { place } = state;
    if (place.at !== 'pin' || place.isChecking || place.visit.pinWaitUntilMs > world.nowMs)
      return stay(state);
    const next = goTo(state, { ...place, isChecking: true });
    const { household, presence } = place.visit;
    return [next, [{ do: 'checkPin', turn: next.turn, householdId: household.id, presence, pin }]];
  },

  pinRight(state, { proof }, world) {
    const { place } = state;
    if (place.at !== 'pin') return stay(state);
    // Given this moment: whatever the clock of this device says, it counts for this basket.
    return confirmBasket(state, { ...place.visit, proof }, world, true);
  },

  pinWrong(state, { failure }, world) {
    const { place } = state;
    if (place.at !== 'pin') return stay(state);
    const pinWaitUntilMs = waitAfter(failure, place, world);
    const visit = { ...place.visit, pinWaitUntilMs };
    return stay(goTo(state, { at: 'pin', visit, isChecking: false, failure }));
  },
};

export function confirmBasket(state: CounterState, visit: Visit, world: World, isProven = false): Change {
  const { goods } = world;
  if (goods === null || visit.lines.length === 0) return stay(state);
  if (vanished(visit, world).length > 0) return serve(stay({ ...state, notice: null }), visit, world);
  if (!isProven && needsPin(visit, goods, world.nowMs))
    return stay(goTo(state, { at: 'pin', visit, isChecking: false, failure: null }));
  if (missingVouches(visit, goods) > 0)
    return stay(goTo(state, { at: 'vouch', visit, isChecking: false, failure: null }));
  const owed: Owed = {
    key: visit.key,
    kind: 'kiosk.redeem',
    about: visit.household.id,
    owner: 'counter',
    content: {
      householdId: visit.household.id,
      householdNumber: visit.household.number,
      lines: visit.lines,
      expectedPoints: totalOf(visit.lines, goods),
      presence: visit.presence,
      pinProof: visit.proof?.proof ?? null,
      vouchProofs: standingVouches(visit, goods).map(({ proof }) => proof),
    },
    sentAtMs: world.nowMs,
  };
  return beginSending(state, owed, { at: 'serving', visit });
}

function waitAfter(failure: Failure, { visit }: AskingPin, { nowMs }: World): number {
  if (failure.kind !== 'problem' || failure.problem.code !== 'auth.locked') return visit.pinWaitUntilMs;
  return nowMs + Number(failure.problem.params.seconds ?? 60) * 1000;
}
