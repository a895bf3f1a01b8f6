import type { Reader } from '../../db/store.ts';
import type { EntryKind } from '../../shared/ledger/entry-kinds.ts';
import { type EntryFilter, findHeaders } from './find-entries.ts';
import { readLinesOf } from './journal-lines.ts';
import type { LineRow } from './journal-rows.ts';
import { reversalsOf, type StoredText, storedText } from './passbook.ts';
import type { Posting } from './types.ts';

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
  readonly lines: readonly Posting[];
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
    await readLinesOf(reader, villageId, numbers),
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
      lines: (lines.get(header.number) ?? []).map(postingOf),
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
  const page = await entries(reader, villageId, { before: number + 1, limit: 1, withActs: true });
  const [found] = page.items;
  return found?.number === number ? found : null;
}

function postingOf({ line, accountId, unit, amount, balanceAfter }: LineRow): Posting {
  return { line, accountId, unit, amount, balanceAfter };
}
