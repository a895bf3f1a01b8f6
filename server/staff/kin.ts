import { and, eq } from 'drizzle-orm';
import type { Reader, Tx } from '../../db/index.ts';
import { listStaff } from './staff.ts';

/** Display names of staff who were declared to be of this household or its kin. */
export async function kinOf(reader: Reader, villageId: string, householdId: string): Promise<string[]> {
  const staff = await listStaff(reader, villageId);
  return staff
    .filter(({ householdIds }) => householdIds.includes(householdId))
    .map(({ displayName }) => displayName);
}

/** Forgets that anybody was declared kin of this household. */
export async function eraseKin(tx: Tx, villageId: string, householdId: string): Promise<void> {
  const { staff } = tx.t;
  for (const { id, householdIds } of await listStaff(tx, villageId)) {
    if (!householdIds.includes(householdId)) continue;
    await tx.db
      .update(staff)
      .set({ householdIds: householdIds.filter((one) => one !== householdId) })
      .where(and(eq(staff.villageId, villageId), eq(staff.id, id)))
      .returning({ id: staff.id });
  }
}
