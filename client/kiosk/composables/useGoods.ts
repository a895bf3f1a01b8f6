import { computed, inject, shallowRef, type ComputedRef, type InjectionKey, type ShallowRef } from 'vue';
import type { Api, Failure } from '../../api/index.ts';
import type { GoodsItem } from '../../../shared/contract/goods.ts';

/** The shelf, as last heard from the server; an older list stays when a newer one cannot be had. */
export interface Goods {
  readonly items: Readonly<ShallowRef<readonly GoodsItem[]>>;
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

export function createGoods(api: Api): Goods {
  const items = shallowRef<readonly GoodsItem[]>([]);
  const failure = shallowRef<Failure | null>(null);
  const byId = computed(() => new Map(items.value.map((item) => [item.id, item])));
  const idByBarcode = computed(
    () =>
      new Map(
        items.value.flatMap((item) => (item.barcode === null ? [] : [[item.barcode, item.id] as const])),
      ),
  );
  return {
    items,
    byId,
    idByBarcode,
    failure,
    async refresh() {
      const outcome = await api.call('kiosk.goods');
      failure.value = outcome.kind === 'answer' ? null : outcome;
      if (outcome.kind === 'answer') items.value = outcome.data.items.filter((item) => item.enabled);
    },
  };
}
