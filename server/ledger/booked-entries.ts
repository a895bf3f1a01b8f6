import type { Reader } from '../../db/index.ts';
import { readLinesOf } from './journal-lines.ts';
import { type EntryRow, readFactsOf, readHeadersOf, readTextsOf } from './journal-rows.ts';

/** An entry with everything that the book has of it. */
export interface BookedEntry extends EntryRow {
  readonly lines: readonly { readonly accountId: string; readonly amount: number }[];
  /** Values by the names of the facts. Null: erased. */
  readonly facts: ReadonlyMap<string, string | null>;
  /** Its free text; null: erased, undefined: it has none. */
  readonly body: string | null | undefined;
}

/** Reads these entries, by number, for those who compare their own rows with them. */
export async function bookedEntries(
  reader: Reader,
  villageId: string,
  numbers: readonly number[],
): Promise<Map<number, BookedEntry>> {
  if (numbers.length === 0) return new Map();
  const headers = await readHeadersOf(reader, villageId, numbers);
  const lines = await readLinesOf(reader, villageId, numbers);
  const facts = await readFactsOf(reader, villageId, numbers);
  const texts = await readTextsOf(reader, villageId, numbers);
  return new Map(
    Array.from(headers, ([number, header]) => [
      number,
      {
        ...header,
        lines: lines.get(number) ?? [],
        facts: new Map(facts.get(number)?.map(({ name, value }) => [name, value])),
        body: texts.get(number)?.body,
      },
    ]),
  );
}
