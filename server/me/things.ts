import type { z } from 'zod';
import type { Reader } from '../../db/index.ts';
import type { GoodsItem, things } from '../../shared/goods/contract.ts';
import { thingsFor } from '../../shared/goods/points-as-things.ts';
import { shortName } from '../../shared/goods/short-name.ts';
import { askNow } from '../commands/index.ts';
import { takenInMonth } from '../kiosk/index.ts';

interface Purse {
  readonly villageId: string;
  readonly householdId: string;
  readonly today: string;
  readonly balance: number;
  /** With how often each is taken. */
  readonly goods: readonly GoodsItem[];
}

/** The things on the shelf of today that the balance suffices for, within the monthly limits. */
export async function ownThings(
  reader: Reader,
  { villageId, householdId, today, balance, goods }: Purse,
): Promise<z.input<typeof things>> {
  const offered = goods.filter(({ enabled }) => enabled);
  const isLimited = offered.some(({ monthlyLimit }) => monthlyLimit !== null);
  const taken: ReadonlyMap<string, number> = isLimited
    ? await askNow(reader, villageId, takenInMonth.one([householdId, today.slice(0, 7)]))
    : new Map();
  const { enough, next } = thingsFor(
    balance,
    offered.map((item) => ({ ...item, name: shortName(item.name) })),
    ({ id, monthlyLimit }) => (monthlyLimit === null ? null : monthlyLimit - (taken.get(id) ?? 0)),
  );
  return {
    enough: enough.map(({ item, count }) => ({ item: shown(item), count })),
    next: next && { item: shown(next.item), short: next.short },
  };
}

function shown({ id, name, unit, pictureId, drawing }: GoodsItem) {
  return { id, name, unit, pictureId, drawing };
}
