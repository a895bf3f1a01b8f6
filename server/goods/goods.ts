import { and, asc, eq, getTableColumns, max, ne, or, sql } from 'drizzle-orm';
import { added, changed, type Reader, type WrittenIn } from '../../db/index.ts';
import { type Drawing, drawingOf, isDrawing } from '../../shared/goods/choose-drawing.ts';
import type { GoodsItem, GoodsKind } from '../../shared/goods/contract.ts';
import { Refusal } from '../../shared/errors.ts';
import { accountId, balance, balancesOf } from '../ledger/index.ts';
import { goodsAccount } from './ledger-kinds.ts';
import { dropPictures, takePictures } from '../pictures/index.ts';
import type { BookingAt, GuardedAt } from '../at.ts';
import { askNow, read, stored } from '../commands/index.ts';
import type { GoodsRow } from './goods-row.ts';
import { needSecondForItem } from './guard-item.ts';
import { asOnDay, beforeChange, changePrices, type NextPrice, plannedIn } from './price.ts';

export type { GoodsRow };
type Seen = 'pictureId' | 'drawing' | 'chosenDrawing' | 'rank' | 'nextPrice' | 'formerPrice';
export type GoodsFields = Omit<GoodsItem, 'id' | 'stock' | Seen> & {
  readonly pictureId?: string | null | undefined;
  /** Null: the one that its name finds. */
  readonly chosenDrawing?: Drawing | null | undefined;
};

/** An item as it is shown, with its row. */
interface WrittenGoods {
  readonly now: GoodsRow;
  readonly item: GoodsItem;
}

/** Adds an item at the end of the list, with nothing on the shelf. */
export async function createGoods(work: BookingAt, fields: GoodsFields): Promise<WrittenGoods> {
  const { tx, villageId } = work;
  const { goods } = tx.t;
  await tx.lockBook(villageId);
  await refuseTaken(tx, villageId, null, fields);
  await showPicture(work, fields.pictureId);
  const [last] = await tx.db
    .select({ position: max(goods.position).mapWith(Number) })
    .from(goods)
    .where(eq(goods.villageId, villageId));
  const row = newGoods(work, fields, (last?.position ?? 0) + 1);
  await tx.db.insert(goods).values(row).returning({ id: goods.id });
  return { now: row, item: goodsItem(row, 0) };
}

/** The row of a new item with nothing on the shelf. */
export function newGoods(
  { villageId, newId, nowMs }: Pick<BookingAt, 'villageId' | 'newId' | 'nowMs'>,
  fields: GoodsFields,
  position: number,
): GoodsRow {
  return {
    ...pickFields(fields),
    ...{ villageId, id: newId(), position, createdAtMs: nowMs },
    pictureId: fields.pictureId ?? null,
    ...{ nextPrice: null, nextPriceFrom: null, formerPrice: null, priceSince: null },
    ...{ basePrice: null, basePriceOn: null },
    chosenDrawing: fields.chosenDrawing ?? null,
    keepsStock: fields.kind === 'goods',
  };
}

type GoodsChange = Partial<GoodsFields> & { readonly nextPrice?: NextPrice | null | undefined };

/** The item after a change, as it is today. */
export function changedGoods(
  before: GoodsRow,
  change: GoodsChange,
  at: Pick<BookingAt, 'today' | 'nowMs'> & GuardedAt,
): GoodsRow {
  const now = asOnDay(before, at.today);
  const { pictureId = now.pictureId, chosenDrawing = now.chosenDrawing, nextPrice, ...rest } = change;
  const fields = { ...pickFields(now), ...withoutUndefined(rest) };
  const keepsStock = fields.kind === 'goods' || (fields.kind === 'loan' && now.keepsStock);
  const prices = changePrices(now, { price: change.price, nextPrice }, at);
  return { ...now, ...fields, ...prices, pictureId, chosenDrawing, keepsStock };
}

/** The row of an item to be written; `was` is null for a new one. */
export function goodsWritten(was: GoodsRow | null, now: GoodsRow): WrittenIn<'goods'> {
  return was ? changed('goods', was, now) : added('goods', now);
}

/** Changes an item. Pieces on the shelf must be taken off it before it can stop being goods. */
export async function updateGoods(
  work: BookingAt & GuardedAt,
  id: string,
  change: GoodsChange,
): Promise<WrittenGoods & { readonly was: GoodsRow }> {
  const { tx, villageId } = work;
  const { goods } = tx.t;
  await tx.lockBook(villageId);
  const before = await findGoods(tx, villageId, id);
  const after = changedGoods(before, change, work);
  await refuseTaken(tx, villageId, id, after);
  const stock = await stockOf(tx, villageId, id);
  if (after.kind === 'service' && stock !== 0)
    throw new Refusal('goods.has_stock', { name: before.name, left: stock });
  needSecondForItem(work, before, after);
  await showPicture(work, change.pictureId);
  await tx.db
    .update(goods)
    .set(after)
    .where(and(eq(goods.villageId, villageId), eq(goods.id, id)))
    .returning({ id: goods.id });
  if (before.pictureId !== after.pictureId) await dropUnshown(work, before.pictureId);
  return { was: asOnDay(before, work.today), now: after, item: goodsItem(after, stock) };
}

/** An item by its id, for commands. */
export const goodsById = read<readonly [id: string], GoodsRow | undefined>()({
  name: 'goods.byId',
  over: { goods: (answers, { now }) => answers.change([now.id], () => now) },
  rows: ({ db, t: { goods }, keys }) =>
    db
      .select({ at: keys.at, ...getTableColumns(goods) })
      .from(keys.table)
      .crossJoin(goods)
      .where(and(eq(goods.villageId, keys.villageId), eq(goods.id, keys.part(0)))),
  answer: ([found]) => found && stored(found),
});

async function findGoods(reader: Reader, villageId: string, id: string): Promise<GoodsRow> {
  const row = await askNow(reader, villageId, goodsById.one([id]));
  if (!row) throw new Refusal('goods.not_found', { id });
  return row;
}

/** Every item as it is stored, in its order on the shelf list. */
export function allGoods(reader: Reader, villageId: string): Promise<GoodsRow[]> {
  return reader.prepared(
    'shop.goodsList',
    ({ db, t }) =>
      db
        .select()
        .from(t.goods)
        .where(eq(t.goods.villageId, sql.placeholder('villageId')))
        .orderBy(asc(t.goods.position), asc(t.goods.id)),
    { villageId },
  );
}

/** Every item in its order on the shelf list, with its stock, at the prices of this day. */
export async function listGoods(
  reader: Reader,
  villageId: string,
  { enabledOnly, today }: { readonly enabledOnly: boolean; readonly today: string },
): Promise<GoodsItem[]> {
  const rows = await allGoods(reader, villageId);
  const wanted = enabledOnly ? rows.filter((row) => row.enabled) : rows;
  const counted = wanted.filter((row) => row.keepsStock);
  const shelves = counted.map((row) => goodsAccount('shelf', row.id));
  const stocks = await balancesOf(reader, villageId, shelves);
  return wanted.map((row) =>
    goodsItem(asOnDay(row, today), stocks.get(accountId(goodsAccount('shelf', row.id))) ?? 0),
  );
}

/** The same with how often each is taken. */
export async function listRanked(
  reader: Reader,
  { villageId, ranks, enabledOnly, today }: RankedList,
): Promise<GoodsItem[]> {
  const items = await listGoods(reader, villageId, { enabledOnly, today });
  return items.map((item) => ({ ...item, rank: ranks.get(item.id) ?? null }));
}

interface RankedList {
  readonly villageId: string;
  readonly ranks: ReadonlyMap<string, number>;
  readonly enabledOnly: boolean;
  /** The day whose prices are shown. */
  readonly today: string;
}

/** The goods that can be had in the shop: those taken most often first, the rest in the order of the list. */
export async function shopShelf(
  reader: Reader,
  villageId: string,
  ranks: ReadonlyMap<string, number>,
  today: string,
): Promise<GoodsItem[]> {
  const items = await listRanked(reader, { villageId, ranks, enabledOnly: true, today });
  const often = items.filter(({ rank }) => rank !== null);
  return [
    ...often.sort((a, b) => (a.rank ?? 0) - (b.rank ?? 0)),
    ...items.filter(({ rank }) => rank === null),
  ];
}

/** Pieces on the shelf now. */
export async function stockOf(reader: Reader, villageId: string, id: string): Promise<number> {
  return balance(reader, villageId, goodsAccount('shelf', id));
}

/** The photo of an item, and the drawing that stands for it where there is none. */
export function lookOf(row: GoodsRow): Pick<GoodsItem, 'pictureId' | 'drawing'> {
  return { pictureId: row.pictureId, drawing: chosenDrawing(row) ?? drawingOf(row) };
}

/** A drawing that a later version no longer has gives way to the one by name. */
function chosenDrawing({ chosenDrawing: chosen }: GoodsRow): Drawing | null {
  return chosen !== null && isDrawing(chosen) ? chosen : null;
}

function goodsItem(row: GoodsRow, stock: number): GoodsItem {
  return {
    id: row.id,
    ...pickFields(row),
    ...{ nextPrice: plannedIn(row), formerPrice: beforeChange(row) },
    ...lookOf(row),
    chosenDrawing: chosenDrawing(row),
    rank: null,
    stock: row.keepsStock ? stock : null,
  };
}

/** Call under the village's lock, so that no other item can take the name or barcode in between. */
async function refuseTaken(
  reader: Reader,
  villageId: string,
  ownId: string | null,
  fields: { name: string; barcode: string | null },
): Promise<void> {
  const { goods } = reader.t;
  const sameName = eq(goods.name, fields.name);
  const clash = fields.barcode === null ? sameName : or(sameName, eq(goods.barcode, fields.barcode));
  const others = ownId === null ? undefined : ne(goods.id, ownId);
  const [taken] = await reader.db
    .select({ name: goods.name })
    .from(goods)
    .where(and(eq(goods.villageId, villageId), clash, others))
    .limit(1);
  if (!taken) return;
  if (taken.name === fields.name) throw new Refusal('goods.name_taken', { name: fields.name });
  throw new Refusal('goods.barcode_taken', { barcode: fields.barcode ?? '', name: taken.name });
}

async function showPicture(
  { tx, villageId, nowMs }: BookingAt,
  id: string | null | undefined,
): Promise<void> {
  if (id !== null && id !== undefined)
    await takePictures(tx, { villageId, purpose: 'goods', ids: [id], nowMs });
}

/** Deletes a photo that no item shows any more. */
async function dropUnshown({ tx, villageId }: BookingAt, pictureId: string | null): Promise<void> {
  if (pictureId === null) return;
  const { goods } = tx.t;
  const [shown] = await tx.db
    .select({ id: goods.id })
    .from(goods)
    .where(and(eq(goods.villageId, villageId), eq(goods.pictureId, pictureId)))
    .limit(1);
  if (!shown) await dropPictures(tx, villageId, [pictureId]);
}

type OwnFields = Omit<GoodsFields, 'pictureId' | 'chosenDrawing'>;

function pickFields(source: OwnFields): OwnFields {
  const { kind, category, name, unit, price, costFen, barcode, monthlyLimit, enabled } = source;
  return {
    kind: kind satisfies GoodsKind,
    category,
    name,
    unit,
    price,
    costFen,
    barcode,
    monthlyLimit,
    enabled,
  };
}

function withoutUndefined<T extends object>(change: T): Partial<T> {
  return Object.fromEntries(Object.entries(change).filter(([, value]) => value !== undefined)) as Partial<T>;
}
