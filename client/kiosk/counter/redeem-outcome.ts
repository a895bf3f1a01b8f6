import { tellsOnlyWhoAsks, type Settled } from '../../intent/sending-state.ts';
import { UNDO_WITHIN_MS } from '../../../shared/kiosk/undo-limit.ts';
import { also, type Change, goTo, stay, tell } from './state-change.ts';
import { lookUpAgain } from './look-up-steps.ts';
import type { CounterState, Owed, Redemption, Underway, World } from './state.ts';
import { listRecent, undoableFrom } from './undo-steps.ts';
import { basketAgain } from './visit.ts';

/** Refusals after which the card that was shown counts no more: it is shown again, or the PIN is given. */
const PRESENCE_ENDED: readonly string[] = ['redemption.absent', 'card.revoked'];

type Redeem = Owed & { kind: 'kiosk.redeem' };

/** It is known what became of a basket: handed out, refused, or booked with other content before. */
export function redeemEnded(
  state: CounterState,
  place: Underway,
  owed: Redeem,
  ended: Settled<Redemption>,
  world: World,
): Change {
  if (ended.is === 'booked') return handedOut(state, place, ended.data, world);
  if (ended.is === 'refused') return broughtBack(state, place, owed, ended, world);
  const waiting = goTo(state, { at: 'waiting', bringsBack: false });
  const settled: Change = [waiting, [{ do: 'settle', key: owed.key }]];
  return listRecent(tell(settled, { kind: 'warn', name: 'alreadyBooked' }));
}

function handedOut(
  state: CounterState,
  { sending }: Underway,
  receipt: Redemption,
  { nowMs, freshKey }: World,
): Change {
  const done: Change = [
    // An older list of redemptions does not know this one.
    { ...goTo(state, { at: 'done', receipt }), notice: null, recentTurn: state.recentTurn + 1 },
    [{ do: 'settle', key: sending.key }, { do: 'sound', sound: 'done' }, { do: 'refreshGoods' }],
  ];
  // It may have been booked long ago, before the power went: the server knows whether it can still be undone.
  if (sending.isUnclear) return listRecent([{ ...done[0], undoable: null }, done[1]]);
  const undoable = undoableFrom(receipt, freshKey, nowMs + UNDO_WITHIN_MS);
  return [{ ...done[0], undoable }, done[1]];
}

function broughtBack(
  state: CounterState,
  { beneath }: Underway,
  owed: Redeem,
  { failure }: Extract<Settled<Redemption>, { is: 'refused' }>,
  world: World,
): Change {
  const isAbsent = failure.kind === 'problem' && PRESENCE_ENDED.includes(failure.problem.code);
  const again = basketAgain(owed, world);
  const basket = isAbsent ? { ...again, presence: null } : again;
  const back = also(stay(state), { do: 'takeBack', key: owed.key, basket });
  if (failure.kind === 'problem' && tellsOnlyWhoAsks(failure.problem.code)) {
    // Signed out: the basket waits for whoever signs in.
    return [goTo({ ...state, aside: basket }, { at: 'waiting', bringsBack: false }), back[1]];
  }
  // Proofs are not sent again: the PINs are asked for anew instead of being refused for ever.
  const { presence } = basket;
  const same = beneath.at === 'serving' ? { ...beneath.visit, presence, proof: null, vouches: [] } : null;
  const aside = same === null ? basket : null;
  const looking = { why: 'refused', failure, same } as const;
  return lookUpAgain([{ ...back[0], aside }, back[1]], owed.content.householdNumber, looking);
}
