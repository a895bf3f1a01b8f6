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

  const households = k.table(
    'households',
    {
      villageId: k.text().notNull(),
      id: k.text().notNull(),
      number: k.text().notNull(),
      groupName: k.text().notNull(),
      head: k.text().notNull(),
      /** Full pinyin and initials, space separated, for search: "ouyang he ai oyha". */
      headPinyin: k.text().notNull(),
      size: k.int(),
      phone: k.text(),
      note: k.text().notNull(),
      /** active | closed */
      state: k.text().notNull(),
      pinHash: k.text(),
      createdAtMs: k.int().notNull(),
      updatedAtMs: k.int().notNull(),
    },
    (t) => [
      k.primaryKey({ columns: [t.villageId, t.id] }),
      k.unique('households_number').on(t.villageId, t.number),
      k.index('households_by_group').on(t.villageId, t.groupName, t.number),
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
    },
    (t) => [
      k.primaryKey({ columns: [t.villageId, t.code] }),
      k.unique('cards_code').on(t.code),
      k.index('cards_by_household').on(t.villageId, t.householdId),
    ],
  );

  return { villages, households, cards };
}
