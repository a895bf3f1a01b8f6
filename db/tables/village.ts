import type { Kit } from '#engine';
import type { NotedStep } from '../../shared/village/setup-steps.ts';
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
    /** When a second person opened the books. Null: nothing can be redeemed yet. */
    openedAtMs: k.int().plain(),
  });

  /** One row once the first village has been set up: of two at once, the key lets one through. */
  const installation = k.table('installation', {
    id: k.text().plain().primaryKey(),
    villageId: k.text().plain().notNull(),
    setUpAtMs: k.int().plain().notNull(),
  });

  /** Steps of setting up that leave no other trace: said to be done, or not needed. */
  const setupNotes = k.table(
    'setup_notes',
    {
      villageId: k.text().plain().notNull(),
      step: k.text().plain().$type<NotedStep>().notNull(),
      staffId: k.text().reference().notNull(),
      notedAtMs: k.int().plain().notNull(),
    },
    (t) => [k.primaryKey({ columns: [t.villageId, t.step] })],
  );

  return { villages, installation, setupNotes };
}
