import { computed, inject, ref, shallowRef } from 'vue';
import type { ComputedRef, InjectionKey, Ref, ShallowRef } from 'vue';
import type { Api, Failure } from '../../api/index.ts';
import type { GoodsItem } from '../../../shared/goods/contract.ts';

/** The shelf, as last heard from the server; an older list stays when a newer one cannot be had. */
export interface Goods {
  readonly items: Readonly<Ref<readonly GoodsItem[]>>;
  /** A first list has come. */
  readonly isKnown: Readonly<Ref<boolean>>;
  /** Names of all goods heard of, also of those that are no longer handed out. */
  readonly names: ReadonlyMap<string, string>;
  readonly byId: ComputedRef<ReadonlyMap<string, GoodsItem>>;
  readonly idByBarcode: ComputedRef<ReadonlyMap<string, string>>;
  /** Why there is no list at all. */
  readonly failure: Readonly<ShallowRef<Failure | null>>;
  readonly refresh: () => Promise<void>;
}

export const goodsKey: InjectionKey<Goods> = Symbol('goods');

export function useGoods(): Goods {
  const goods = inject(goodsKey);
  if (!goods) throw new Error('no goods were provided');
  return goods;
}

/** The counter’s own knowledge of the shelf, besides the server's list. */
export interface ShelfHere {
  /** The list in the copy on this device. */
  readonly goods: () => Promise<readonly GoodsItem[]>;
  /** Pieces that were handed out here and are not booked yet. */
  readonly unsentPieces: () => ReadonlyMap<string, number>;
}

export function createGoods(api: Api, here: () => ShelfHere | null = () => null): Goods {
  const heardItems = shallowRef<readonly GoodsItem[]>([]);
  const items = computed(() => {
    const unsent = here()?.unsentPieces();
    if (unsent === undefined || unsent.size === 0) return heardItems.value;
    return heardItems.value.map((item) => lessPieces(item, unsent.get(item.id) ?? 0));
  });
  const failure = shallowRef<Failure | null>(null);
  const isKnown = ref(false);
  const names = new Map<string, string>();
  let latest = 0;
  let heard = 0;
  const byId = computed(() => new Map(items.value.map((item) => [item.id, item])));
  const idByBarcode = computed(
    () =>
      new Map(
        items.value.flatMap((item) => (item.barcode === null ? [] : [[item.barcode, item.id] as const])),
      ),
  );
  return {
    items,
    isKnown,
    names,
    byId,
    idByBarcode,
    failure,
    async refresh() {
      latest += 1;
      const mine = latest;
      const outcome = await api.call('kiosk.goods');
      // A list that was asked for later has come already.
      if (mine < heard) return;
      const kept = outcome.kind === 'unknown' && !isKnown.value ? ((await here()?.goods()) ?? []) : [];
      if (mine < heard) return;
      failure.value = outcome.kind === 'answer' || kept.length > 0 ? null : outcome;
      if (outcome.kind === 'answer') heard = mine;
      else if (kept.length === 0) return;
      const list = outcome.kind === 'answer' ? outcome.data.items : kept;
      list.forEach(({ id, name }) => names.set(id, name));
      isKnown.value = true;
      heardItems.value = list.filter((item) => item.enabled);
    },
  };
}

function lessPieces(item: GoodsItem, pieces: number): GoodsItem {
  return pieces === 0 || item.stock === null ? item : { ...item, stock: Math.max(0, item.stock - pieces) };
}
