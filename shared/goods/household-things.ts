import type { GoodsItem } from './contract.ts';
import { type Things, thingsFor } from './points-as-things.ts';
import { shortName } from './short-name.ts';

/**
 * The things on this shelf that a balance suffices for. `remaining` is how many pieces of limited items the household may still
 * have this month; where it is not known, the limit itself holds.
 */
export function householdThings(
  balance: number,
  shelf: readonly GoodsItem[],
  remaining?: ReadonlyMap<string, number>,
): Things<GoodsItem> {
  return thingsFor(
    balance,
    shelf.map((item) => ({ ...item, name: shortName(item.name) })),
    ({ id, monthlyLimit }) => remaining?.get(id) ?? monthlyLimit,
  );
}
