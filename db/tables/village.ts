import type { Kit } from '#engine';
import type { VillageSettings } from '../../shared/village/settings.ts';

/** The village itself. Written by server/village. */
export function villageTables(k: Kit) {
  const villages = k.table('villages', {
    id: k.text().plain().primaryKey(),
    name: k.text().plain().notNull(),
    town: k.text().plain().notNull(),
    isDemo: k.bool().plain().notNull(),
    settings: k.json<VillageSettings>().plain().notNull(),
    createdAtMs: k.int().plain().notNull(),
  });

  /** One row once the first village has been set up: of two at once, the key lets one through. */
  const installation = k.table('installation', {
    id: k.text().plain().primaryKey(),
    villageId: k.text().plain().notNull(),
    setUpAtMs: k.int().plain().notNull(),
  });

  return { villages, installation };
}
