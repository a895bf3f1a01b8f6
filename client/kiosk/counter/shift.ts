import { IDLE_LIMIT_MS } from '../idle-limit.ts';
import { also, type Change, goTo, stay, type Steps, tell, tellToo } from './state-change.ts';
import type { Effect } from './effects.ts';
import { lookUpAgain } from './look-up-steps.ts';
import { askOwed } from './row-under-way.ts';
import { serve } from './serving-steps.ts';
import {
  type Basket,
  type CounterState,
  NOTHING_OVER,
  type Owed,
  type Underway,
  type World,
} from './state.ts';
import { listRecent } from './undo-steps.ts';
import { basketAgain, basketOf, vanished, visitIn } from './visit.ts';

/** A basket that is older than this does not come back, after a long power cut for example. */
const BASKET_KEPT_MS = 30 * 60_000;

/** Somebody comes on duty, or nobody is; and the shelf, without which no basket comes back. */
export const shiftSteps: Steps<'opened' | 'shut' | 'goodsCame'> = {
  opened(state, _, world) {
    if (state.place.at !== 'shut') return stay(state);
    const before: CounterState = { ...state, notice: null, isParkedStale: false };
    const hello: Effect[] = [{ do: 'refreshGoods' }];
    if (state.isParkedStale) hello.push({ do: 'keepParked', baskets: state.parked });
    if (state.damaged !== null) hello.push({ do: 'sound', sound: 'error' });
    const asked = askOwed(before);
    if (asked !== null) return also(asked, ...hello);
    const waiting = goTo(before, { at: 'waiting', bringsBack: state.aside !== null });
    return bringBack(listRecent([waiting, hello]), world);
  },

  shut(state, _, world) {
    const { place } = state;
    if (place.at === 'shut') return stay(state);
    const shut = goTo({ ...state, overlay: NOTHING_OVER, notice: null }, { at: 'shut' });
    // A slip or statement names a household: the next shift must not print it.
    const forget: Effect = { do: 'forgetPaper' };
    if (place.at === 'sending') return also(shutUnderway(shut, place, world), forget);
    const [visit, ahead] =
      place.at === 'looking' ? [place.same, place.lost + place.ahead.length] : [visitIn(place), 0];
    const left: Change = [visit === null ? shut : { ...shut, aside: basketOf(visit) }, [forget]];
    return ahead > 0 ? tellToo(left, 'aheadLost', { n: ahead }) : left;
  },

  goodsCame(state, _, world) {
    const { place } = state;
    if (place.at === 'waiting' && place.bringsBack) return bringBack(stay(state), world);
    const visit = visitIn(place);
    if (visit === null) return stay(state);
    return vanished(visit, world).length > 0 ? serve(stay(state), visit, world) : stay(state);
  },
};

/** A basket that was interrupted comes back: at once, by its card, or after a long time not at all. */
function bringBack(change: Change, world: World): Change {
  const [state] = change;
  const { aside } = state;
  if (aside === null) return change;
  const keptForMs = world.nowMs - aside.changedAtMs;
  if (keptForMs > BASKET_KEPT_MS) {
    const [rest, effects] = waitFor(change, null);
    return also([rest, effects], { do: 'keepAside', basket: null });
  }
  // Longer ago than a household may stand on the screen unattended: its card brings the basket back.
  if (keptForMs > IDLE_LIMIT_MS) return tell(waitFor(change, aside), { kind: 'info', name: 'basketWaits' });
  return world.goods === null
    ? change
    : lookUpAgain(change, { number: aside.householdNumber }, { why: 'back' });
}

function waitFor([state, effects]: Change, aside: Basket | null): Change {
  return [{ ...state, aside, place: { at: 'waiting', bringsBack: false } }, effects];
}

/** A row that may be on the disk is asked about when somebody signs in. Before there is one, the basket is put aside. */
function shutUnderway(shut: CounterState, { owed, step, beneath }: Underway, world: World): Change {
  const hasRow = step !== 'reach';
  const aside = asideOf(shut, owed, beneath, world, hasRow);
  return stay({ ...shut, aside, owed: hasRow ? [owed, ...shut.owed] : shut.owed });
}

function asideOf(
  shut: CounterState,
  owed: Owed,
  beneath: Underway['beneath'],
  world: World,
  hasRow: boolean,
): Basket | null {
  const presence = beneath.at === 'serving' ? beneath.visit.presence : null;
  if (owed.kind === 'kiosk.redeem') return hasRow ? shut.aside : basketAgain(owed, world, presence);
  return beneath.at === 'serving' ? basketOf(beneath.visit) : shut.aside;
}
