import { and, desc, eq, gt, gte, inArray, lt, lte, ne, type SQL } from 'drizzle-orm';
import type { Reader, Tables } from '../../db/index.ts';
import type { EntryKind } from '../../shared/ledger/entry-kinds.ts';
import { numbersOf } from './account-number.ts';
import { ACT_KIND } from './entry-kind.ts';
import { readHead } from './book.ts';
import { storedText } from './passbook.ts';

export interface EntryFilter {
  /** Entries with a smaller number. */
  readonly before?: number | undefined;
  /** Entries with a larger number. */
  readonly after?: number | undefined;
  readonly kind?: EntryKind | undefined;
  /** Entries that move an account (by id) of each of these lists. */
  readonly moving?: readonly (readonly string[])[];
  readonly actorId?: string | undefined;
  /** Effective days, both included. */
  readonly from?: string | undefined;
  readonly to?: string | undefined;
  readonly search?: EntrySearch | undefined;
  /** Whether acts are among them where no kind is asked for; not when left out. */
  readonly withActs?: boolean;
  readonly limit: number;
  /** How many entries a page without an index looks at; LOOKED_AT_MOST when left out. */
  readonly lookAtMost?: number;
}

/** An entry fits when any of these does. */
export interface EntrySearch {
  /** Words in title or note, in any case and width. */
  readonly words: string;
  readonly number: number | null;
  /** The accounts whose owners these words name. */
  readonly accountIds: readonly string[];
}

/**
 * Accounts and days have an index each; kinds, people and words have none. A page that is filtered by those alone
 * looks at no more entries than this, and says with `next` where to go on. So a page costs the same in a book of
 * any length.
 */
const LOOKED_AT_MOST = 20_000;
const CHUNK = 2_000;

interface HeaderRow {
  readonly header: Tables['journal']['$inferSelect'];
  readonly body: string | null;
}

/** Reads the headers of a page with their texts, newest first. `next` says where earlier ones may be found. */
export async function findHeaders(
  reader: Reader,
  villageId: string,
  filter: EntryFilter,
): Promise<{ rows: HeaderRow[]; next: number | null }> {
  const { limit, search, lookAtMost = LOOKED_AT_MOST } = filter;
  const lowest = await lowestLookedAt(reader, villageId, filter);
  const found: HeaderRow[] = [];
  let before = filter.before;
  let looked = 0;
  for (;;) {
    const size = search === undefined ? limit + 1 : Math.min(CHUNK, lookAtMost);
    const chunk = await readHeaders(reader, villageId, { ...filter, before, lowest }, size);
    const fitting = search === undefined ? chunk : await fits(reader, villageId, chunk, search);
    found.push(...fitting);
    looked += chunk.length;
    const last = chunk.at(-1)?.header.number ?? 0;
    if (found.length > limit) return page(found, limit);
    if (chunk.length < size) return { rows: found, next: lowest > 1 ? lowest : null };
    if (looked >= lookAtMost) return { rows: found, next: last > 1 ? last : null };
    before = last;
  }
}

function page(found: readonly HeaderRow[], limit: number): { rows: HeaderRow[]; next: number | null } {
  const rows = found.slice(0, limit);
  return { rows, next: rows.at(-1)?.header.number ?? null };
}

/** Finds the smallest number that this page looks at. */
async function lowestLookedAt(
  reader: Reader,
  villageId: string,
  { before, kind, actorId, moving = [], from, to, lookAtMost = LOOKED_AT_MOST }: EntryFilter,
): Promise<number> {
  const isIndexed = moving.length > 0 || from !== undefined || to !== undefined;
  if (isIndexed || (kind === undefined && actorId === undefined)) return 1;
  const top = before ?? ((await readHead(reader, villageId))?.number ?? 0) + 1;
  return Math.max(1, top - lookAtMost);
}

async function readHeaders(
  reader: Reader,
  villageId: string,
  filter: EntryFilter & { readonly lowest: number },
  limit: number,
): Promise<HeaderRow[]> {
  const { journal, journalTexts } = reader.t;
  const { before, after, lowest, kind, actorId, from, to, moving = [], withActs = false } = filter;
  return reader.db
    .select({ header: journal, body: journalTexts.body })
    .from(journal)
    .leftJoin(
      journalTexts,
      and(eq(journalTexts.villageId, journal.villageId), eq(journalTexts.number, journal.number)),
    )
    .where(
      and(
        eq(journal.villageId, villageId),
        before === undefined ? undefined : lt(journal.number, before),
        after === undefined ? undefined : gt(journal.number, after),
        lowest <= 1 ? undefined : gte(journal.number, lowest),
        kind === undefined ? (withActs ? undefined : ne(journal.kind, ACT_KIND)) : eq(journal.kind, kind),
        actorId === undefined ? undefined : eq(journal.actorId, actorId),
        from === undefined ? undefined : gte(journal.effectiveOn, from),
        to === undefined ? undefined : lte(journal.effectiveOn, to),
        ...moving.map((ids) => inArray(journal.number, numbersMoving(reader, villageId, ids))),
      ),
    )
    .orderBy(desc(journal.number))
    .limit(limit);
}

function numbersMoving(
  reader: Reader,
  villageId: string,
  accountIds: readonly string[],
  ...more: (SQL | undefined)[]
) {
  const { postings } = reader.t;
  return reader.db
    .select({ number: postings.number })
    .from(postings)
    .where(
      and(
        eq(postings.villageId, villageId),
        inArray(postings.accountNumber, numbersOf(reader, villageId, accountIds)),
        ...more,
      ),
    );
}

async function fits(
  reader: Reader,
  villageId: string,
  chunk: readonly HeaderRow[],
  { words, number, accountIds }: EntrySearch,
): Promise<HeaderRow[]> {
  const [newest, oldest] = [chunk[0]?.header.number ?? 0, chunk.at(-1)?.header.number ?? 0];
  const { postings } = reader.t;
  const moving =
    accountIds.length === 0 || chunk.length === 0
      ? []
      : await numbersMoving(
          reader,
          villageId,
          accountIds,
          gte(postings.number, oldest),
          lte(postings.number, newest),
        );
  const theirs = new Set(moving.map((row) => row.number));
  const wanted = plain(words);
  return chunk.filter(({ header, body }) => {
    if (header.number === number || theirs.has(header.number)) return true;
    if (wanted === '' || body === null) return false;
    const { title, note } = storedText(body, true);
    return plain(title).includes(wanted) || plain(note).includes(wanted);
  });
}

function plain(text: string): string {
  return text.normalize('NFKC').toLowerCase().trim();
}
