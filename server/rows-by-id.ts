import { and, eq, gt } from 'drizzle-orm';
import type { Reader, RowOf, Tables } from '../db/index.ts';

/** The tables of things that a village knows by id. */
export type ThingTable = {
  [Name in keyof Tables]: Tables[Name]['$inferSelect'] extends { id: string; villageId: string }
    ? Name
    : never;
}[keyof Tables];

const ROWS_A_PAGE = 300;

interface WalkAt {
  readonly reader: Reader;
  readonly villageId: string;
  readonly giveWay: () => Promise<void>;
}

/** Reads every row of a village's things by their ids, in pages, and gives way before each. */
export async function* pagesById<Name extends ThingTable>(
  { reader, villageId, giveWay }: WalkAt,
  name: Name,
): AsyncGenerator<RowOf<Name>[]> {
  const table = reader.t[name] as Tables['households'];
  for (let last: string | null = null; ;) {
    await giveWay();
    const page: RowOf<'households'>[] = await reader.db
      .select()
      .from(table)
      .where(and(eq(table.villageId, villageId), last === null ? undefined : gt(table.id, last)))
      .orderBy(table.id)
      .limit(ROWS_A_PAGE);
    yield page as unknown as RowOf<Name>[];
    if (page.length < ROWS_A_PAGE) return;
    last = page.at(-1)?.id ?? null;
  }
}

export async function* rowsById<Name extends ThingTable>(
  at: WalkAt,
  name: Name,
): AsyncGenerator<RowOf<Name>> {
  for await (const page of pagesById(at, name)) yield* page;
}
