import { aliasedTable, and, desc, eq, gt, gte, inArray, lt, lte, ne, or, sql } from 'drizzle-orm';
import { chunked, type Reader, type Tables } from '../../db/index.ts';
import { readFactsOf } from './journal-rows.ts';

/** The kind of entry that is an act, and moves nothing. */
export const ACT_KIND = 'act' as const;

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
  const { before, after, sources, among, actorId, from, to, limit } = search;
  const { journal } = reader.t;
  const { number, effectiveOn, bookedAtMs, source, hash } = journal;
  const headers = await reader.db
    .select({ number, effectiveOn, bookedAtMs, actorId: journal.actorId, source, hash })
    .from(journal)
    .where(
      and(
        eq(journal.villageId, villageId),
        // Written out, because a partial index is found by the words of its condition.
        sql`${journal.kind} = 'act'`,
        before === undefined ? undefined : lt(number, before),
        after === undefined ? undefined : gt(number, after),
        or(
          sources && inArray(source, [...sources]),
          among && inArray(number, numbersAmong(reader, villageId, among)),
        ),
        actorId === undefined ? undefined : eq(journal.actorId, actorId),
        from === undefined ? undefined : gte(effectiveOn, from),
        to === undefined ? undefined : lte(effectiveOn, to),
      ),
    )
    .orderBy(desc(number))
    .limit(limit);
  const numbers = headers.map((header) => header.number);
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
  const { journal, journalFacts } = reader.t;
  const { number, source } = journal;
  const sourceOf = new Map<number, string | null>();
  for (const some of chunked(sources)) {
    const acts = await reader.db
      .select({ number, source })
      .from(journal)
      .where(and(eq(journal.villageId, villageId), sql`${journal.kind} = 'act'`, inArray(source, [...some])));
    for (const act of acts) sourceOf.set(act.number, act.source);
  }
  const found: ActFact[] = [];
  for (const some of chunked([...sourceOf.keys()])) {
    const facts = await reader.db
      .select({ number: journalFacts.number, value: journalFacts.value })
      .from(journalFacts)
      .where(
        and(
          eq(journalFacts.villageId, villageId),
          inArray(journalFacts.number, [...some]),
          inArray(journalFacts.name, [...names]),
        ),
      );
    found.push(...facts.map((fact) => ({ ...fact, source: sourceOf.get(fact.number) ?? null })));
  }
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

/** The few acts whose source begins so are found first, and each is looked up for the fact. */
function numbersAmong(
  { db, t: { journal, journalFacts } }: Reader,
  villageId: string,
  { sourceBegins, fact }: NonNullable<ActSearch['among']>,
) {
  const among = aliasedTable(journal, 'among');
  const isFact = and(
    eq(journalFacts.villageId, among.villageId),
    eq(journalFacts.number, among.number),
    eq(journalFacts.name, fact),
  );
  return db
    .select({ number: among.number })
    .from(among)
    .innerJoin(journalFacts, isFact)
    .where(
      and(
        eq(among.villageId, villageId),
        sql`${among.kind} = 'act'`,
        gte(among.source, sourceBegins),
        // The character after the last of any text that begins so.
        lt(among.source, `${sourceBegins}\uffff`),
      ),
    );
}
