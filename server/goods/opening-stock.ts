import { Refusal } from '../../shared/errors.ts';
import { agreedFacts } from '../acts/index.ts';
import type { DraftAt, GuardedAt } from '../at.ts';
import { command, type Plan } from '../commands/index.ts';
import { balanceIn, type Book, bookOf, type EntryInput, orRefuse } from '../ledger/index.ts';
import { goodsById, type GoodsRow } from './goods.ts';
import { FUNDING, goodsAccount } from './ledger-kinds.ts';
import { needSecondForTakenIn, readTakenIn, readTakenInToday } from './guard-taken-in.ts';
import { cost, keepStock, pieces, requireStocked, shelfAnd, type StockAt } from './stock.ts';

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
export const openStock = command<OpeningStock, StockAt>()({
  reads: ({ items }, at) => ({
    goods: goodsById.each(items.map(({ goodsId }) => [goodsId])),
    book: bookOf([...items.flatMap(({ goodsId }) => shelfAnd('supplier', goodsId)), FUNDING]),
    ...readTakenIn(at),
  }),
  then: (known) => readTakenInToday(known),
  decide({ goods, book, before }, input, at): Plan<{ readonly items: number; readonly pieces: number }> {
    const { items, note } = input;
    const rows = items.map(({ goodsId }) => emptyItem(goods(goodsId), goodsId, book));
    const { idempotencyKey, villageId } = at;
    const taken = items.flatMap(({ quantity, totalCostFen }, index) => {
      const item = rows[index];
      return item ? [{ item, pieces: quantity, totalCostFen }] : [];
    });
    needSecondForTakenIn(at, before, taken, (worthFen) => {
      const told = taken.map(({ item, pieces }) => `${item.name}×${String(pieces)}`);
      const totalCostFen = taken.reduce((sum, one) => sum + one.totalCostFen, 0);
      return { on: `village:${villageId}`, is: { items: told, totalCostFen, worthFen, note } };
    });
    const entries = items.map((item, index) =>
      openingStockEntry(at, {
        ...{ ...item, note, name: rows[index]?.name ?? '' },
        // The first entry stands under the request's own key, by which a repeated request finds it.
        idempotencyKey: index === 0 ? idempotencyKey : `${idempotencyKey}.${String(index)}`,
      }),
    );
    const drafted = orRefuse(at.ledger.draft(book, entries));
    return {
      rows: [...drafted.rows, ...rows.flatMap(keepStock)],
      answer: { items: items.length, pieces: items.reduce((sum, { quantity }) => sum + quantity, 0) },
    };
  },
});

/** The entry by which an item that had none gets its first pieces, which the shop had bought. */
export function openingStockEntry(
  {
    villageId,
    today: effectiveOn,
    actorId,
    agreed,
  }: Pick<DraftAt & GuardedAt, 'villageId' | 'today' | 'actorId' | 'agreed'>,
  first: OpeningStock['items'][number] & Record<'name' | 'note' | 'idempotencyKey', string>,
): EntryInput {
  const { goodsId, name, quantity, totalCostFen, note, idempotencyKey } = first;
  return {
    ...{ villageId, effectiveOn, actorId, idempotencyKey, kind: 'stock_in', source: `bought:${goodsId}` },
    text: { title: `${name}×${String(quantity)}`, note },
    facts: agreed ? agreedFacts(agreed.by) : [],
    lines: [...pieces(goodsId, 'supplier', quantity), ...cost(goodsId, FUNDING, totalCostFen)],
  };
}

function emptyItem(item: GoodsRow | undefined, goodsId: string, { states }: Book): GoodsRow {
  const stocked = requireStocked(item, goodsId);
  const left = balanceIn(states, goodsAccount('shelf', goodsId));
  if (left !== 0) throw new Refusal('goods.on_shelf', { name: stocked.name, left });
  return stocked;
}
