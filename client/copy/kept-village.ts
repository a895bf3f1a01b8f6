import type { CopiedHousehold, CopiedVolunteer, CopyChanges, WholeCopy } from '../../shared/copy/contract.ts';
import type { GoodsItem } from '../../shared/goods/contract.ts';

/** A household as it was read on a day: what it redeemed that day counts on no other. */
export interface KeptHousehold extends CopiedHousehold {
  readonly onDay: string;
}

/** A village as this device keeps it. Nothing in it is ever changed: changes make another. */
export interface KeptVillage {
  readonly entry: number;
  readonly mark: string;
  /** By the server's clock. */
  readonly atMs: number;
  /** By this device's clock, when the server was last heard of. */
  readonly heardAtMs: number;
  readonly day: string;
  readonly rules: WholeCopy['rules'];
  readonly cardKey: string;
  readonly volunteers: readonly CopiedVolunteer[];
  /** In the order of the shelf. */
  readonly goods: readonly GoodsItem[];
  readonly households: ReadonlyMap<string, KeptHousehold>;
}

export function villageOf(whole: WholeCopy, heardAtMs: number): KeptVillage {
  const households = new Map(whole.households.map((one) => [one.id, { ...one, onDay: whole.day }]));
  return { ...standingOf(whole), heardAtMs, cardKey: whole.cardKey, goods: whole.goods, households };
}

export function withChanges(village: KeptVillage, changes: CopyChanges, heardAtMs: number): KeptVillage {
  const households = new Map(village.households);
  for (const id of changes.gone) households.delete(id);
  for (const one of changes.households) households.set(one.id, { ...one, onDay: changes.day });
  const goods = changes.goods ?? withStock(village.goods, changes.stock);
  return { ...standingOf(changes), heardAtMs, cardKey: village.cardKey, goods, households };
}

function standingOf({ entry, mark, atMs, day, rules, volunteers }: WholeCopy | CopyChanges) {
  return { entry, mark, atMs, day, rules, volunteers };
}

function withStock(goods: readonly GoodsItem[], stock: CopyChanges['stock']): readonly GoodsItem[] {
  const pieces = new Map(stock.map((one) => [one.goodsId, one.pieces]));
  return goods.map((item) => {
    const now = pieces.get(item.id);
    return now === undefined || now === item.stock ? item : { ...item, stock: now };
  });
}
