import { computed, ref, shallowRef, type ComputedRef, type Ref, type ShallowRef } from 'vue';
import { newKey, type AnswerOf } from '../../api/index.ts';
import type { GoodsItem } from '../../../shared/contract/goods.ts';
import {
  keepKnown,
  leftAfter,
  obstacleTo,
  quantityOf,
  totalOf,
  withQuantity,
  type BasketLine,
  type Counter,
  type Obstacle,
} from '../basket.ts';
import type { KeptBasket, Memory } from '../memory.ts';
import type { Goods } from './useGoods.ts';

export type Household = AnswerOf<'kiosk.lookup'>;

/** One household at the counter and its basket. */
export interface Visit {
  readonly household: Readonly<ShallowRef<Household | null>>;
  readonly lines: Readonly<Ref<readonly BasketLine[]>>;
  readonly counter: ComputedRef<Counter>;
  readonly total: ComputedRef<number>;
  readonly left: ComputedRef<number>;
  /** Puts a household on the screen; its own basket under way is kept. True when another's was dropped. */
  readonly open: (household: Household) => boolean;
  /** Adds one piece, or says what stands against it. */
  readonly add: (item: GoodsItem) => Obstacle | null;
  readonly setQuantity: (item: GoodsItem, quantity: number) => Obstacle | null;
  /** Remembers that the basket goes out with this total, before it does; answers what to send. */
  readonly markSent: () => KeptBasket;
  /** It is known that nothing was booked: the basket may be changed again. */
  readonly markRefused: () => void;
  /** Takes household and basket off the screen and forgets both. */
  readonly close: () => void;
  /** Brings back what a reload interrupted; the household has been looked up again. */
  readonly restore: (household: Household, kept: KeptBasket) => void;
}

interface VisitParts {
  readonly goods: Goods;
  readonly memory: Memory;
  readonly now: () => number;
}

export function createVisit({ goods, memory, now }: VisitParts): Visit {
  const household = shallowRef<Household | null>(null);
  const lines = ref<readonly BasketLine[]>([]);
  let key = newKey();

  const counter = computed<Counter>(() => ({
    balance: household.value?.balance ?? 0,
    lines: lines.value,
    goods: goods.byId.value,
    remaining: new Map(household.value?.remaining.map(({ goodsId, pieces }) => [goodsId, pieces])),
  }));

  function keep(sentPoints: number | null): KeptBasket {
    const kept: KeptBasket = {
      key,
      householdId: household.value?.id ?? '',
      householdNumber: household.value?.number ?? '',
      lines: lines.value,
      changedAtMs: now(),
      sentPoints,
    };
    memory.basket = kept;
    return kept;
  }

  function change(next: readonly BasketLine[]): void {
    lines.value = next;
    if (next.length > 0) keep(null);
    else memory.basket = null;
  }

  function begin(next: Household | null): void {
    household.value = next;
    lines.value = [];
    memory.basket = null;
    key = newKey();
  }

  function setQuantity(item: GoodsItem, quantity: number): Obstacle | null {
    const before = quantityOf(lines.value, item.id);
    const obstacle = quantity > before ? obstacleTo(counter.value, item) : null;
    if (obstacle === null) change(withQuantity(lines.value, item.id, quantity));
    return obstacle;
  }

  return {
    household,
    lines,
    counter,
    total: computed(() => totalOf(lines.value, goods.byId.value)),
    left: computed(() => leftAfter(counter.value)),
    open(next) {
      if (household.value?.id === next.id) {
        household.value = next;
        return false;
      }
      const dropped = lines.value.length > 0;
      begin(next);
      return dropped;
    },
    add: (item) => setQuantity(item, quantityOf(lines.value, item.id) + 1),
    setQuantity,
    markSent: () => keep(totalOf(lines.value, goods.byId.value)),
    markRefused: () => void keep(null),
    close: () => begin(null),
    restore(next, kept) {
      begin(next);
      key = kept.key;
      change(keepKnown(kept.lines, goods.byId.value));
    },
  };
}
