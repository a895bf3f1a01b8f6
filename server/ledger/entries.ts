import { and, eq, gte, inArray, lte, sql } from 'drizzle-orm';
import type { Reader } from '../../db/store.ts';
import type { EntryKind } from '../../shared/contract/ledger.ts';
import { type EntryFilter, findHeaders } from './find-entries.ts';
import { reversalsOf, type StoredText, storedText } from './passbook.ts';

export interface EntryHead {
  readonly number: number;
  readonly kind: EntryKind;
  readonly effectiveOn: string;
  readonly bookedAtMs: number;
  readonly actorId: string;
  readonly source: string | null;
  readonly idempotencyKey: string;
  readonly reversesNumber: number | null;
  readonly reversedBy: number | null;
  readonly previousHash: string;
  readonly hash: string;
  readonly text: StoredText;
}

export interface EntryWithLines extends EntryHead {
  readonly lines: readonly {
    line: number;
    accountId: string;
    unit: string;
    amount: number;
    balanceAfter: number;
  }[];
}

/** Entries of the journal, newest first, with their lines. */
export async function entries(
  reader: Reader,
  villageId: string,
  filter: EntryFilter,
): Promise<{ items: EntryWithLines[]; next: number | null }> {
  const { rows, next } = await findHeaders(reader, villageId, filter);
  const numbers = rows.map((row) => row.header.number);
  const [lines, reversedBy] = [
    await linesOf(reader, villageId, numbers),
    await reversalsOf(reader, villageId, numbers),
  ];
  return {
    items: rows.map(({ header, body }) => ({
      number: header.number,
      kind: header.kind as EntryKind,
      effectiveOn: header.effectiveOn,
      bookedAtMs: header.bookedAtMs,
      actorId: header.actorId,
      source: header.source,
      idempotencyKey: header.idempotencyKey,
      reversesNumber: header.reversesNumber,
      reversedBy: reversedBy.get(header.number) ?? null,
      previousHash: header.previousHash,
      hash: header.hash,
      text: storedText(body, header.textCommitment !== null),
      lines: lines.get(header.number) ?? [],
    })),
    next,
  };
}

/** One entry with its lines; null when the number is not in the book. */
export async function entry(
  reader: Reader,
  villageId: string,
  number: number,
): Promise<EntryWithLines | null> {
  const page = await entries(reader, villageId, { before: number + 1, limit: 1 });
  const [found] = page.items;
  return found?.number === number ? found : null;
}

/**
 * Points moved per kind of entry between two effective days, both included: what the household accounts gained
 * or lost. A reversal counts against the kind it takes back, so that an undone redemption is no redemption.
 */
export async function turnover(
  reader: Reader,
  villageId: string,
  from: string,
  to: string,
): Promise<Map<EntryKind, number>> {
  const { journal, postings, accounts } = reader.t;
  const reversed = reader.db
    .select({ number: journal.number, kind: journal.kind })
    .from(journal)
    .where(eq(journal.villageId, villageId))
    .as('reversed');
  const kind = sql<EntryKind>`coalesce(${reversed.kind}, ${journal.kind})`;
  const rows = await reader.db
    .select({ kind, sum: sql<number>`coalesce(sum(${postings.amount}), 0)`.mapWith(Number) })
    .from(journal)
    .leftJoin(reversed, eq(reversed.number, journal.reversesNumber))
    .innerJoin(postings, and(eq(postings.villageId, journal.villageId), eq(postings.number, journal.number)))
    .innerJoin(accounts, and(eq(accounts.villageId, postings.villageId), eq(accounts.id, postings.accountId)))
    .where(
      and(
        eq(journal.villageId, villageId),
        gte(journal.effectiveOn, from),
        lte(journal.effectiveOn, to),
        eq(accounts.kind, 'household'),
      ),
    )
    .groupBy(kind);
  return new Map(rows.map((row) => [row.kind, row.sum]));
}

async function linesOf(reader: Reader, villageId: string, numbers: readonly number[]) {
  const byNumber = new Map<number, EntryWithLines['lines'][number][]>();
  if (numbers.length === 0) return byNumber;
  const { postings } = reader.t;
  const rows = await reader.db
    .select({
      number: postings.number,
      line: postings.line,
      accountId: postings.accountId,
      unit: postings.unit,
      amount: postings.amount,
      balanceAfter: postings.balanceAfter,
    })
    .from(postings)
    .where(and(eq(postings.villageId, villageId), inArray(postings.number, [...numbers])))
    .orderBy(postings.number, postings.line);
  for (const { number, ...line } of rows) {
    const lines = byNumber.get(number) ?? [];
    lines.push(line);
    byNumber.set(number, lines);
  }
  return byNumber;
}
