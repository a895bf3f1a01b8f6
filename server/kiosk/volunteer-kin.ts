import { and, eq } from 'drizzle-orm';
import type { Reader, Tx } from '../../db/index.ts';
import type { AnyAct } from '../../shared/acts/act.ts';
import { listVolunteers, type VolunteerView } from './volunteers.ts';

/** The acts of declaring households and of taking them back. Each household is one, so that its erasure finds it. */
export function actsOfKin(
  { id, householdIds: now }: VolunteerView,
  was: readonly string[] = [],
): readonly AnyAct[] {
  const on = `volunteer:${id}` as const;
  const declared = now.filter((one) => !was.includes(one));
  const withdrawn = was.filter((one) => !now.includes(one));
  return [
    ...declared.map((household) => ({ act: 'volunteers.kin_declared', on, is: { household } }) as const),
    ...withdrawn.map((household) => ({ act: 'volunteers.kin_withdrawn', on, was: { household } }) as const),
  ];
}

/** Names of the volunteers who declared this household. */
export async function volunteerKinOf(
  reader: Reader,
  villageId: string,
  householdId: string,
): Promise<string[]> {
  return (await declarersOf(reader, villageId, householdId)).map(({ name }) => name);
}

/** Forgets that any volunteer declared this household. */
export async function eraseVolunteerKin(tx: Tx, villageId: string, householdId: string): Promise<void> {
  for (const { id, householdIds } of await declarersOf(tx, villageId, householdId))
    await declare(
      tx,
      villageId,
      id,
      householdIds.filter((one) => one !== householdId),
    );
}

/** Volunteers who declared a household become kin of the one its people or points have gone to. Answers the acts of it. */
export async function extendVolunteerKin(
  tx: Tx,
  villageId: string,
  from: string,
  to: string,
): Promise<AnyAct[]> {
  const grown = (await declarersOf(tx, villageId, from)).filter((one) => !one.householdIds.includes(to));
  for (const { id, householdIds } of grown) await declare(tx, villageId, id, [...householdIds, to]);
  return grown.map(({ id }) => ({
    act: 'volunteers.kin_extended',
    on: `volunteer:${id}`,
    is: { household: to, from },
  }));
}

async function declarersOf(reader: Reader, villageId: string, householdId: string): Promise<VolunteerView[]> {
  const all = await listVolunteers(reader, villageId);
  return all.filter(({ householdIds }) => householdIds.includes(householdId));
}

async function declare(tx: Tx, villageId: string, id: string, householdIds: string[]): Promise<void> {
  const { volunteers } = tx.t;
  await tx.db
    .update(volunteers)
    .set({ householdIds })
    .where(and(eq(volunteers.villageId, villageId), eq(volunteers.id, id)))
    .returning({ id: volunteers.id });
}
