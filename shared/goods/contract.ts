import { z } from 'zod';
import { BODY_BYTES_MAX, type OperationsOf } from '../operation.ts';
import { day, id, hundredths, fen, pieces, quantity, line, required, idParams } from '../fields.ts';
import { DRAWINGS } from './choose-drawing.ts';
import type { endpoints } from './endpoints.ts';

export const GOODS_KINDS = ['goods', 'service', 'loan'] as const;
export type GoodsKind = (typeof GOODS_KINDS)[number];

export const barcode = z.string().regex(/^\d{8}$|^\d{12,14}$/);

const goodsFields = {
  kind: z.enum(GOODS_KINDS),
  category: required(30),
  name: required(60),
  unit: required(10),
  price: hundredths.min(0),
  costFen: fen.min(0).nullable(),
  barcode: barcode.nullable(),
  monthlyLimit: z.int().min(1).max(999).nullable(),
  enabled: z.boolean(),
};
/** The looks of an item. */
const looks = {
  pictureId: id.nullable().describe('A photo that was uploaded before; null: the drawing is shown'),
  chosenDrawing: z
    .enum(DRAWINGS)
    .nullable()
    .describe('A drawing to show for it; null: the one that its name finds'),
};
const shownDrawing = z.string().describe('The name of its drawing, shown where there is no photo');
const rank = z
  .int()
  .nullable()
  .describe('1 is taken most often at this time of the year; null: it was not taken lately');
const nextPrice = z
  .object({ price: hundredths.min(0), from: day.describe('The first day on which it counts') })
  .nullable()
  .describe('A price that counts from a later day on; households are told at once');

export const goodsItem = z.object({
  id,
  ...goodsFields,
  ...looks,
  drawing: shownDrawing,
  rank,
  nextPrice,
  formerPrice: z
    .object({ price: hundredths, since: day })
    .nullable()
    .describe('The price before the last change, and the day of the change'),
  stock: pieces.nullable().describe('Null where none is kept: services, and loans never taken in'),
});
export type GoodsItem = z.infer<typeof goodsItem>;

/** An item as everybody may see it. */
export const publicGoods = z.object({
  id,
  category: z.string(),
  name: z.string(),
  unit: z.string(),
  price: hundredths,
  pictureId: id.nullable(),
  drawing: shownDrawing,
  available: z.boolean(),
});

/** The longest list of opening stock that is booked in one go. */
export const OPENING_ITEMS_MAX = 2_000;
const thing = z.object({
  id,
  name: z.string().describe('Without its size'),
  unit: z.string(),
  pictureId: id.nullable(),
  drawing: shownDrawing,
});

/** Points said as things on the shelf. */
export const things = z.object({
  enough: z
    .array(z.object({ item: thing, count: z.int() }))
    .describe('What the balance suffices for, together'),
  next: z
    .object({ item: thing, short: hundredths })
    .nullable()
    .describe('What comes next for a balance that suffices for nothing'),
});

export const operations = {
  'goods.list': {
    summary: 'Goods with their stock',
    summaryZh: '商品和库存',
    cache: 'private',
    access: 'goods.read',
    response: z.object({ items: z.array(goodsItem) }),
    errors: [],
  },
  'goods.create': {
    summary: 'Add an item',
    summaryZh: '添加商品',
    access: 'goods.change',
    body: z.object({ ...goodsFields, ...looks }).partial({ pictureId: true, chosenDrawing: true }),
    response: goodsItem,
    errors: ['goods.name_taken', 'goods.barcode_taken', 'picture.not_found', 'text.unfit'],
  },
  'goods.update': {
    summary: 'Change an item',
    summaryZh: '修改商品',
    access: 'goods.change',
    params: idParams,
    body: z.object({ ...goodsFields, ...looks, nextPrice }).partial(),
    response: goodsItem,
    errors: [
      'goods.not_found',
      'goods.name_taken',
      'goods.barcode_taken',
      'goods.has_stock',
      'goods.price_day',
      'change.needs_second',
      'picture.not_found',
      'text.unfit',
    ],
  },
  'goods.openStock': {
    summary: 'Take in what is on the shelf when the shop begins, all items in one list',
    summaryZh: '开业时把货架上的东西一次记齐',
    bodyBytesMax: BODY_BYTES_MAX.batch,
    access: 'stock.change',
    body: z.object({
      items: z
        .array(z.object({ goodsId: id, quantity, totalCostFen: fen.min(0) }))
        .min(1)
        .max(OPENING_ITEMS_MAX)
        .refine((items) => new Set(items.map(({ goodsId }) => goodsId)).size === items.length)
        .describe('Each item once'),
      note: line(200).default(''),
    }),
    response: z.object({ items: z.int(), pieces }),
    errors: ['goods.not_found', 'goods.no_stock', 'goods.on_shelf', 'change.needs_second', 'ledger.overflow'],
  },
  'goods.stockIn': {
    summary: 'Take goods in, bought or donated, with what they cost',
    summaryZh: '进货：购买或捐赠，连同成本',
    access: 'stock.change',
    params: idParams,
    body: z.object({
      quantity,
      totalCostFen: fen.min(0),
      source: z.enum(['bought', 'donated']),
      note: line(200).default(''),
      donor: line(60).default('').describe('Who gave it; only for donated goods'),
      thanksDonor: z
        .boolean()
        .default(false)
        .describe('The donor agreed to be thanked by name on the public board'),
    }),
    response: z.object({ stock: pieces, journalNumber: z.int() }),
    errors: ['goods.not_found', 'goods.no_stock', 'change.needs_second', 'ledger.overflow'],
  },
  'goods.stocktake': {
    summary: 'Correct the stock to what was counted',
    summaryZh: '盘点：把库存改成实际数到的',
    access: 'stock.change',
    params: idParams,
    body: z.object({ counted: z.int().min(0).max(1_000_000), reason: required(200) }),
    response: z.object({
      stock: pieces,
      journalNumber: z.int().nullable().describe('Null when the count agreed'),
    }),
    errors: ['goods.not_found', 'goods.no_stock', 'change.needs_second', 'ledger.overflow'],
  },
} as const satisfies OperationsOf<typeof endpoints>;

export { acts } from './acts.ts';
export { guarded } from './guarded.ts';
export { errorWords, tags } from './words.ts';
