import { and, asc, desc, eq, lt, not, notInArray, or, type SQL, sql } from 'drizzle-orm';
import type { Reader, Tx } from '../../db/index.ts';
import type { Verification } from '../../shared/ledger/verification.ts';

/** Keeps the result of a verification, as the latest of its village. */
export async function recordVerification(
  tx: Tx,
  villageId: string,
  id: string,
  verification: Verification,
): Promise<void> {
  const { verifications } = tx.t;
  await tx.db
    .update(verifications)
    .set({ isLatest: false })
    .where(and(eq(verifications.villageId, villageId), isLatest(tx)))
    .returning({ id: verifications.id });
  await tx.db
    .insert(verifications)
    .values({ villageId, id, isLatest: true, ...verification })
    .returning({ id: verifications.id });
}

/** Reads the latest verification of a village's book; null if there was none. */
export async function lastVerification(reader: Reader, villageId: string): Promise<Verification | null> {
  const { verifications } = reader.t;
  const [last] = await reader.db
    .select()
    .from(verifications)
    .where(and(eq(verifications.villageId, villageId), isLatest(reader)));
  if (!last) return null;
  const { ok, startedAtMs, finishedAtMs, entries, postings, headNumber, headHash, bad } = last;
  return { ok, startedAtMs, finishedAtMs, entries, postings, headNumber, headHash, bad };
}

/** Reads one of the villages' latest verifications: one that found something, else the oldest. It is one row, however many were kept. */
export function worstVerification(reader: Pick<Reader, 'db' | 't'>) {
  const { verifications } = reader.t;
  return reader.db
    .select({
      ok: verifications.ok,
      finishedAtMs: verifications.finishedAtMs,
      headNumber: verifications.headNumber,
    })
    .from(verifications)
    .where(isLatest(reader))
    .orderBy(asc(verifications.ok), asc(verifications.finishedAtMs))
    .limit(1);
}

/**
 * Drops verifications of a village that nobody looks at any more. The latest stays, and so does the last that found
 * something, however old they are.
 */
export async function dropOldVerifications(
  tx: Tx,
  villageId: string,
  before: { readonly soundMs: number; readonly failedMs: number },
): Promise<void> {
  const { verifications } = tx.t;
  const { ok, finishedAtMs } = verifications;
  const ofVillage = eq(verifications.villageId, villageId);
  const lastFailed = tx.db
    .select({ id: verifications.id })
    .from(verifications)
    .where(and(ofVillage, eq(ok, false)))
    .orderBy(desc(finishedAtMs), desc(verifications.id))
    .limit(1);
  await tx.db
    .delete(verifications)
    .where(
      and(
        ofVillage,
        not(isLatest(tx)),
        notInArray(verifications.id, lastFailed),
        or(
          and(eq(ok, true), lt(finishedAtMs, before.soundMs)),
          and(eq(ok, false), lt(finishedAtMs, before.failedMs)),
        ),
      ),
    )
    .returning({ id: verifications.id });
}

export interface BookState {
  readonly villageId: string;
  /** Number of the last entry. */
  readonly number: number;
  readonly last: { readonly ok: boolean; readonly finishedAtMs: number; readonly headNumber: number } | null;
}

/** Reads every village's book with its latest verification, small books first. */
export async function bookStates(reader: Reader): Promise<BookState[]> {
  const { ledgerHeads, verifications } = reader.t;
  return reader.db
    .select({
      villageId: ledgerHeads.villageId,
      number: ledgerHeads.number,
      last: {
        ok: verifications.ok,
        finishedAtMs: verifications.finishedAtMs,
        headNumber: verifications.headNumber,
      },
    })
    .from(ledgerHeads)
    .leftJoin(verifications, and(eq(verifications.villageId, ledgerHeads.villageId), isLatest(reader)))
    .orderBy(ledgerHeads.number, ledgerHeads.villageId);
}

/**
 * This condition is written exactly as in the partial indexes: neither database would use them for a comparison
 * with a parameter.
 */
function isLatest({ t: { verifications } }: Pick<Reader, 't'>): SQL {
  return sql`${verifications.isLatest}`;
}
