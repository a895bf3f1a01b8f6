import { and, eq } from 'drizzle-orm';
import type { Reader } from '../../db/index.ts';
import type { PassbookLine } from '../../shared/ledger/passbook.ts';
import { type Mark, marksInWords } from '../../shared/outbox/mark-words.ts';
import { type FactInput, factValues } from '../ledger/index.ts';

const WITHOUT_NETWORK = 'withoutNetwork';

interface WithoutNetwork {
  /** By the device's clock, set right by the server's. */
  readonly atMs: number;
  readonly device: string;
  readonly number: number;
  readonly marks: readonly Mark[];
}

/**
 * The fact that says that something was done before the server heard of it, as a JSON list: when, the device and number of
 * its row, then what would have stood against it (shared/outbox/mark-words.ts).
 */
export function withoutNetworkFact(
  ownerId: string,
  { atMs, device, number, marks }: WithoutNetwork,
): FactInput {
  return { name: WITHOUT_NETWORK, value: JSON.stringify([atMs, device, number, ...marks]), ownerId };
}

/** The device and number of the row of each entry that tells one; erased ones tell nothing. */
export async function toldRows(
  { db, t: { journalFacts } }: Reader,
  villageId: string,
): Promise<{ readonly number: number; readonly row: string }[]> {
  const found = await db
    .select({ number: journalFacts.number, value: journalFacts.value })
    .from(journalFacts)
    .where(and(eq(journalFacts.villageId, villageId), eq(journalFacts.name, WITHOUT_NETWORK)))
    .orderBy(journalFacts.number);
  return found.flatMap(({ number, value }) => {
    if (value === null) return [];
    const [, device, row] = JSON.parse(value) as unknown[];
    return [{ number, row: `${String(device)} ${String(row)}` }];
  });
}

/** The marks that an entry tells; null where it tells none, or they were erased. */
export function toldMarks(facts: ReadonlyMap<string, string | null>): readonly string[] | null {
  const value = facts.get(WITHOUT_NETWORK);
  if (value === undefined || value === null) return null;
  return (JSON.parse(value) as unknown[]).slice(3).map(String);
}

/** Tells those lines of a passbook that were done before the server heard of them: when, and what stood against it. */
export async function withoutNetworkIn(
  reader: Reader,
  villageId: string,
  lines: readonly Pick<PassbookLine, 'number'>[],
): Promise<(line: Pick<PassbookLine, 'number'>) => Pick<PassbookLine, 'withoutNetwork'>> {
  const numbers = lines.map(({ number }) => number);
  const values = numbers.length === 0 ? null : await factValues(reader, villageId, WITHOUT_NETWORK, numbers);
  return ({ number }) => {
    const value = values?.get(number);
    if (value === undefined) return {};
    const [atMs, , , ...marks] = JSON.parse(value) as unknown[];
    return { withoutNetwork: { atMs: Number(atMs), marks: marksInWords(marks.map(String)) } };
  };
}
