import { and, asc, eq, gte, inArray, lte } from 'drizzle-orm';
import { chunked, keyTable, keyValues, type Reader } from '../../db/index.ts';
import type { Figure } from '../../shared/fairness/figures.ts';
import { type EntrySpan, POINT } from '../ledger/index.ts';

/** An entry by which a household got or lost points for a deed, or the entry that takes such a one back. */
export interface DeedEntry {
  readonly number: number;
  readonly figure: Figure;
  readonly day: string;
  /** The entry that it takes back; null: it is the deed's own. */
  readonly reversesNumber: number | null;
  readonly householdId: string;
  /** Hundredths, as the household's account moved. */
  readonly points: number;
  /** The rule, its version, and the people of the deed. Null where no proposal tells them. */
  readonly ruleId: string | null;
  readonly ruleVersion: number | null;
  readonly proposedBy: string | null;
  readonly approvedBy: string | null;
}

type Span = Pick<EntrySpan, 'first' | 'last'>;

const DEEDS = ['award', 'deduction'] as const;

interface Head {
  readonly number: number;
  readonly kind: string;
  readonly source: string | null;
}

/**
 * The entries of deeds among those of a stretch of the book, in their order. Each table is read by itself: the stretch by
 * its numbers, the others by key, so that no plan goes through the whole history.
 */
export async function deedEntries(
  reader: Reader,
  villageId: string,
  span: Span | null,
): Promise<DeedEntry[]> {
  if (span === null) return [];
  const heads = await headsIn(reader, villageId, span);
  const deeds = await deedsOf(reader, villageId, heads);
  const numbers = heads.flatMap(({ number }) => (deeds.has(number) ? number : []));
  const moves = await movesOf(reader, villageId, numbers);
  const proposed = await proposalsOf(reader, villageId, [...deeds.values()]);
  return heads.flatMap(({ number, day, reversesNumber }): DeedEntry[] => {
    const [deed, moved] = [deeds.get(number), moves.get(number)];
    if (!deed || !moved) return [];
    const proposal = proposed.get(proposalIdOf(deed) ?? '');
    return [
      {
        ...{ number, day, reversesNumber, ...moved },
        figure: deed.kind === 'deduction' ? 'deducted' : reversesNumber === null ? 'given' : 'taken_back',
        ruleId: proposal?.ruleId ?? null,
        ruleVersion: proposal?.ruleVersion ?? null,
        proposedBy: proposal?.proposedBy ?? null,
        approvedBy: proposal?.decidedBy ?? null,
      },
    ];
  });
}

async function headsIn({ db, t: { journal } }: Reader, villageId: string, { first, last }: Span) {
  const { number, kind, source, reversesNumber, effectiveOn: day } = journal;
  return db
    .select({ number, kind, source, reversesNumber, day })
    .from(journal)
    .where(
      and(
        eq(journal.villageId, villageId),
        gte(number, first),
        lte(number, last),
        inArray(kind, [...DEEDS, 'reversal']),
      ),
    )
    .orderBy(asc(number));
}

/** The deeds that these entries are about, by the numbers of the entries: a reversal is about the one it takes back. */
async function deedsOf(
  { db, t: { journal } }: Reader,
  villageId: string,
  heads: readonly (Head & { readonly reversesNumber: number | null })[],
): Promise<Map<number, Head>> {
  const { number, kind, source } = journal;
  const reversed = heads.flatMap(({ reversesNumber }) => reversesNumber ?? []);
  const found = new Map<number, Head>();
  for (const some of chunked(reversed)) {
    const rows = await db
      .select({ number, kind, source })
      .from(journal)
      .where(and(eq(journal.villageId, villageId), inArray(number, some)));
    for (const row of rows) found.set(row.number, row);
  }
  return new Map(
    heads.flatMap((head): [number, Head][] => {
      const about = head.reversesNumber === null ? head : found.get(head.reversesNumber);
      return about && DEEDS.some((name) => name === about.kind) ? [[head.number, about]] : [];
    }),
  );
}

interface Move {
  readonly householdId: string;
  readonly points: number;
}

/** The household of each of these entries, and how its points moved. */
async function movesOf(
  reader: Reader,
  villageId: string,
  numbers: readonly number[],
): Promise<Map<number, Move>> {
  const owners = await householdsByAccount(reader, villageId);
  const lines = await reader.prepared(
    'fairness.lines',
    ({ db, t: { postings } }) => {
      const keys = keyTable(reader.engine);
      const { villageId: village, number, accountNumber: account, amount: points } = postings;
      return db
        .select({ number, account, points })
        .from(keys.table)
        .crossJoin(postings)
        .where(and(eq(village, keys.villageOfKey), eq(number, keys.part(0, number))));
    },
    keyValues(
      villageId,
      numbers.map((number) => [number]),
    ),
  );
  const moves = new Map<number, Move>();
  for (const { number, account, points } of lines) {
    const householdId = owners.get(account);
    if (householdId !== undefined) moves.set(number, { householdId, points });
  }
  return moves;
}

async function householdsByAccount(
  { db, t: { accounts } }: Reader,
  villageId: string,
): Promise<Map<number, string>> {
  const rows = await db
    .select({ number: accounts.number, householdId: accounts.ownerId })
    .from(accounts)
    .where(and(eq(accounts.villageId, villageId), eq(accounts.unit, POINT), eq(accounts.kind, 'household')));
  return new Map(rows.map(({ number, householdId }) => [number, householdId]));
}

async function proposalsOf(
  { db, t: { proposals } }: Reader,
  villageId: string,
  deeds: readonly Pick<Head, 'source'>[],
) {
  const { id, ruleId, ruleVersion, proposedBy, decidedBy } = proposals;
  const read = (some: readonly string[]) =>
    db
      .select({ id, ruleId, ruleVersion, proposedBy, decidedBy })
      .from(proposals)
      .where(and(eq(proposals.villageId, villageId), inArray(id, [...some])));
  const found = new Map<string, Awaited<ReturnType<typeof read>>[number]>();
  const ids = new Set(deeds.flatMap((deed) => proposalIdOf(deed) ?? []));
  for (const some of chunked([...ids])) for (const row of await read(some)) found.set(row.id, row);
  return found;
}

const SOURCE = 'proposal:';

function proposalIdOf({ source }: Pick<Head, 'source'>): string | undefined {
  return source?.startsWith(SOURCE) ? source.slice(SOURCE.length) : undefined;
}
