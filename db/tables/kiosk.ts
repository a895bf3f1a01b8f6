import type { Kit } from '#engine';
import type { CountedLine } from '../../shared/kiosk/shift-counts.ts';

/** Kiosks, volunteers, what was handed out and what came back. Written by server/kiosk. */
export function kioskTables(k: Kit) {
  const kiosks = k.table(
    'kiosks',
    {
      villageId: k.text().plain().notNull(),
      id: k.text().plain().notNull(),
      name: k.text().plain().notNull(),
      pairingHash: k.text().plain(),
      pairingExpiresAtMs: k.int().plain(),
      tokenHash: k.text().plain(),
      pairedAtMs: k.int().plain(),
      lastSeenAtMs: k.int().plain(),
      revokedAtMs: k.int().plain(),
      createdAtMs: k.int().plain().notNull(),
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
      villageId: k.text().plain().notNull(),
      id: k.text().reference().notNull(),
      name: k.text().personal('volunteer', 'kept').notNull(),
      pinHash: k.text().personal('volunteer', 'ended').notNull(),
      disabledAtMs: k.int().personal('volunteer', 'kept'),
      createdAtMs: k.int().personal('volunteer', 'kept').notNull(),
      /** Own household and relatives': another volunteer hands out to these. Null: none was declared. */
      householdIds: k.json<string[]>().personal('household', 'erased'),
      /** Since when the PIN is known to nobody else, so that it vouches for households. Null: somebody else knows it. */
      confirmedAtMs: k.int().personal('volunteer', 'kept'),
      /** The person of the staff who made the change that waits, and who does not confirm it. */
      unconfirmedBy: k.text().reference(),
    },
    (t) => [
      k.primaryKey({ columns: [t.villageId, t.id] }),
      k.unique('volunteers_name').on(t.villageId, t.name),
    ],
  );

  const shifts = k.table(
    'shifts',
    {
      villageId: k.text().plain().notNull(),
      id: k.text().plain().notNull(),
      kioskId: k.text().plain().notNull(),
      volunteerId: k.text().reference().notNull(),
      tokenHash: k.text().plain().notNull(),
      startedAtMs: k.int().personal('volunteer', 'kept').notNull(),
      endedAtMs: k.int().personal('volunteer', 'kept'),
      /** When its token was last used, to the minute. Null: not since it began. */
      usedAtMs: k.int().personal('volunteer', 'kept'),
      /** A device says that the volunteer began it there, without network. */
      byDevice: k.bool().plain().notNull().default(false),
    },
    (t) => [
      k.primaryKey({ columns: [t.villageId, t.id] }),
      k.unique('shifts_token').on(t.tokenHash),
      k.index('shifts_by_kiosk').on(t.villageId, t.kioskId, t.startedAtMs),
    ],
  );

  /** Counts of the shelf by volunteers, when a shift began or ended. Rows never change, and move no stock. */
  const shiftCounts = k.table(
    'shift_counts',
    {
      villageId: k.text().plain().notNull(),
      id: k.text().plain().notNull(),
      kioskId: k.text().plain().notNull(),
      shiftId: k.text().plain().notNull(),
      phase: k.text().plain().$type<'begin' | 'end'>().notNull(),
      /** The count that the shift before left, which whoever began agreed with or replaced. Null: an end. */
      answersId: k.text().plain(),
      /** When it was counted; `keptAtMs` is when the server heard of it. */
      takenAtMs: k.int().personal('volunteer', 'kept').notNull(),
      keptAtMs: k.int().plain().notNull(),
      withoutNetwork: k.bool().plain().notNull(),
      /** Empty: agreed with the count that it answers. */
      lines: k.json<readonly CountedLine[]>().personal('volunteer', 'kept').notNull(),
    },
    (t) => [
      k.primaryKey({ columns: [t.villageId, t.id] }),
      k.unique('shift_counts_once').on(t.villageId, t.shiftId, t.phase),
      k.index('shift_counts_by_kiosk').on(t.villageId, t.kioskId, t.takenAtMs),
      k.index('shift_counts_by_time').on(t.villageId, t.keptAtMs),
    ],
  );

  /** Rows never change: the journal says whether a redemption was undone. */
  const redemptions = k.table(
    'redemptions',
    {
      villageId: k.text().plain().notNull(),
      id: k.text().plain().notNull(),
      householdId: k.text().reference().notNull(),
      kioskId: k.text().plain().notNull(),
      volunteerId: k.text().reference().notNull(),
      shiftId: k.text().plain().notNull(),
      /** Hundredths of a point. */
      points: k.int().personal('household', 'kept').notNull(),
      costFen: k.int().plain().notNull(),
      effectiveOn: k.text().plain().notNull(),
      bookedAtMs: k.int().plain().notNull(),
      journalNumber: k.int().plain().notNull(),
    },
    (t) => [
      k.primaryKey({ columns: [t.villageId, t.id] }),
      k.index('redemptions_by_kiosk').on(t.villageId, t.kioskId, t.journalNumber),
      k.index('redemptions_by_shift').on(t.villageId, t.shiftId),
      // The day leads, so that new rows lie side by side: by household each would change another page of the index.
      k.index('redemptions_by_day').on(t.villageId, t.effectiveOn, t.householdId),
    ],
  );

  const redemptionLines = k.table(
    'redemption_lines',
    {
      villageId: k.text().plain().notNull(),
      /** The entry of its redemption. */
      journalNumber: k.int().plain().notNull(),
      line: k.int().plain().notNull(),
      goodsId: k.text().personal('household', 'kept').notNull(),
      /** The item's name at that time. */
      name: k.text().personal('household', 'kept').notNull(),
      unit: k.text().plain().notNull(),
      quantity: k.int().personal('household', 'kept').notNull(),
      price: k.int().plain().notNull(),
    },
    // The key also keeps an entry from being handed out twice.
    (t) => [k.primaryKey({ columns: [t.villageId, t.journalNumber, t.line] })],
  );

  /** Rows never change: the journal says whether a return was taken back. */
  const returns = k.table(
    'returns',
    {
      villageId: k.text().plain().notNull(),
      id: k.text().plain().notNull(),
      /** The entry of the redemption that it gives back a part of. */
      redemptionNumber: k.int().plain().notNull(),
      householdId: k.text().reference().notNull(),
      /** Null: at the desk. */
      kioskId: k.text().plain(),
      /** Null: at the desk. */
      shiftId: k.text().plain(),
      /** The volunteer, or at the desk the person who agreed. */
      actorId: k.text().reference().notNull(),
      /** Hundredths of a point. */
      points: k.int().personal('household', 'kept').notNull(),
      costFen: k.int().plain().notNull(),
      effectiveOn: k.text().plain().notNull(),
      bookedAtMs: k.int().plain().notNull(),
      journalNumber: k.int().plain().notNull(),
    },
    (t) => [
      k.primaryKey({ columns: [t.villageId, t.id] }),
      k.index('returns_by_redemption').on(t.villageId, t.redemptionNumber),
      k.index('returns_by_day').on(t.villageId, t.effectiveOn),
    ],
  );

  const returnLines = k.table(
    'return_lines',
    {
      villageId: k.text().plain().notNull(),
      /** The entry of its return. */
      journalNumber: k.int().plain().notNull(),
      line: k.int().plain().notNull(),
      goodsId: k.text().personal('household', 'kept').notNull(),
      quantity: k.int().personal('household', 'kept').notNull(),
      /** Its share of the cost that the redemption booked. */
      costFen: k.int().plain().notNull(),
    },
    (t) => [k.primaryKey({ columns: [t.villageId, t.journalNumber, t.line] })],
  );

  return { kiosks, volunteers, shifts, shiftCounts, redemptions, redemptionLines, returns, returnLines };
}
