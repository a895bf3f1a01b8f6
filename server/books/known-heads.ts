import { and, eq, gte, lte, ne, or, sql } from 'drizzle-orm';
import type { Reader } from '../../db/index.ts';

/** The head of a book as it was written down somewhere. */
export interface KnownHead {
  readonly villageId: string;
  readonly name: string;
  readonly number: number;
  /** The hash, or at least sixteen digits from its beginning. */
  readonly hash: string;
  /** When it was written down; null when nobody knows. */
  readonly atMs: number | null;
  /** The file, folder or table that has it. */
  readonly where: string;
}

/** A head that the book does not contain. */
export interface GoneHead extends KnownHead {
  /** The number of the last entry of the book; null when the village has none. */
  readonly lastNumber: number | null;
  /** The hash that stands at that number now; empty when there is no such entry. */
  readonly found: string;
}

/** Names of acts after which the book lacks, by what somebody decided, heads that were known before. */
const RESTORED = 'backups.restored';
export const WENT_ON = 'books.went_on';

/** Finds the first of these heads that its book does not contain, and that no restore accounts for. */
export async function firstGone(reader: Reader, heads: readonly KnownHead[]): Promise<GoneHead | null> {
  const lasts = new Map<string, number>();
  for (const { villageId, number } of await lastNumbers(reader)) lasts.set(villageId, number);
  for (const head of heads) {
    // A backup folder may hold books of other databases.
    if (head.number === 0 || (head.atMs !== null && !lasts.has(head.villageId))) continue;
    const found = await hashAt(reader, head);
    if (found !== '' && found.startsWith(head.hash)) continue;
    if (await isAccountedFor(reader, head)) continue;
    return { ...head, lastNumber: lasts.get(head.villageId) ?? null, found };
  }
  return null;
}

function lastNumbers({ db, t: { ledgerHeads } }: Reader) {
  return db.select({ villageId: ledgerHeads.villageId, number: ledgerHeads.number }).from(ledgerHeads);
}

async function hashAt(
  { db, t: { journal } }: Reader,
  { villageId, number }: Pick<KnownHead, 'villageId' | 'number'>,
): Promise<string> {
  const [row] = await db
    .select({ hash: journal.hash })
    .from(journal)
    .where(and(eq(journal.villageId, villageId), eq(journal.number, number)));
  return row?.hash ?? '';
}

/**
 * A restore is booked behind the entries that it kept: it accounts for heads from that number on. Somebody who went on
 * with another book answers for every head that was known by then.
 */
async function isAccountedFor(
  { db, t: { journal, journalFacts } }: Reader,
  { villageId, number, atMs }: KnownHead,
): Promise<boolean> {
  if (atMs === null) return false;
  const [act] = await db
    .select({ number: journal.number })
    .from(journal)
    .innerJoin(
      journalFacts,
      and(
        eq(journalFacts.villageId, journal.villageId),
        eq(journalFacts.number, journal.number),
        eq(journalFacts.name, 'act'),
      ),
    )
    .where(
      and(
        eq(journal.villageId, villageId),
        // Written out, because a partial index is found by the words of its condition.
        sql`${journal.kind} = 'act'`,
        gte(journal.bookedAtMs, atMs),
        or(
          and(eq(journalFacts.value, RESTORED), lte(journal.number, number)),
          eq(journalFacts.value, WENT_ON),
        ),
      ),
    )
    .limit(1);
  return act !== undefined;
}

/** The heads of verifications that found nothing, except those that the book contains. */
export async function headsVerified(reader: Reader): Promise<KnownHead[]> {
  const { verifications, journal, villages } = reader.t;
  const rows = await reader.db
    .select({
      villageId: verifications.villageId,
      name: villages.name,
      number: verifications.headNumber,
      hash: verifications.headHash,
      atMs: verifications.finishedAtMs,
      found: journal.hash,
    })
    .from(verifications)
    .innerJoin(villages, eq(villages.id, verifications.villageId))
    .leftJoin(
      journal,
      and(eq(journal.villageId, verifications.villageId), eq(journal.number, verifications.headNumber)),
    )
    .where(and(eq(verifications.ok, true), ne(verifications.headNumber, 0)));
  return rows
    .filter(({ found, hash }) => found !== hash)
    .map(({ found: _found, ...head }) => ({ ...head, where: 'verifications' }));
}
