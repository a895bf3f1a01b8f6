import { and, eq, inArray } from 'drizzle-orm';
import { chunked } from '../../db/many-rows.ts';
import type { Reader } from '../../db/store.ts';
import { storedText } from './passbook.ts';

/** The titles of these entries by number. An entry without one, or whose text was erased, is missing. */
export async function entryTitles(
  reader: Reader,
  villageId: string,
  numbers: readonly number[],
): Promise<Map<number, string>> {
  const { journalTexts } = reader.t;
  const titles = new Map<number, string>();
  for (const some of chunked([...new Set(numbers)])) {
    const rows = await reader.db
      .select({ number: journalTexts.number, body: journalTexts.body })
      .from(journalTexts)
      .where(and(eq(journalTexts.villageId, villageId), inArray(journalTexts.number, some)));
    for (const { number, body } of rows) {
      const { title } = storedText(body, true);
      if (title !== '') titles.set(number, title);
    }
  }
  return titles;
}
