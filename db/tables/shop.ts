import type { Kit } from '#engine';
import type { GoodsKind } from '../../shared/contract/goods.ts';

/** Goods, kiosks, volunteers and what was handed out. Stock itself is in the ledger. Owned by server/shop. */
export function shopTables(k: Kit) {
  const goods = k.table(
    'goods',
    {
      villageId: k.text().notNull(),
      id: k.text().notNull(),
      kind: k.text().$type<GoodsKind>().notNull(),
      category: k.text().notNull(),
      name: k.text().notNull(),
      unit: k.text().notNull(),
      /** Hundredths of a point for one piece. */
      price: k.int().notNull(),
      /** Usual buying price of one piece; what stock really cost is in the ledger. */
      costFen: k.int(),
      barcode: k.text(),
      /** A photo of it; null: its category's drawing is shown. */
      pictureId: k.text(),
      /** Whether pieces are counted on the shelf: always for goods, never for services, for loans once some were taken in. */
      keepsStock: k.bool().notNull(),
      /** How many pieces a household may have in a calendar month; null: no limit. */
      monthlyLimit: k.int(),
      enabled: k.bool().notNull(),
      position: k.int().notNull(),
      createdAtMs: k.int().notNull(),
    },
    (t) => [
      k.primaryKey({ columns: [t.villageId, t.id] }),
      k.unique('goods_name').on(t.villageId, t.name),
      k.unique('goods_barcode').on(t.villageId, t.barcode),
    ],
  );

  const kiosks = k.table(
    'kiosks',
    {
      villageId: k.text().notNull(),
      id: k.text().notNull(),
      name: k.text().notNull(),
      pairingHash: k.text(),
      pairingExpiresAtMs: k.int(),
      tokenHash: k.text(),
      pairedAtMs: k.int(),
      lastSeenAtMs: k.int(),
      revokedAtMs: k.int(),
      createdAtMs: k.int().notNull(),
    },
    (t) => [
      k.primaryKey({ columns: [t.villageId, t.id] }),
      k.unique('kiosks_pairing').on(t.pairingHash),
      k.unique('kiosks_token').on(t.tokenHash),
    ],
  );

  const volunteers = k.table(
    'volunteers',
    {
      villageId: k.text().notNull(),
      id: k.text().notNull(),
      name: k.text().notNull(),
      pinHash: k.text().notNull(),
      disabledAtMs: k.int(),
      createdAtMs: k.int().notNull(),
    },
    (t) => [
      k.primaryKey({ columns: [t.villageId, t.id] }),
      k.unique('volunteers_name').on(t.villageId, t.name),
    ],
  );

  const shifts = k.table(
    'shifts',
    {
      villageId: k.text().notNull(),
      id: k.text().notNull(),
      kioskId: k.text().notNull(),
      volunteerId: k.text().notNull(),
      tokenHash: k.text().notNull(),
      startedAtMs: k.int().notNull(),
      endedAtMs: k.int(),
    },
    (t) => [
      k.primaryKey({ columns: [t.villageId, t.id] }),
      k.unique('shifts_token').on(t.tokenHash),
      k.index('shifts_by_kiosk').on(t.villageId, t.kioskId, t.startedAtMs),
    ],
  );

  /** Never changed: whether a redemption was undone says the journal. */
  const redemptions = k.table(
    'redemptions',
    {
      villageId: k.text().notNull(),
      id: k.text().notNull(),
      householdId: k.text().notNull(),
      kioskId: k.text().notNull(),
      volunteerId: k.text().notNull(),
      shiftId: k.text().notNull(),
      /** Hundredths of a point. */
      points: k.int().notNull(),
      costFen: k.int().notNull(),
      effectiveOn: k.text().notNull(),
      bookedAtMs: k.int().notNull(),
      journalNumber: k.int().notNull(),
    },
    (t) => [
      k.primaryKey({ columns: [t.villageId, t.id] }),
      k.index('redemptions_by_kiosk').on(t.villageId, t.kioskId, t.journalNumber),
      k.index('redemptions_by_shift').on(t.villageId, t.shiftId),
      k.index('redemptions_by_household').on(t.villageId, t.householdId, t.effectiveOn),
      k.unique('redemptions_entry').on(t.villageId, t.journalNumber),
    ],
  );

  const redemptionLines = k.table(
    'redemption_lines',
    {
      villageId: k.text().notNull(),
      redemptionId: k.text().notNull(),
      line: k.int().notNull(),
      goodsId: k.text().notNull(),
      /** As it was called then. */
      name: k.text().notNull(),
      unit: k.text().notNull(),
      quantity: k.int().notNull(),
      price: k.int().notNull(),
    },
    (t) => [k.primaryKey({ columns: [t.villageId, t.redemptionId, t.line] })],
  );

  return { goods, kiosks, volunteers, shifts, redemptions, redemptionLines };
}
