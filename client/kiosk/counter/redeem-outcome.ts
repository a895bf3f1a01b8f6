import { tellsOnlyWhoAsks } from '../../intent/sending-state.ts';
import { UNDO_WITHIN_MS } from '../../../shared/kiosk/undo-limit.ts';
import { also, type Change, goTo, stay } from './state-change.ts';
import { lookUpAgain } from './look-up-steps.ts';
import { rowSlip } from './row-slip.ts';
import type { CounterState, Owed, Redemption, RowResult, Underway, World } from './state.ts';
import { listRecent, undoableFrom, undoneHere } from './undo-steps.ts';
import { basketAgain } from './visit.ts';

/** Refusals after which the card that was shown counts no more: it is shown again, or the PIN is given. */
const PRESENCE_ENDED: readonly string[] = ['redemption.absent', 'card.revoked'];

type Redeem = Owed & { kind: 'kiosk.redeem' };

/** The server has said what became of a basket: handed out or refused. */
export function redeemEnded(
  state: CounterState,
  place: Underway,
  owed: Redeem,
  result: Extract<RowResult, { is: 'booked' | 'refused' }>,
  world: World,
): Change {
  if (result.is === 'refused') return broughtBack(state, place, owed, result, world);
  const done = handedOut(state, place, result.receipt, world);
  // It may have been booked long ago, before the power went: the server knows whether it can still be undone.
  return place.isOverdue ? listRecent([{ ...done[0], undoable: null }, done[1]]) : done;
}

/** The row on the disk is enough: the goods go over the counter, or come back. */
export function hereEnded(state: CounterState, place: Underway, rowNumber: number, world: World): Change {
  const { owed } = place;
  if (owed.kind === 'kiosk.undo') return undoneHere(state, place, rowNumber, world);
  return handedOut(state, place, { ...receiptHere({ ...owed }, place, world), rowNumber }, world);
}

function handedOut(
  state: CounterState,
  { owed }: Underway,
  receipt: Redemption,
  { nowMs, freshKey }: World,
): Change {
  const undoable = undoableFrom(receipt, owed.key, freshKey, nowMs + UNDO_WITHIN_MS);
  return [
    // An older list of redemptions does not know this one.
    { ...goTo(state, { at: 'done', receipt }), undoable, notice: null, recentTurn: state.recentTurn + 1 },
    [{ do: 'sound', sound: 'done' }, { do: 'refreshGoods' }],
  ];
}

/** The slip of a basket of which only this device knows. */
function receiptHere({ key, content }: Redeem, { beneath }: Underway, world: World): Redemption {
  const { nowMs, volunteer = '' } = world;
  const { householdId: id, householdNumber: number, points, balance } = content;
  const head = beneath.at === 'serving' ? beneath.visit.household.head : '';
  const known = { household: { id, number, head }, balanceAfter: balance - points, volunteer, mayUndo: true };
  return rowSlip({ key, content, atMs: nowMs }, known);
}

function broughtBack(
  state: CounterState,
  { beneath }: Underway,
  owed: Redeem,
  { failure }: Extract<RowResult, { is: 'refused' }>,
  world: World,
): Change {
  const code = failure.kind === 'problem' ? failure.problem.code : '';
  const visit = beneath.at === 'serving' ? beneath.visit : null;
  const presence = PRESENCE_ENDED.includes(code) ? null : (visit?.presence ?? null);
  // The row is over: the basket goes on under a key that no row has.
  const key = world.freshKey;
  const basket = basketAgain({ ...owed, key }, world, presence);
  const back = also(stay(state), { do: 'keepAside', basket });
  if (tellsOnlyWhoAsks(code)) {
    // Signed out: the basket waits for whoever signs in.
    return [goTo({ ...state, aside: basket }, { at: 'waiting', bringsBack: false }), back[1]];
  }
  // Proofs are not sent again: the PINs are asked for anew instead of being refused for ever.
  const same = visit === null ? null : { ...visit, key, presence, proof: null, vouches: [] };
  const aside = same === null ? basket : null;
  const looking = { why: 'refused', failure, same } as const;
  const question = { number: owed.content.householdNumber };
  return lookUpAgain([{ ...back[0], aside }, back[1]], question, looking);
}
