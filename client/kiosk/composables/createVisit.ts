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
  /** Puts a household on the screen; its own basket is kept, or brought back after a power cut, another's is dropped. */
  readonly open: (household: Household) => 'fresh' | 'kept' | 'back' | 'dropped';
  /** Adds one piece, or says what stands against it. */
  readonly add: (item: GoodsItem) => Obstacle | null;
  readonly setQuantity: (item: GoodsItem, quantity: number) => Obstacle | null;
  /** Remembers that the basket goes out with this total, before it does; answers what to send. */
  readonly markSent: () => KeptBasket;
  /** With this basket more goes out today than may without the household's PIN, and it has not been given. */
  readonly needsPin: () => boolean;
  /** After too many wrong PINs: not before this moment. The server says so at the lookup, so a reload does not end it. */
  readonly pinWaitUntilMs: Ref<number>;
  /** The household gave its PIN: so long this basket may go. */
  readonly prove: (proof: PinProof) => void;
  /** It is known that nothing was booked: the basket may be changed again. */
  readonly markRefused: () => void;
  /** Takes household and basket off the screen and forgets both. */
  readonly close: () => void;
  /** Takes them off the screen; the household's card brings the basket back. */
  readonly putAside: () => void;
  /** Brings back what a reload interrupted; the household has been looked up again. */
  readonly restore: (household: Household, kept: KeptBasket) => void;
}

export type PinProof = AnswerOf<'kiosk.checkPin'>;

/** A proof that runs out on the way is none. */
const PROOF_SPARE_MS = 15_000;

interface VisitParts {
  readonly goods: Goods;
  readonly memory: Memory;
  readonly now: () => number;
}

export function createVisit({ goods, memory, now }: VisitParts): Visit {
  const household = shallowRef<Household | null>(null);
  const lines = ref<readonly BasketLine[]>([]);
  let key = newKey();
  let proof: PinProof | null = null;
  const pinWaitUntilMs = ref(0);

  const counter = computed(() => counterOf(household.value, lines.value, goods.byId.value));

  function keep(sentPoints: number | null): KeptBasket {
    const kept: KeptBasket = {
      key,
      householdId: household.value?.id ?? '',
      householdNumber: household.value?.number ?? '',
      lines: lines.value,
      changedAtMs: now(),
      sentPoints,
      pinProof: proof?.proof ?? null,
    };
    memory.basket = kept;
    return kept;
  }

  function change(next: readonly BasketLine[]): void {
    lines.value = next;
    if (next.length > 0) keep(null);
    else memory.basket = null;
  }

  function show(next: Household | null): void {
    household.value = next;
    pinWaitUntilMs.value = now() + (next?.pin.waitSeconds ?? 0) * 1000;
  }

  function clear(): void {
    show(null);
    lines.value = [];
    key = newKey();
    proof = null;
  }

  function begin(next: Household | null): void {
    clear();
    memory.basket = null;
    show(next);
  }

  function setQuantity(item: GoodsItem, quantity: number): Obstacle | null {
    const before = quantityOf(lines.value, item.id);
    const obstacle = quantity > before ? obstacleTo(counter.value, item) : null;
    if (obstacle === null) change(withQuantity(lines.value, item.id, quantity));
    return obstacle;
  }

  function restore(next: Household, kept: KeptBasket): void {
    begin(next);
    key = kept.key;
    change(keepKnown(kept.lines, goods.byId.value));
  }

  const total = computed(() => totalOf(lines.value, goods.byId.value));

  function needsPin(): boolean {
    const { pinAbove = null, redeemedToday = 0 } = household.value ?? {};
    if (pinAbove === null || total.value === 0 || redeemedToday + total.value <= pinAbove) return false;
    return proof === null || proof.expiresAtMs - PROOF_SPARE_MS < now();
  }

  return {
    household,
    lines,
    counter,
    total,
    needsPin,
    pinWaitUntilMs,
    prove: (given) => void (proof = given),
    left: computed(() => leftAfter(counter.value)),
    open(next) {
      if (household.value?.id === next.id) {
        show(next);
        return 'kept';
      }
      const kept = memory.basket;
      if (household.value === null && kept?.householdId === next.id && kept.sentPoints === null) {
        restore(next, kept);
        return 'back';
      }
      const isDropped = lines.value.length > 0 || kept !== null;
      begin(next);
      return isDropped ? 'dropped' : 'fresh';
    },
    add: (item) => setQuantity(item, quantityOf(lines.value, item.id) + 1),
    setQuantity,
    markSent: () => keep(total.value),
    markRefused: () => void keep(null),
    close: () => begin(null),
    putAside: clear,
    restore,
  };
}

function counterOf(household: Household | null, lines: Counter['lines'], goods: Counter['goods']): Counter {
  const remaining = new Map(household?.remaining.map(({ goodsId, pieces }) => [goodsId, pieces]));
  return { balance: household?.balance ?? 0, lines, goods, remaining };
}
