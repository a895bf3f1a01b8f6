import { sql } from 'drizzle-orm';
import type { Kit } from '#engine';
import type { VillageSettings } from '../../shared/village.ts';

/** The village itself, its households and their cards. Owned by server/village and server/households. */
export function villageTables(k: Kit) {
  const villages = k.table('villages', {
    id: k.text().primaryKey(),
    name: k.text().notNull(),
    town: k.text().notNull(),
    isDemo: k.bool().notNull(),
    settings: k.json<VillageSettings>().notNull(),
    createdAtMs: k.int().notNull(),
  });

  /** One row once the first village has been set up: of two at once, the key lets one through. */
  const installation = k.table('installation', {
    id: k.text().primaryKey(),
    villageId: k.text().notNull(),
    setUpAtMs: k.int().notNull(),
  });

  const households = k.table(
    'households',
    {
      villageId: k.text().notNull(),
      id: k.text().notNull(),
      number: k.text().notNull(),
      /** shared/household-number.ts: one for 3 and 003; compares in the order people count. */
      numberKey: k.text().notNull(),
      groupName: k.text().notNull(),
      head: k.text().notNull(),
      /** Search words, each with a space before it: " ouyangheai oyha heai ha". */
      headPinyin: k.text().notNull(),
      size: k.int(),
      phone: k.text(),
      note: k.text().notNull(),
      state: k.text().$type<'active' | 'closed'>().notNull(),
      pinHash: k.text(),
      /** Agreed to be named in full on boards and notices; null: was not asked. */
      showsName: k.bool(),
      /** The goods item this household is saving for. */
      goalGoodsId: k.text(),
      closedAtMs: k.int(),
      /** Where its points went when it was closed: another household, or null. */
      successorId: k.text(),
      createdAtMs: k.int().notNull(),
      updatedAtMs: k.int().notNull(),
      /** When all that said who it was has been erased; number and postings stay. */
      erasedAtMs: k.int(),
    },
    (t) => [
      k.primaryKey({ columns: [t.villageId, t.id] }),
      k.unique('households_number').on(t.villageId, t.numberKey),
      k.index('households_by_group').on(t.villageId, t.groupName, t.numberKey),
    ],
  );

  const cards = k.table(
    'cards',
    {
      villageId: k.text().notNull(),
      /** Random digits with a check digit; unique over all villages so that a scan alone finds the household. */
      code: k.text().notNull(),
      householdId: k.text().notNull(),
      issuedAtMs: k.int().notNull(),
      revokedAtMs: k.int(),
      /** When it was last put on a sheet to be printed. */
      printedAtMs: k.int(),
    },
    (t) => [
      k.primaryKey({ columns: [t.villageId, t.code] }),
      k.unique('cards_code').on(t.code),
      k.index('cards_by_household').on(t.villageId, t.householdId),
      k
        .uniqueIndex('cards_one_each')
        .on(t.villageId, t.householdId)
        .where(sql`${t.revokedAtMs} is null`),
    ],
  );

  return { villages, installation, households, cards };
}
