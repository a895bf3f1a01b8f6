import type { Kit } from '#engine';

/** Written by server/households. */
export function householdsTables(k: Kit) {
  const households = k.table(
    'households',
    {
      villageId: k.text().plain().notNull(),
      id: k.text().reference().notNull(),
      number: k.text().personal('household', 'kept').notNull(),
      /** shared/households/number.ts: one for 3 and 003; compares in the order people count. */
      numberKey: k.text().personal('household', 'kept').notNull(),
      /** The number in the village's own papers (SQ-0001), where `number` is another. */
      originalNumber: k.text().personal('household', 'erased'),
      /** shared/households/original-number.ts: finds the household besides its number; null: its number is enough. */
      originalKey: k.text().personal('household', 'erased'),
      groupName: k.text().personal('household', 'erased').notNull(),
      head: k.text().personal('household', 'erased').notNull(),
      /** Search words, each with a space before it: " ouyangheai oyha heai ha". */
      headPinyin: k.text().personal('household', 'erased').notNull(),
      size: k.int().personal('household', 'erased'),
      phone: k.text().personal('household', 'erased'),
      note: k.text().personal('household', 'erased').notNull(),
      state: k.text().personal('household', 'kept').$type<'active' | 'closed'>().notNull(),
      pinHash: k.text().personal('household', 'ended'),
      /** When the office gave it the PIN. A PIN that the household changes itself is as old as the one before. */
      pinSetAtMs: k.int().personal('household', 'ended'),
      /** Agreed to be named in full on boards and notices; null: was not asked. */
      showsName: k.bool().personal('household', 'erased'),
      /** The goods item this household is saving for. */
      goalGoodsId: k.text().personal('household', 'erased'),
      closedAtMs: k.int().personal('household', 'kept'),
      /** The household that got its points when it was closed, or null. */
      successorId: k.text().personal('household', 'erased'),
      createdAtMs: k.int().personal('household', 'kept').notNull(),
      updatedAtMs: k.int().plain().notNull(),
      /** The instant at which everything that identified it was erased; number and postings stay. */
      erasedAtMs: k.int().plain(),
    },
    (t) => [
      k.primaryKey({ columns: [t.villageId, t.id] }),
      k.unique('households_number').on(t.villageId, t.numberKey),
      k.index('households_by_original').on(t.villageId, t.originalKey),
      k.index('households_by_group').on(t.villageId, t.groupName, t.numberKey),
    ],
  );

  /** The latest PIN of a household made in a run, until it is a day old. No backup has it. */
  const pinSlips = k.table(
    'pin_slips',
    {
      villageId: k.text().plain().notNull(),
      householdId: k.text().reference().notNull(),
      /** The only person who may print it. */
      madeBy: k.text().reference().notNull(),
      madeAtMs: k.int().plain().notNull(),
      /** The PIN, encrypted under a key that is not in the database. */
      sealed: k.text().personal('household', 'swept').notNull(),
    },
    (t) => [
      k.primaryKey({ columns: [t.villageId, t.householdId] }),
      k.index('pin_slips_by_maker').on(t.villageId, t.madeBy, t.madeAtMs),
    ],
  );

  return { households, pinSlips };
}
