import { and, desc, eq, max } from 'drizzle-orm';
import type { Reader, Tx } from '../../db/index.ts';
import type { Verification } from '../../shared/contract/ledger.ts';

/** Keeps what a verification found. */
export async function recordVerification(
  tx: Tx,
  villageId: string,
  id: string,
  verification: Verification,
): Promise<void> {
  const { verifications } = tx.t;
  await tx.db
    .insert(verifications)
    .values({ villageId, id, ...verification })
    .returning({ id: verifications.id });
}

/** What the latest verification of a village's book found; null when there was none. */
export async function lastVerification(reader: Reader, villageId: string): Promise<Verification | null> {
  const { verifications } = reader.t;
  const [last] = await reader.db
    .select()
    .from(verifications)
    .where(eq(verifications.villageId, villageId))
    .orderBy(desc(verifications.finishedAtMs), desc(verifications.id))
    .limit(1);
  if (!last) return null;
  const { ok, startedAtMs, finishedAtMs, entries, postings, headNumber, headHash, bad } = last;
  return { ok, startedAtMs, finishedAtMs, entries, postings, headNumber, headHash, bad };
}

export interface BookState {
  readonly villageId: string;
  /** Number of the last entry. */
  readonly number: number;
  readonly last: { readonly ok: boolean; readonly finishedAtMs: number; readonly headNumber: number } | null;
}

/** Every village's book with its latest verification, small books first. */
export async function bookStates(reader: Reader): Promise<BookState[]> {
  const { ledgerHeads, verifications } = reader.t;
  const latest = reader.db
    .select({ villageId: verifications.villageId, at: max(verifications.finishedAtMs).as('at') })
    .from(verifications)
    .groupBy(verifications.villageId)
    .as('latest');
  const found = await reader.db
    .select({
      villageId: verifications.villageId,
      ok: verifications.ok,
      finishedAtMs: verifications.finishedAtMs,
      headNumber: verifications.headNumber,
    })
    .from(verifications)
    .innerJoin(
      latest,
      and(eq(latest.villageId, verifications.villageId), eq(latest.at, verifications.finishedAtMs)),
    );
  // Of two that ended in the same millisecond, one that found something counts.
  const byVillage = new Map(
    found.sort((a, b) => Number(b.ok) - Number(a.ok)).map((row) => [row.villageId, row]),
  );
  const heads = await reader.db
    .select({ villageId: ledgerHeads.villageId, number: ledgerHeads.number })
    .from(ledgerHeads)
    .orderBy(ledgerHeads.number, ledgerHeads.villageId);
  return heads.map(({ villageId, number }) => ({
    villageId,
    number,
    last: byVillage.get(villageId) ?? null,
  }));
}
