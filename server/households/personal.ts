import { and, eq } from 'drizzle-orm';
import type { Reader } from '../../db/store.ts';
import { Refusal } from '../../shared/errors.ts';

/** All that is kept of a household itself; what of it leaves the program is decided where it does. */
export async function householdRow(reader: Reader, villageId: string, id: string) {
  const { households } = reader.t;
  const [row] = await reader.db
    .select()
    .from(households)
    .where(and(eq(households.villageId, villageId), eq(households.id, id)));
  if (!row) throw new Refusal('household.not_found');
  return row;
}
