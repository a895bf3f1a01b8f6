import { z } from 'zod';
import type { Operation } from './define.ts';
import {
  done,
  fen,
  hundredths,
  id,
  idParams,
  instantMs,
  line,
  pieces,
  pin,
  quantity,
  required,
} from './fields.ts';

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
/** A photo handed in before; null: the drawing of its category. */
const pictureId = id.nullable();

export const goodsItem = z.object({
  id,
  ...goodsFields,
  pictureId,
  stock: pieces.nullable().describe('Null where none is kept: services, and loans never taken in'),
});
export type GoodsItem = z.infer<typeof goodsItem>;

export const kioskInfo = z.object({
  id,
  name: z.string(),
  state: z.enum(['waiting', 'paired', 'revoked']),
  pairedAtMs: instantMs.nullable(),
  lastSeenAtMs: instantMs.nullable(),
});
export const volunteer = z.object({ id, name: z.string(), disabled: z.boolean() });
const pairingCode = z.object({ kiosk: kioskInfo, code: z.string(), expiresAtMs: instantMs });

export const goodsOperations = {
  'goods.list': {
    summary: 'Goods with their stock',
    cache: 'private',
    access: 'goods.read',
    response: z.object({ items: z.array(goodsItem) }),
    errors: [],
  },
  'goods.create': {
    summary: 'Add an item',
    access: 'goods.change',
    body: z.object({ ...goodsFields, pictureId: pictureId.optional() }),
    response: goodsItem,
    errors: ['goods.name_taken', 'goods.barcode_taken', 'picture.not_found'],
  },
  'goods.update': {
    summary: 'Change an item',
    access: 'goods.change',
    params: idParams,
    body: z.object({ ...goodsFields, pictureId }).partial(),
    response: goodsItem,
    errors: [
      'goods.not_found',
      'goods.name_taken',
      'goods.barcode_taken',
      'goods.has_stock',
      'picture.not_found',
    ],
  },
  'goods.stockIn': {
    summary: 'Take goods in, bought or donated, with what they cost',
    access: 'stock.change',
    params: idParams,
    body: z.object({
      quantity,
      totalCostFen: fen.min(0),
      source: z.enum(['bought', 'donated']),
      note: line(200).default(''),
    }),
    response: z.object({ stock: pieces, journalNumber: z.int() }),
    errors: ['goods.not_found', 'goods.no_stock', 'ledger.overflow'],
  },
  'goods.stocktake': {
    summary: 'Correct the stock to what was counted',
    access: 'stock.change',
    params: idParams,
    body: z.object({ counted: z.int().min(0).max(1_000_000), reason: required(200) }),
    response: z.object({
      stock: pieces,
      journalNumber: z.int().nullable().describe('Null when the count agreed'),
    }),
    errors: ['goods.not_found', 'goods.no_stock', 'ledger.overflow'],
  },
  'kiosks.list': {
    summary: 'Kiosks of the shop',
    access: 'kiosk.read',
    response: z.object({ items: z.array(kioskInfo) }),
    errors: [],
  },
  'kiosks.create': {
    secret: true,
    summary: 'Add a kiosk; answers the code to type on it',
    access: 'kiosk.change',
    body: z.object({ name: required(30) }),
    response: pairingCode,
    errors: [],
  },
  'kiosks.update': {
    summary: 'Rename a kiosk',
    access: 'kiosk.change',
    params: idParams,
    body: z.object({ name: required(30) }),
    response: kioskInfo,
    errors: ['kiosk.not_found'],
  },
  'kiosks.newCode': {
    secret: true,
    summary: 'A new pairing code for a kiosk that was wiped or replaced; its old token ends',
    access: 'kiosk.change',
    params: idParams,
    body: z.object({}),
    response: pairingCode,
    errors: ['kiosk.not_found'],
  },
  'kiosks.revoke': {
    summary: 'Lock a kiosk out at once',
    access: 'kiosk.change',
    params: idParams,
    body: z.object({}),
    response: done,
    errors: ['kiosk.not_found'],
  },
  'volunteers.list': {
    summary: 'Shop volunteers',
    access: 'kiosk.read',
    response: z.object({ items: z.array(volunteer) }),
    errors: [],
  },
  'volunteers.create': {
    secret: true,
    summary: 'Add a volunteer; answers the PIN once',
    access: 'kiosk.change',
    body: z.object({ name: required(30) }),
    response: z.object({ volunteer, pin }),
    errors: ['volunteer.name_taken'],
  },
  'volunteers.update': {
    secret: true,
    summary: 'Disable, enable, or give a new PIN',
    access: 'kiosk.change',
    params: idParams,
    body: z.object({ disabled: z.boolean().optional(), newPin: z.literal(true).optional() }),
    response: z.object({ volunteer, pin: pin.nullable() }),
    errors: ['volunteer.not_found'],
  },
} as const satisfies Record<string, Operation>;
