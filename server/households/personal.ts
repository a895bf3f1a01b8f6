import { and, eq } from 'drizzle-orm';
import type { Reader } from '../../db/store.ts';
import { Refusal } from '../../shared/errors.ts';

/** Everything that is kept about a household itself. Callers decide which parts leave the program. */
export async function householdRow(reader: Reader, villageId: string, id: string) {
  const { households } = reader.t;
  const [row] = await reader.db
    .select()
    .from(households)
    .where(and(eq(households.villageId, villageId), eq(households.id, id)));
  if (!row) throw new Refusal('household.not_found');
  return row;
}
