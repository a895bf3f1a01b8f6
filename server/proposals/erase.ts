import type { DecideAt } from '../at.ts';
import { command, type Known } from '../commands/index.ts';
import { and, eq, inArray, like, or, type SQL, sql } from 'drizzle-orm';
import { chunked } from '../../db/many-rows.ts';
import type { Tables } from '../../db/index.ts';
import type { Reader, Tx } from '../../db/store.ts';
import { Refusal } from '../../shared/errors.ts';
import type { HouseholdChange } from '../../shared/proposals/states.ts';
import { householdById } from '../households/index.ts';
import { proposing } from './create.ts';
import { dropPhotosOf } from './photos.ts';
import { refuseWaiting, waitingAround } from './open-proposals.ts';

/** Erases all that is kept about a household, over all rooms; given where the server is put together. */
export type EraseHousehold = (
  tx: Tx,
  household: { readonly villageId: string; readonly id: string; readonly nowMs: number },
) => Promise<void>;

/** Proposes to erase the personal data of an account that has ended; nothing changes until a second person approves. */
export const createErasure = command<{ readonly householdId: string; readonly reason: string }, DecideAt>()({
  reads: ({ householdId }) => askForErasure(householdId),
  decide(known, { householdId, reason: note }, at) {
    refuseErasure(known);
    return proposing(at, { kind: 'erasure', householdId, points: 0, note, change: { kind: 'erasure' } });
  },
});

/** Asks for everything that may stand against erasing this household, when it is proposed and when it is carried out. */
export function askForErasure(householdId: string) {
  return { household: householdById.one([householdId]), waiting: waitingAround.one([householdId]) };
}

/** Throws if the household may not be erased now: it is open, erased already, or something else about it waits. */
export function refuseErasure({ household, waiting }: Known<ReturnType<typeof askForErasure>>): void {
  if (!household) throw new Refusal('household.not_found');
  const { number, state, erasedAtMs } = household;
  if (state !== 'closed') throw new Refusal('household.not_closed', { number });
  if (erasedAtMs !== null) throw new Refusal('household.erased', { number });
  refuseWaiting(household, waiting);
}

/** Erases what was written about a household in proposals, its own and those that touched it, and the photos. */
export async function eraseProposals(tx: Tx, villageId: string, householdId: string): Promise<void> {
  const { proposals, proposalEvents } = tx.t;
  const rows = await touching(tx, villageId, householdId);
  await dropPhotosOf(
    tx,
    villageId,
    rows.flatMap((row) => (row.householdId === householdId ? [row.id] : [])),
  );
  for (const some of chunked(rows)) {
    const ids = some.map(({ id }) => id);
    await tx.db
      .update(proposals)
      .set({ note: '', option: null, member: null, event: null, reason: null })
      .where(and(eq(proposals.villageId, villageId), inArray(proposals.id, ids)))
      .returning({ id: proposals.id });
    await tx.db
      .update(proposalEvents)
      .set({ reason: '' })
      .where(and(eq(proposalEvents.villageId, villageId), inArray(proposalEvents.proposalId, ids)))
      .returning({ step: proposalEvents.step });
  }
  for (const { id, change } of rows) {
    if (change?.kind !== 'split' || change.fresh.id !== householdId) continue;
    await tx.db
      .update(proposals)
      .set({ change: withoutNames(change) })
      .where(and(eq(proposals.villageId, villageId), eq(proposals.id, id)))
      .returning({ id: proposals.id });
  }
}

/** Proposals for this household, and those of others in which it is the other one or the new one. */
async function touching(reader: Reader, villageId: string, householdId: string) {
  const { proposals } = reader.t;
  return reader.db
    .select({ id: proposals.id, householdId: proposals.householdId, change: proposals.change })
    .from(proposals)
    .where(isTouching(proposals, villageId, householdId));
}

/** Condition: for this household, or with it as the other one or the new one. */
export function isTouching(
  proposals: Tables['proposals'],
  villageId: string,
  householdId: string,
): SQL | undefined {
  return and(
    eq(proposals.villageId, villageId),
    or(
      eq(proposals.householdId, householdId),
      like(sql`cast(${proposals.change} as text)`, `%${householdId}%`),
    ),
  );
}

function withoutNames(change: Extract<HouseholdChange, { kind: 'split' }>): HouseholdChange {
  return { ...change, fresh: { ...change.fresh, head: '', group: '', size: null, phone: null } };
}
