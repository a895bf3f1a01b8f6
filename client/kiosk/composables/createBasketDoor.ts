import type { GoodsItem } from '../../../shared/contract/goods.ts';
import type { Obstacle } from '../basket.ts';
import type { NoticeName, NoticeParams } from '../notice.ts';
import type { Visit } from './createVisit.ts';
import type { Voice } from './createVoice.ts';
import type { Goods } from './useGoods.ts';

/** Puts goods into the basket and says so, or says why not. */
export function createBasketDoor({ goods, visit, voice }: { goods: Goods; visit: Visit; voice: Voice }) {
  /** Goods scanned while the card before them is still being looked up. */
  let ahead: string[] = [];

  function say(item: GoodsItem, obstacle: Obstacle | null): void {
    if (obstacle !== null) {
      voice.refuse(...obstacleNotice(obstacle, item, visit.left.value));
      return;
    }
    voice.tell(null);
    voice.sound('item', item.name);
  }

  const add = (item: GoodsItem) => say(item, visit.add(item));

  function setQuantity(item: GoodsItem, quantity: number): void {
    if (visit.setQuantity(item, quantity) === null) voice.tell(null);
  }

  function addById(goodsId: string): void {
    const item = goods.byId.value.get(goodsId);
    if (item) add(item);
  }

  return {
    add,
    setQuantity,
    scan(goodsId: string, counter: { isLooking: boolean; isDone: boolean }): void {
      const name = goods.byId.value.get(goodsId)?.name ?? '';
      if (counter.isLooking) ahead.push(goodsId);
      else if (visit.household.value) addById(goodsId);
      else voice.refuse(counter.isDone ? 'doneAlready' : 'scanCardFirst', { name });
    },
    addAhead: () => ahead.splice(0).forEach(addById),
    forgetAhead: () => void (ahead = []),
  };
}

function obstacleNotice(obstacle: Obstacle, item: GoodsItem, left: number): [NoticeName, NoticeParams] {
  if (obstacle === 'sold_out') return ['soldOut', { name: item.name }];
  if (obstacle === 'limit') return ['limit', { name: item.name, limit: item.monthlyLimit ?? 0 }];
  return ['pointsShort', { name: item.name, missingHundredths: item.price - left }];
}
