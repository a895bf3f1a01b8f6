import { keepKnown, quantityOf, withQuantity } from '../basket.ts';
import type { NoticeName, NoticeParams } from '../notice.ts';
import { also, type Change, goTo, refuse, stay, type Steps, tell, tellToo } from './state-change.ts';
import { clearView } from './overlay.ts';
import type { CounterState, Visit, World } from './state.ts';
import { type Added, addPiece, basketOf, vanished, withLines } from './visit.ts';

/** Puts goods into the basket and takes them out, or says why not. */
export const servingSteps: Steps<'goods' | 'less' | 'unreadable'> = {
  goods(state, { goodsId }, world) {
    const seen = clearView(state);
    const { place } = seen;
    const name = world.goodsNames.get(goodsId) ?? '';
    if (place.at === 'shut') return refuse(seen, 'signInFirst');
    if (place.at === 'sending') return refuse(seen, 'busy');
    if (place.at === 'waiting') return refuse(seen, 'scanCardFirst', { name });
    if (place.at === 'done') return refuse(seen, 'doneAlready', { name });
    if (place.at === 'looking')
      return stay({ ...seen, place: { ...place, ahead: [...place.ahead, goodsId] } });
    return add(seen, place.visit, goodsId, world);
  },

  less(state, { goodsId }, world) {
    const { place } = state;
    if (place.at !== 'serving' || quantityOf(place.visit.lines, goodsId) === 0) return stay(state);
    const { visit } = place;
    const lines = withQuantity(visit.lines, goodsId, quantityOf(visit.lines, goodsId) - 1);
    return tell(put(stay(state), withLines(visit, lines, world)), null);
  },

  unreadable(state, { name, params }, world) {
    const seen = clearView(state);
    if (seen.place.at === 'shut') return refuse(seen, 'signInFirst');
    if (seen.place.at === 'sending') return refuse(seen, 'busy');
    // It may well be a barcode of the shelf, which has not come yet.
    if (world.goods === null && name !== 'foreign')
      return also(refuse(seen, 'shelfNotRead', params), { do: 'refreshGoods' });
    return refuse(seen, name, params);
  },
};

/** Puts a household on the screen. Goods that are no longer handed out leave its basket, and it is said. */
export function serve([state, effects]: Change, visit: Visit, world: World): Change {
  const gone = vanished(visit, world);
  if (gone.length === 0) return [goTo(state, { at: 'serving', visit }), effects];
  const left = withLines(visit, keepKnown(visit.lines, world.goods ?? new Map()), world);
  const served: Change = put([goTo(state, { at: 'serving', visit: left }), effects], left);
  const ids = gone.map(({ goodsId }) => goodsId);
  return tellToo(served, ...goneNotice(ids, world));
}

/** Goods scanned while their household was looked up, in their order. A notice given before stays. */
export function addAll(change: Change, goodsIds: readonly string[], world: World): Change {
  return goodsIds.reduce<Change>((before, goodsId) => {
    const { place } = before[0];
    const added = place.at === 'serving' ? addPiece(place.visit, goodsId, world) : null;
    if (added === null) return tellToo(before, ...goneNotice([goodsId], world));
    return added.obstacle === null ? putAloud(before, added) : tellToo(before, ...obstacleNotice(added));
  }, change);
}

/** A row of the counter's holds no more kinds of goods (shared/kiosk/rows.ts). */
const LINES_MOST = 50;

function add(state: CounterState, visit: Visit, goodsId: string, world: World): Change {
  if (quantityOf(visit.lines, goodsId) === 0 && visit.lines.length >= LINES_MOST)
    return refuse(state, 'basketFull', { n: LINES_MOST });
  const added = addPiece(visit, goodsId, world);
  if (added === null) return refuse(state, ...goneNotice([goodsId], world));
  if (added.obstacle !== null) return refuse(state, ...obstacleNotice(added));
  return tell(putAloud(stay(state), added), null);
}

function putAloud(change: Change, { visit, item }: Added): Change {
  return also(put(change, visit), { do: 'sound', sound: 'item', label: item.name });
}

/** The basket as it is now, on the screen and on the disk. */
function put([state, effects]: Change, visit: Visit): Change {
  const basket = basketOf(visit);
  return [{ ...state, place: { at: 'serving', visit } }, [...effects, { do: 'keepAside', basket }]];
}

function goneNotice(ids: readonly string[], { goodsNames }: World): [NoticeName, NoticeParams] {
  const names = ids.map((id) => goodsNames.get(id));
  if (names.includes(undefined)) return ['goodsGoneUnnamed', { n: ids.length }];
  return ['goodsGone', { names: names.join('、') }];
}

function obstacleNotice({ obstacle, item, left }: Added): [NoticeName, NoticeParams] {
  if (obstacle === 'sold_out') return ['soldOut', { name: item.name }];
  if (obstacle === 'limit') return ['limit', { name: item.name, limit: item.monthlyLimit ?? 0 }];
  if (obstacle === 'needs_network') return ['needsNetwork', { name: item.name }];
  return ['pointsShort', { name: item.name, missingHundredths: item.price - left }];
}
