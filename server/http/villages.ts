import { eq, sql } from 'drizzle-orm';
import type { Reader } from '../../db/index.ts';
import { DEFAULT_SETTINGS } from '../../shared/village.ts';
import type { VillageContext } from './context.ts';

/** The caller's village as it is in this snapshot; every request that names a village reads it. */
export async function readVillage(reader: Reader, villageId: string): Promise<VillageContext | null> {
  const [row] = await reader.prepared(
    'http.village',
    ({ db, t }) =>
      db
        .select({
          id: t.villages.id,
          name: t.villages.name,
          town: t.villages.town,
          isDemo: t.villages.isDemo,
          settings: t.villages.settings,
        })
        .from(t.villages)
        .where(eq(t.villages.id, sql.placeholder('villageId'))),
    { villageId },
  );
  // Settings that came with a later version have their default until the village decides.
  return row ? { ...row, settings: { ...DEFAULT_SETTINGS, ...row.settings } } : null;
}
