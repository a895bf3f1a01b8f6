import type { Reader, Tx } from '../../db/index.ts';
import type { GoodsItem } from '../../shared/goods/contract.ts';
import type { Goal } from '../../shared/me/contract.ts';
import { Refusal } from '../../shared/errors.ts';
import { setGoalOf } from '../households/index.ts';
import { helperOf } from '../identity/index.ts';
import { listGoods } from '../goods/index.ts';
import type { Own } from './deps.ts';

type Whose = Pick<Own, 'villageId' | 'householdId' | 'sessionId'>;

/** Refuses a helper's phone, which may only read, and may not see who else helps. */
export async function refuseHelper(reader: Reader, own: Whose): Promise<void> {
  if (await helperOf(reader, own, own.sessionId)) throw new Refusal('me.helper');
}

/** Remembers what the household saves for. Points are not set aside by it. */
export async function setGoal(
  tx: Tx,
  own: Whose,
  goodsId: string | null,
  { nowMs, today }: { readonly nowMs: number; readonly today: string },
): Promise<{ goal: Goal | null }> {
  await refuseHelper(tx, own);
  const goal =
    goodsId === null
      ? null
      : goalAmong(await listGoods(tx, own.villageId, { enabledOnly: false, today }), goodsId);
  if (goodsId !== null && goal === null) throw new Refusal('goods.not_found', { id: goodsId });
  if (goal?.state === 'withdrawn') throw new Refusal('goods.disabled', { name: goal.name });
  await setGoalOf(tx, own, goodsId, nowMs);
  return { goal };
}

/** The item that is saved for, as the shop has it now; null if the shop has no such item. */
export function goalAmong(goods: readonly GoodsItem[], goodsId: string | null): Goal | null {
  const item = goods.find(({ id }) => id === goodsId);
  if (!item) return null;
  const { id, category, name, unit, price, pictureId, drawing, stock, enabled } = item;
  const isThere = stock === null || stock > 0;
  return {
    ...{ goodsId: id, category, name, unit, price, pictureId, drawing },
    state: !enabled ? 'withdrawn' : isThere ? 'there' : 'sold_out',
  };
}
