import { and, eq, inArray } from 'drizzle-orm';
import type { Reader } from '../../db/store.ts';
import type { EntryKind } from '../../shared/ledger/entry-kinds.ts';
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

/** Reads entries of the journal with their lines, newest first. */
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

/** Reads one entry with its lines; null when the number is not in the book. */
export async function entry(
  reader: Reader,
  villageId: string,
  number: number,
): Promise<EntryWithLines | null> {
  const page = await entries(reader, villageId, { before: number + 1, limit: 1 });
  const [found] = page.items;
  return found?.number === number ? found : null;
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
