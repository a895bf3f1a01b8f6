import { and, desc, eq, gt, gte, inArray, lt, lte, ne, type SQL, sql } from 'drizzle-orm';
import { chunked, type Reader, type Tables } from '../../db/index.ts';
import { ACT_KIND } from './entry-kind.ts';
import { readFactsOf } from './journal-rows.ts';

export interface ActEntry extends Pick<
  Tables['journal']['$inferSelect'],
  'number' | 'effectiveOn' | 'bookedAtMs' | 'actorId' | 'source' | 'hash'
> {
  /** Values by the names of the facts. Null: erased. */
  readonly facts: ReadonlyMap<string, string | null>;
}

export interface ActSearch {
  /** Acts with a smaller number. */
  readonly before?: number | undefined;
  /** Acts with a larger number. */
  readonly after?: number | undefined;
  /** The things they were done to, as kind:id; any when left out. */
  readonly sources?: readonly string[] | undefined;
  /** Besides those of `sources`: acts whose source begins so, and which have a fact of this name. */
  readonly among?: { readonly sourceBegins: string; readonly fact: string } | undefined;
  readonly actorId?: string | undefined;
  /** Effective days, both included. */
  readonly from?: string | undefined;
  readonly to?: string | undefined;
  readonly limit: number;
}

/** Reads acts with their facts, newest first. */
export async function actEntries(reader: Reader, villageId: string, search: ActSearch): Promise<ActEntry[]> {
  const { sources, among, limit } = search;
  const { journal } = reader.t;
  const { number, effectiveOn, bookedAtMs, actorId, source, hash } = journal;
  // One condition with "or" would make the database walk through all acts of the village.
  const ways = [
    ...(sources ? [inArray(source, [...sources])] : []),
    ...(among ? [inArray(number, await numbersAmong(reader, villageId, search, among))] : []),
  ];
  const found = new Map<number, Omit<ActEntry, 'facts'>>();
  for (const way of ways.length === 0 ? [undefined] : ways) {
    const headers = await reader.db
      .select({ number, effectiveOn, bookedAtMs, actorId, source, hash })
      .from(journal)
      .where(and(isSearched(journal, villageId, search), way))
      .orderBy(desc(number))
      .limit(limit);
    for (const header of headers) found.set(header.number, header);
  }
  const newest = [...found.values()].sort((a, b) => b.number - a.number).slice(0, limit);
  return withFacts(reader, villageId, newest);
}

function isSearched(
  journal: Tables['journal'],
  villageId: string,
  { before, after, actorId, from, to }: ActSearch,
): SQL | undefined {
  return and(
    eq(journal.villageId, villageId),
    // Written out, because a partial index is found by the words of its condition.
    sql`${journal.kind} = 'act'`,
    before === undefined ? undefined : lt(journal.number, before),
    after === undefined ? undefined : gt(journal.number, after),
    actorId === undefined ? undefined : eq(journal.actorId, actorId),
    from === undefined ? undefined : gte(journal.effectiveOn, from),
    to === undefined ? undefined : lte(journal.effectiveOn, to),
  );
}

/** The few acts whose source begins so are found first, and each is looked up for the fact. */
async function numbersAmong(
  { db, t: { journal, journalFacts } }: Reader,
  villageId: string,
  search: ActSearch,
  { sourceBegins, fact }: NonNullable<ActSearch['among']>,
): Promise<number[]> {
  const isFact = and(
    eq(journalFacts.villageId, journal.villageId),
    eq(journalFacts.number, journal.number),
    eq(journalFacts.name, fact),
  );
  const rows = await db
    .select({ number: journal.number })
    .from(journal)
    .innerJoin(journalFacts, isFact)
    .where(
      and(
        isSearched(journal, villageId, search),
        gte(journal.source, sourceBegins),
        // The character after the last of any text that begins so.
        lt(journal.source, `${sourceBegins}\uffff`),
      ),
    )
    .orderBy(desc(journal.source), desc(journal.number));
  return rows
    .map(({ number }) => number)
    .sort((a, b) => b - a)
    .slice(0, search.limit);
}

/** Reads a page of acts with their facts, in the order of the book. */
export async function actsAfter(
  reader: Reader,
  villageId: string,
  after: number,
  most: number,
): Promise<ActEntry[]> {
  const { journal } = reader.t;
  const { number, effectiveOn, bookedAtMs, actorId, source, hash } = journal;
  const headers = await reader.db
    .select({ number, effectiveOn, bookedAtMs, actorId, source, hash })
    .from(journal)
    .where(isSearched(journal, villageId, { after, limit: most }))
    .orderBy(number)
    .limit(most);
  return withFacts(reader, villageId, headers);
}

async function withFacts(
  reader: Reader,
  villageId: string,
  headers: readonly Omit<ActEntry, 'facts'>[],
): Promise<ActEntry[]> {
  const numbers = headers.map(({ number }) => number);
  const facts = numbers.length === 0 ? null : await readFactsOf(reader, villageId, numbers);
  return headers.map((header) => ({
    ...header,
    facts: new Map(facts?.get(header.number)?.map(({ name, value }) => [name, value])),
  }));
}

/** One fact of an act, and the thing that the act was done to. */
export interface ActFact {
  readonly number: number;
  readonly source: string | null;
  /** Null: erased. */
  readonly value: string | null;
}

/** Reads the facts of these names in the acts that were done to these things, in the order of the book. */
export async function actFactsOf(
  reader: Reader,
  villageId: string,
  { names, sources }: { readonly names: readonly string[]; readonly sources: readonly string[] },
): Promise<ActFact[]> {
  const { journal } = reader.t;
  const { number, source } = journal;
  const sourceOf = new Map<number, string | null>();
  for (const some of chunked(sources)) {
    const acts = await reader.db
      .select({ number, source })
      .from(journal)
      .where(and(eq(journal.villageId, villageId), sql`${journal.kind} = 'act'`, inArray(source, [...some])));
    for (const act of acts) sourceOf.set(act.number, act.source);
  }
  const facts = await readFactsOf(reader, villageId, [...sourceOf.keys()]);
  const found = [...facts].flatMap(([at, all]) =>
    all.flatMap(({ name, value }) =>
      names.includes(name) ? [{ number: at, value, source: sourceOf.get(at) ?? null }] : [],
    ),
  );
  return found.sort((one, other) => one.number - other.number);
}

/** True once an entry moved something: acts alone may be the making of a village. */
export async function hasMoved({ db, t: { journal } }: Reader, villageId: string): Promise<boolean> {
  const some = await db
    .select({ number: journal.number })
    .from(journal)
    .where(and(eq(journal.villageId, villageId), ne(journal.kind, ACT_KIND)))
    .limit(1);
  return some.length > 0;
}
