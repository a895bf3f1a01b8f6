import { chunked, type Reader, type RowOf, tableText, type WrittenRow } from '../../db/index.ts';
import type { GoodsReading, GoodsRow } from '../../shared/imports/papers.ts';
import { inPieces, ROWS_A_PIECE } from '../commands/index.ts';
import { accountId, balancesOf, type EntryInput } from '../ledger/index.ts';
import { goodsAccount } from '../goods/ledger-kinds.ts';
import {
  allGoods,
  asOnDay,
  changedGoods,
  type GoodsFields,
  goodsWritten,
  loosensItem,
  newGoods,
  openingStockEntry,
  type Taken,
  toldOfGoods,
} from '../goods/index.ts';
import {
  type AddedThing,
  type ChangedThing,
  type Plan,
  type PlanAt,
  problemsAgainst,
  type StageAt,
  type Staged,
} from './plan.ts';

type Item = RowOf<'goods'>;

interface Step {
  readonly row: GoodsRow;
  /** Null: a new item. */
  readonly item: Item | null;
  readonly changes: Partial<GoodsFields>;
  /** Pieces to take in; 0 for an item that ever had stock. */
  readonly stock: number;
}

type Add = ReturnType<typeof problemsAgainst>['add'];

/**
 * Rows match items by barcode, else by name. Stock is taken in, with its cost, for an item that never had any. Later
 * figures in a paper change nothing, because the ledger and the stocktake say what is on the shelf.
 */
export async function planGoods(
  reader: Reader,
  { villageId, today, pause }: PlanAt,
  reading: GoodsReading,
): Promise<Plan> {
  const { problems, add } = problemsAgainst(reading);
  const known = await allGoods(reader, villageId);
  const shelves = await shelvesOf(reader, villageId, known);
  const text = await goodsText(reader, villageId);
  const byName = new Map(known.map((item) => [item.name, item]));
  const byBarcode = new Map(
    known.flatMap((item) => (item.barcode === null ? [] : [[item.barcode, item] as const])),
  );
  const met = new Set<Item>();
  const steps: Step[] = [];
  let unchanged = 0;
  await inPieces(reading.rows, pause, (row) => {
    const item = findItem(row, byName, byBarcode, add);
    if (item === undefined || (item !== null && met.has(item))) return;
    if (item !== null) met.add(item);
    const onShelf = item === null ? undefined : shelves.get(item.id);
    const step = {
      row,
      item,
      changes: item === null ? {} : changedFields(asOnDay(item, today), row, reading.columns),
      stock: onShelf === undefined && (item ?? row).kind !== 'service' ? (row.stock ?? 0) : 0,
    };
    if (onShelf !== undefined && row.stock !== null && row.stock !== onShelf) {
      const { sheet, sourceRow, name, stock } = row;
      const cell = { sheet, sourceRow, field: 'stock' as const, value: String(stock) };
      add('warning', 'village_stock_kept', cell, { name, now: onShelf });
    }
    if (item !== null && Object.keys(step.changes).length === 0 && step.stock === 0) unchanged += 1;
    else steps.push(step);
  });
  const create = steps.filter(({ item }) => item === null).length;
  const unstocked = steps.flatMap(({ item, stock }) => (item !== null && stock > 0 ? [item] : []));
  return {
    ...{ create, update: steps.length - create, unchanged, problems },
    stage: (at) => stageGoods(at, steps, known),
    isStillRight: async (now) =>
      (await goodsText(now, villageId)) === text && (await shelvesOf(now, villageId, unstocked)).size === 0,
  };
}

/** The pieces on the shelf of each item that ever had any, by its id. */
async function shelvesOf(
  reader: Reader,
  villageId: string,
  items: readonly Item[],
): Promise<Map<string, number>> {
  const accounts = items.map(({ id }) => goodsAccount('shelf', id));
  const found = await balancesOf(reader, villageId, accounts);
  return new Map(
    items.flatMap(({ id }) => {
      const pieces = found.get(accountId(goodsAccount('shelf', id)));
      return pieces === undefined ? [] : [[id, pieces] as const];
    }),
  );
}

/** The fields of all items that a paper may change, or by which its rows find them. */
function goodsText(reader: Reader, villageId: string): Promise<string> {
  return tableText(reader, 'goods', villageId, [
    ...(['id', 'kind', 'category', 'name', 'unit', 'price', 'nextPrice', 'nextPriceFrom'] as const),
    ...(['basePrice', 'basePriceOn'] as const),
    ...(['costFen', 'barcode', 'monthlyLimit', 'position'] as const),
  ]);
}

async function stageGoods(at: StageAt, steps: readonly Step[], known: readonly Item[]): Promise<Staged> {
  const entries: EntryInput[] = [];
  const added: AddedThing[] = [];
  const changed: ChangedThing[] = [];
  const loosening: ChangedThing[] = [];
  const takenIn: Taken[] = [];
  let position = Math.max(0, ...known.map((item) => item.position));
  let done = 0;
  for (const some of chunked(steps, ROWS_A_PIECE)) {
    const rows: WrittenRow[] = [];
    for (const { row, item, changes, stock } of some) {
      const made = item ? changedGoods(item, changes, at) : newGoods(at, newFields(row), (position += 1));
      // A loan is counted from the first time it is taken in.
      const after = { ...made, keepsStock: made.keepsStock || stock > 0 };
      rows.push(goodsWritten(item, after));
      const thing = `goods:${after.id}` as const;
      const is = toldOfGoods(after);
      if (!item) added.push({ thing, name: after.name, is });
      else if (Object.keys(changes).length > 0) {
        const was = toldOfGoods(asOnDay(item, at.today));
        const told = { thing, name: item.name, was, is };
        changed.push(told);
        if (loosensItem(at, item, after)) loosening.push(told);
      }
      if (stock > 0) {
        const idempotencyKey = `import.${at.importId}.${String(done)}`;
        const totalCostFen = (row.costFen ?? 0) * stock;
        // A paper that lowers the usual cost does not make its own goods worth less.
        const costFen = Math.max(item?.costFen ?? 0, after.costFen ?? 0);
        takenIn.push({ item: { ...after, costFen }, pieces: stock, totalCostFen });
        const first = { goodsId: after.id, quantity: stock, totalCostFen };
        entries.push(openingStockEntry(at, { ...first, name: after.name, note: '', idempotencyKey }));
      }
      done += 1;
    }
    await at.put(rows, done);
  }
  return { entries, added, changed, loosening, takenIn };
}

/** The item a row is about; null: a new one; undefined: the row is at odds with two of them. */
function findItem(
  row: GoodsRow,
  byName: ReadonlyMap<string, Item>,
  byBarcode: ReadonlyMap<string, Item>,
  add: Add,
): Item | null | undefined {
  const named = byName.get(row.name);
  const coded = row.barcode === null ? undefined : byBarcode.get(row.barcode);
  if (!named || !coded || named === coded) return coded ?? named ?? null;
  const at = {
    sheet: row.sheet,
    sourceRow: row.sourceRow,
    field: 'barcode' as const,
    value: row.barcode ?? '',
  };
  add('error', 'village_barcode_taken', at, { name: coded.name });
  return undefined;
}

function changedFields(item: Item, row: GoodsRow, columns: GoodsReading['columns']): Partial<GoodsFields> {
  const written: Partial<GoodsFields> = {
    name: row.name,
    price: row.price,
    ...(columns.category ? { category: row.category } : {}),
    ...(columns.unit ? { unit: row.unit } : {}),
    ...(row.costFen !== null ? { costFen: row.costFen } : {}),
    ...(row.barcode !== null ? { barcode: row.barcode } : {}),
    ...(columns.limit ? { monthlyLimit: row.monthlyLimit } : {}),
  };
  const keys = Object.keys(written) as (keyof GoodsFields)[];
  return Object.fromEntries(
    keys.filter((key) => written[key] !== item[key]).map((key) => [key, written[key]]),
  );
}

function newFields({
  kind,
  category,
  name,
  unit,
  price,
  costFen,
  barcode,
  monthlyLimit,
}: GoodsRow): GoodsFields {
  return { kind, category, name, unit, price, costFen, barcode, monthlyLimit, enabled: true };
}
