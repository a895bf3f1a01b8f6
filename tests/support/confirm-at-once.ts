import { randomBytes } from 'node:crypto';
import { eq } from 'drizzle-orm';
import type { Store } from '../../db/index.ts';
import { bookActs } from '../../server/acts/index.ts';
import { businessDay } from '../../shared/business-day.ts';
import { DEFAULT_SETTINGS } from '../../shared/village/settings.ts';
import { createLedger } from './ledger.ts';

/** Confirms a volunteer without a second person and without hashing another PIN: the first one stays. The book tells of it. */
export async function confirmAtOnce(
  { store, clock }: { readonly store: Store; readonly clock: { readonly nowMs: number } },
  volunteerId: string,
): Promise<void> {
  const ledger = createLedger({ clock: () => clock.nowMs });
  await store.transaction(async (tx) => {
    const { volunteers } = tx.t;
    const [row] = await tx.db
      .update(volunteers)
      .set({ confirmedAtMs: clock.nowMs, unconfirmedBy: null })
      .where(eq(volunteers.id, volunteerId))
      .returning();
    if (!row) throw new Error(`no volunteer ${volunteerId}`);
    const today = businessDay(clock.nowMs, DEFAULT_SETTINGS.timeZone);
    const newId = () => randomBytes(12).toString('hex');
    const by = { villageId: row.villageId, actorId: 'tests', via: 'desk', today, newId } as const;
    await bookActs(ledger, tx, by, [{ act: 'volunteers.confirmed', on: `volunteer:${volunteerId}` }]);
  });
}
