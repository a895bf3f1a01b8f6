import { Refusal } from '../../shared/errors.ts';
import type { DraftAt } from '../at.ts';
import { command, type Plan } from '../commands/index.ts';
import { balanceIn, type Book, bookOf, orRefuse } from '../ledger/index.ts';
import { goodsById, type GoodsRow } from './goods.ts';
import { FUNDING, goodsAccount } from './ledger-kinds.ts';
import { cost, keepStock, pieces, requireStocked, shelfAnd } from './stock.ts';

export interface OpeningStock {
  readonly items: readonly {
    readonly goodsId: string;
    readonly quantity: number;
    readonly totalCostFen: number;
  }[];
  readonly note: string;
}

/**
 * Takes in what is on the shelf when the shop begins: one entry an item, all of them or none. Refuses an item that is
 * on the shelf already, so that a list which is sent from two computers counts once.
 */
export const openStock = command<OpeningStock, DraftAt>()({
  reads: ({ items }) => ({
    goods: goodsById.each(items.map(({ goodsId }) => [goodsId])),
    book: bookOf([...items.flatMap(({ goodsId }) => shelfAnd('supplier', goodsId)), FUNDING]),
  }),
  decide({ goods, book }, { items, note }, at): Plan<{ readonly items: number; readonly pieces: number }> {
    const rows = items.map(({ goodsId }) => emptyItem(goods(goodsId), goodsId, book));
    const { villageId, today: effectiveOn, actorId, idempotencyKey } = at;
    const entries = items.map(({ goodsId, quantity, totalCostFen }, index) => ({
      ...({ villageId, effectiveOn, actorId, kind: 'stock_in', source: `bought:${goodsId}` } as const),
      // The first entry stands under the request's own key, by which a repeated request finds it.
      idempotencyKey: index === 0 ? idempotencyKey : `${idempotencyKey}.${String(index)}`,
      text: { title: `${rows[index]?.name ?? ''}×${String(quantity)}`, note },
      lines: [...pieces(goodsId, 'supplier', quantity), ...cost(goodsId, FUNDING, totalCostFen)],
    }));
    const drafted = orRefuse(at.ledger.draft(book, entries));
    return {
      rows: [...drafted.rows, ...rows.flatMap(keepStock)],
      answer: { items: items.length, pieces: items.reduce((sum, { quantity }) => sum + quantity, 0) },
    };
  },
});

function emptyItem(item: GoodsRow | undefined, goodsId: string, { states }: Book): GoodsRow {
  const stocked = requireStocked(item, goodsId);
  const left = balanceIn(states, goodsAccount('shelf', goodsId));
  if (left !== 0) throw new Refusal('goods.on_shelf', { name: stocked.name, left });
  return stocked;
}
