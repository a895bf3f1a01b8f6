import { eq, sql } from 'drizzle-orm';
import type { Reader, Tables } from '../../db/index.ts';
import { DEFAULT_SETTINGS, type VillageSettings } from '../../shared/village/settings.ts';
import type { VillageContext } from './context.ts';

interface VillageColumns {
  readonly villageId: string;
  readonly villageName: string;
  readonly villageTown: string;
  readonly villageIsDemo: boolean;
  readonly villageSettings: VillageSettings;
  readonly villageOpenedAtMs: number | null;
}

/** The columns of a village, for a query that joins it: every request finds its caller and the village in one. */
export function villageColumns({ villages }: Tables) {
  return {
    villageId: villages.id,
    villageName: villages.name,
    villageTown: villages.town,
    villageIsDemo: villages.isDemo,
    villageSettings: villages.settings,
    villageOpenedAtMs: villages.openedAtMs,
  };
}

/** The village in a row that has its columns. */
export function villageOf(row: VillageColumns): VillageContext {
  return {
    id: row.villageId,
    name: row.villageName,
    town: row.villageTown,
    isDemo: row.villageIsDemo,
    openedAtMs: row.villageOpenedAtMs,
    // Settings that came with a later version have their default until the village decides.
    settings: { ...DEFAULT_SETTINGS, ...row.villageSettings },
  };
}

/** The village as it is in this snapshot. */
export async function readVillage(reader: Reader, villageId: string): Promise<VillageContext | null> {
  const [row] = await reader.prepared(
    'http.village',
    ({ db, t }) =>
      db
        .select(villageColumns(t))
        .from(t.villages)
        .where(eq(t.villages.id, sql.placeholder('villageId'))),
    { villageId },
  );
  return row ? villageOf(row) : null;
}
