import type { Failure } from '../../api/index.ts';
import type { NoticeName, NoticeParams } from '../notice.ts';
import { totalOf } from '../basket.ts';
import { CONFIRM_AGAIN, lookUpAgain } from './look-up-steps.ts';
import { type Change, goTo, refuse, stay, type Steps, tell } from './state-change.ts';
import { beginSending } from './row-under-way.ts';
import { serve } from './serving-steps.ts';
import type { AskingPin, CounterState, Owed, Presence, RedeemContent, Visit, World } from './state.ts';
import { isVouchedFor, missingVouches, needsPin, standingVouches, vanished } from './visit.ts';
import { isAlone, leftWithoutNetwork } from './without-network.ts';

type Redeem = Owed & { kind: 'kiosk.redeem' };

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
  const owed = owedOf(visit, goods, world);
  if (isAlone(visit, world) && world.withoutNetwork !== null)
    return confirmAlone(state, owed, visit, { ...world, goods });
  if (!isProven && needsPin(visit, goods, world.nowMs))
    return stay(goTo(state, { at: 'pin', visit, isChecking: false, failure: null }));
  if (missingVouches(visit, goods) > 0)
    return stay(goTo(state, { at: 'vouch', visit, isChecking: false, failure: null }));
  return beginSending(state, owed, { at: 'serving', visit });
}

/** Nobody can be asked for a PIN without the server: the card alone counts, up to the village's amounts. */
function confirmAlone(
  state: CounterState,
  owed: Redeem,
  visit: Visit,
  world: World & { readonly goods: NonNullable<World['goods']> },
): Change {
  const { copiedFor } = visit.household;
  const again = { why: 'asked', same: visit } as const;
  const asked = stay({ ...state, notice: null });
  // The server is there again, and the basket still rests on the copy: what is true now comes first.
  if (world.isConnected && copiedFor === 'gone') return lookUpAgain(asked, visit.asked, again);
  const no = obstacleAlone(owed, visit, world);
  // A server that is slow can give what the copy cannot: it is waited for, once.
  if (no !== null && world.isConnected && copiedFor === 'slow')
    return tell(lookUpAgain(asked, visit.asked, again, true), CONFIRM_AGAIN);
  if (no !== null) return refuse(state, ...no);
  // A server that answers too late is asked by the row: after three seconds the disk is enough.
  return beginSending(state, owed, { at: 'serving', visit }, world.isConnected ? null : 'here');
}

/** The reason not to hand the basket out on this device's word alone; null: none. */
function obstacleAlone(
  { content }: Redeem,
  visit: Visit,
  world: World & { readonly goods: NonNullable<World['goods']> },
): readonly [NoticeName, NoticeParams?] | null {
  const { household, presence, proof } = visit;
  const isVouched = isVouchedFor(visit) && missingVouches(visit, world.goods) === 0;
  const isKnown = presence?.how === 'card' || proof !== null || isVouched;
  if (!isKnown) return ['cardNeeded'];
  if (world.withoutNetwork?.isOwn(household.id) === true) return ['ownHousehold'];
  if (missingVouches(visit, world.goods) > 0) return ['secondNeedsNetwork'];
  if (content.points > content.balance) return ['balanceShort'];
  const left = leftWithoutNetwork(household, world);
  return content.points > left ? ['overWithoutNetwork', { leftHundredths: left }] : null;
}

function owedOf(visit: Visit, goods: NonNullable<World['goods']>, { nowMs, goodsNames }: World): Redeem {
  const { household, key, lines, presence, proof } = visit;
  const content = {
    ...{ householdId: household.id, householdNumber: household.number, balance: household.balance },
    lines: lines.map(({ goodsId, quantity }) => {
      const { unit = '', price = 0, name = goodsNames.get(goodsId) ?? '' } = goods.get(goodsId) ?? {};
      return { goodsId, name, unit, quantity, price };
    }),
    points: totalOf(lines, goods),
    presence: shownPresence(presence),
    pinProof: proof?.proof ?? null,
    vouchProofs: standingVouches(visit, goods).map((one) => one.proof),
  };
  return { key, kind: 'kiosk.redeem', sentAtMs: nowMs, content };
}

function shownPresence(presence: Presence | null): RedeemContent['presence'] {
  if (presence === null) return null;
  const { token, cardIssuedAtMs } = presence;
  return cardIssuedAtMs === undefined ? { token } : { cardIssuedAtMs };
}

function waitAfter(failure: Failure, { visit }: AskingPin, { nowMs }: World): number {
  if (failure.kind !== 'problem' || failure.problem.code !== 'auth.locked') return visit.pinWaitUntilMs;
  return nowMs + Number(failure.problem.params.seconds ?? 60) * 1000;
}
