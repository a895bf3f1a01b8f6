import { eq } from 'drizzle-orm';
import type { Store } from '../../db/index.ts';

/**
 * Confirms a volunteer without a second person and without hashing another PIN: the first one stays. The book does not
 * tell of it.
 */
export async function confirmAtOnce(
  { store, clock }: { readonly store: Store; readonly clock: { readonly nowMs: number } },
  volunteerId: string,
): Promise<void> {
  await store.transaction(async ({ db, t: { volunteers } }) =>
    db
      .update(volunteers)
      .set({ confirmedAtMs: clock.nowMs, unconfirmedBy: null })
      .where(eq(volunteers.id, volunteerId))
      .returning({ id: volunteers.id }),
  );
}
