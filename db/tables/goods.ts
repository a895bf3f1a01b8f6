import type { Kit } from '#engine';
import type { GoodsKind } from '../../shared/goods/contract.ts';

/** Goods, services and loans of the shop. Stock itself is in the ledger. Written by server/goods. */
export function goodsTables(k: Kit) {
  const goods = k.table(
    'goods',
    {
      villageId: k.text().plain().notNull(),
      id: k.text().plain().notNull(),
      kind: k.text().plain().$type<GoodsKind>().notNull(),
      category: k.text().plain().notNull(),
      name: k.text().plain().notNull(),
      unit: k.text().plain().notNull(),
      /** Hundredths of a point for one piece. */
      price: k.int().plain().notNull(),
      /** The price that counts from a later day on; `asOnDay` in server/goods makes it the price. */
      nextPrice: k.int().plain(),
      nextPriceFrom: k.text().plain(),
      /** The price before the last change, and the day of that change: households are told. */
      formerPrice: k.int().plain(),
      priceSince: k.text().plain(),
      /** The price from which changes by one person alone are counted, and the day from which it is that for a week. */
      basePrice: k.int().plain(),
      basePriceOn: k.text().plain(),
      /** Usual buying price of one piece; what stock really cost is in the ledger. */
      costFen: k.int().plain(),
      barcode: k.text().plain(),
      /** A photo of it; null: its drawing is shown. */
      pictureId: k.text().plain(),
      /** The drawing that somebody chose; null: the one that its name finds. */
      chosenDrawing: k.text().plain(),
      /**
       * Whether pieces are counted on the shelf: always for goods, never for services, for loans once some were
       * taken in.
       */
      keepsStock: k.bool().plain().notNull(),
      /** How many pieces a household may have in a calendar month; null: no limit. */
      monthlyLimit: k.int().plain(),
      enabled: k.bool().plain().notNull(),
      position: k.int().plain().notNull(),
      createdAtMs: k.int().plain().notNull(),
    },
    (t) => [
      k.primaryKey({ columns: [t.villageId, t.id] }),
      k.unique('goods_name').on(t.villageId, t.name),
      k.unique('goods_barcode').on(t.villageId, t.barcode),
    ],
  );

  /** The donor of the goods that an entry of the journal took in, if the shop wrote it down. */
  const donations = k.table(
    'donations',
    {
      villageId: k.text().plain().notNull(),
      journalNumber: k.int().plain().notNull(),
      goodsId: k.text().plain().notNull(),
      donor: k.text().personal('anybody', 'kept').notNull(),
      /** The donor agreed to be thanked in public. */
      isNamed: k.bool().personal('anybody', 'kept').notNull(),
      effectiveOn: k.text().plain().notNull(),
    },
    (t) => [
      k.primaryKey({ columns: [t.villageId, t.journalNumber] }),
      k.index('donations_by_day').on(t.villageId, t.effectiveOn),
    ],
  );

  return { goods, donations };
}
