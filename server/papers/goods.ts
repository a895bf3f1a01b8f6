import type { GoodsReading, GoodsRow, ReadingOptions } from '../../shared/imports/papers.ts';
import { parseHundredths } from '../../shared/points.ts';
import type { Tables } from './cells.ts';
import { readCategory, shortened, type Line } from './lines.ts';
import { openPaper, readingParts } from './reading.ts';
import { ascii, orEmpty, parseCount } from './text.ts';
import { GOODS_WORDS } from './header-patterns.ts';

const MOST = { category: 30, name: 60, unit: 10 } as const;
const LIMIT_MOST = 999;
const UNIT = '件';

/** The shop's goods, services and things lent: unit, points price, cost, barcode, stock, limit per household. */
export function understandGoods(tables: Tables, options: ReadingOptions = {}): GoodsReading {
  const opened = openPaper(tables, GOODS_WORDS, options);
  const { findings } = opened;
  const rows: GoodsRow[] = [];
  const byName = new Map<string, GoodsRow>();
  const byBarcode = new Map<string, GoodsRow>();
  let category = '';
  for (const line of opened.lines) {
    category = readCategory(line, category, findings);
    const row = readGoods(line, category);
    if (!row) continue;
    // One name in two sizes (大米 5kg, 大米 10kg) is two goods.
    const named = byName.get(row.name);
    if (named && named.unit !== row.unit) {
      row.name = `${row.name}（${row.unit}）`;
      findings.assume('assume_name_with_unit', {}, line.address('name'));
    }
    const first = byName.get(row.name);
    if (first) {
      findings.duplicate('duplicate_goods', line.repeats('name', first), { name: row.name });
      continue;
    }
    const holder = row.barcode === null ? undefined : byBarcode.get(row.barcode);
    if (holder) {
      line.problem('warning', 'barcode_taken', 'barcode', { row: holder.sourceRow, name: holder.name });
      row.barcode = null;
    } else if (row.barcode !== null) byBarcode.set(row.barcode, row);
    if (row.monthlyLimit !== null) findings.assume('assume_limit_monthly');
    byName.set(row.name, row);
    rows.push(row);
  }
  return { kind: 'goods', ...readingParts(tables, opened, rows.length), rows };
}

function readGoods(line: Line, category: string): GoodsRow | null {
  const name = shortened(line, 'name', line.text('name'), MOST.name);
  const price = readPrice(line);
  if (name === '') line.problem('error', 'name_missing', 'name');
  if (name === '' || price === null) return null;
  const kind = goodsKind(category, name);
  return {
    sheet: line.sheet,
    sourceRow: line.row,
    kind,
    category,
    name,
    unit: readUnit(line, name, kind),
    price,
    costFen: readCost(line),
    barcode: readBarcode(line),
    stock: kind === 'service' ? null : readWhole(line, 'stock', 'stock_unreadable', 0, 1_000_000),
    monthlyLimit: readWhole(line, 'limit', 'limit_unreadable', 1, LIMIT_MOST),
  };
}

function goodsKind(category: string, name: string): GoodsRow['kind'] {
  if (category.includes('借') || /借用|出借/.test(name)) return 'loan';
  return category.includes('服务') ? 'service' : 'goods';
}

/**
 * The name of one piece. A column gives it, or a name that counts one (纯牛奶1箱 → 箱, 羽毛球拍(一副) → 副). If the name gives a
 * content (大米5kg, 铅笔12支), the piece is the whole pack: 件.
 */
function readUnit(line: Line, name: string, kind: GoodsRow['kind']): string {
  const written = orEmpty(line.text('unit'));
  if (written !== '') return shortened(line, 'unit', written, MOST.unit);
  const one = /(?<!\d)(?:1|一)([\p{Script=Han}])(?:$|[)(）（])/u.exec(name);
  return one?.[1] ?? (kind === 'service' ? '次' : UNIT);
}

function readPrice(line: Line): number | null {
  const text = orEmpty(line.text('price')).replace(/(?:积分|分)$/, '');
  if (text === '') {
    line.problem('error', 'price_missing', 'price');
    return null;
  }
  const price = parseHundredths(text);
  if (price !== null && price >= 0) return price;
  line.problem('error', 'price_unreadable', 'price');
  return null;
}

function readCost(line: Line): number | null {
  const text = orEmpty(line.text('cost'));
  if (text === '') return null;
  // Yuan to fen is the same step as points to hundredths: two decimals, exactly.
  const fen = parseHundredths(
    ascii(text)
      .replace(/^[¥￥]/, '')
      .replace(/元$/, ''),
  );
  if (fen !== null && fen >= 0) return fen;
  line.problem('warning', 'cost_unreadable', 'cost');
  return null;
}

function readBarcode(line: Line): string | null {
  const text = orEmpty(line.text('barcode'));
  if (text === '') return null;
  const digits = ascii(text).replace(/[\s-]/g, '');
  if (!/^(?:\d{8}|\d{12,14})$/.test(digits)) line.problem('warning', 'barcode_unreadable', 'barcode');
  else if (!hasValidCheckDigit(digits)) line.problem('warning', 'barcode_wrong', 'barcode');
  else return digits;
  return null;
}

/** EAN-8, UPC-A, EAN-13, ITF-14: weights 3 and 1 from the right. */
function hasValidCheckDigit(digits: string): boolean {
  const sum = Array.from(digits)
    .reverse()
    .reduce((total, digit, index) => total + Number(digit) * (index % 2 === 1 ? 3 : 1), 0);
  return sum % 10 === 0;
}

function readWhole(
  line: Line,
  field: 'stock' | 'limit',
  code: 'stock_unreadable' | 'limit_unreadable',
  least: number,
  most: number,
): number | null {
  const text = orEmpty(line.text(field));
  if (text === '' || text === '不限') return null;
  const value = parseCount(text);
  if (value !== null && value >= least && value <= most) return value;
  line.problem('warning', code, field);
  return null;
}
