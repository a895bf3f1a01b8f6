import type { Reader } from '../../db/store.ts';
import type { GoodsItem } from '../../shared/goods/contract.ts';
import type { GoodsReading, GoodsRow } from '../../shared/imports/papers.ts';
import { runCommand } from '../commands/index.ts';
import { accountId, balancesOf } from '../ledger/index.ts';
import { goodsAccount } from '../goods/ledger-kinds.ts';
import { createGoods, type GoodsFields, listGoods, stockIn, updateGoods } from '../goods/index.ts';
import { type ImportWork, type Plan, problemsAgainst } from './plan.ts';

interface Step {
  readonly row: GoodsRow;
  /** Null: a new item. */
  readonly item: GoodsItem | null;
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
  villageId: string,
  reading: GoodsReading,
  today: string,
): Promise<Plan> {
  const { problems, add } = problemsAgainst(reading);
  const known = await listGoods(reader, villageId, { enabledOnly: false, today });
  const shelves = await balancesOf(
    reader,
    villageId,
    known.map(({ id }) => goodsAccount('shelf', id)),
  );
  const byName = new Map(known.map((item) => [item.name, item]));
  const byBarcode = new Map(
    known.flatMap((item) => (item.barcode === null ? [] : [[item.barcode, item] as const])),
  );
  const met = new Set<GoodsItem>();
  const steps: Step[] = [];
  let unchanged = 0;
  for (const row of reading.rows) {
    const item = findItem(row, byName, byBarcode, add);
    if (item === undefined || (item !== null && met.has(item))) continue;
    if (item !== null) met.add(item);
    const onShelf = item === null ? undefined : shelves.get(accountId(goodsAccount('shelf', item.id)));
    const step = {
      row,
      item,
      changes: item === null ? {} : changedFields(item, row, reading.columns),
      stock: onShelf === undefined ? (row.stock ?? 0) : 0,
    };
    if (onShelf !== undefined && row.stock !== null && row.stock !== onShelf) {
      const at = {
        sheet: row.sheet,
        sourceRow: row.sourceRow,
        field: 'stock' as const,
        value: String(row.stock),
      };
      add('warning', 'village_stock_kept', at, { name: row.name, now: onShelf });
    }
    if (item !== null && Object.keys(step.changes).length === 0 && step.stock === 0) unchanged += 1;
    else steps.push(step);
  }
  const create = steps.filter(({ item }) => item === null).length;
  return {
    create,
    update: steps.length - create,
    unchanged,
    problems,
    write: (work) => writeGoods(work, steps),
  };
}

async function writeGoods(work: ImportWork, steps: readonly Step[]): Promise<number[]> {
  const numbers: number[] = [];
  for (const [index, { row, item, changes, stock }] of steps.entries()) {
    const { tx, ledger, villageId, actorId, nowMs, today } = work;
    const shop = {
      ...{ tx, ledger, villageId, actorId, nowMs, today },
      newId: () => work.newId(),
      idempotencyKey: `import.${work.importId}.${String(index)}`,
    };
    const { id, kind } = item ?? (await createGoods(shop, newFields(row)));
    if (item !== null && Object.keys(changes).length > 0) await updateGoods(shop, id, changes);
    if (stock > 0 && kind !== 'service') {
      const totalCostFen = (row.costFen ?? 0) * stock;
      const taken = { goodsId: id, quantity: stock, totalCostFen, source: 'bought', note: '' } as const;
      const posted = await runCommand(tx, villageId, stockIn.with(taken, shop), ledger.onWritten);
      numbers.push(posted.journalNumber);
    }
    work.onProgress(index + 1);
  }
  return numbers;
}

/** The item a row is about; null: a new one; undefined: the row is at odds with two of them. */
function findItem(
  row: GoodsRow,
  byName: ReadonlyMap<string, GoodsItem>,
  byBarcode: ReadonlyMap<string, GoodsItem>,
  add: Add,
): GoodsItem | null | undefined {
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

function changedFields(
  item: GoodsItem,
  row: GoodsRow,
  columns: GoodsReading['columns'],
): Partial<GoodsFields> {
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
