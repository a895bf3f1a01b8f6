import { aliasedTable, and, asc, count, eq, gt, gte, inArray, lte, type SQL, sum } from 'drizzle-orm';
import type { Reader, Tables } from '../../db/index.ts';
import { maskName } from '../../shared/mask-name.ts';
import type { Notice, OtherMove } from '../../shared/notices/contract.ts';
import { type EntrySpan, isReversalOf, withoutReversed } from '../ledger/index.ts';
import { type Deed, isJudged, withDeeds } from '../proposals/index.ts';

/** More deeds than this would fill over forty sheets, which is no notice any more. */
const DEEDS_AT_MOST = 2_000;

export interface BookedDeed extends Deed {
  /** The day on which it was done. */
  readonly day: string;
}

interface BookedDeeds {
  readonly rows: BookedDeed[];
  readonly isMore: boolean;
}

/** Awards that were booked among these entries, whatever day they are of, without those that were taken back. */
export async function bookedDeeds(reader: Reader, villageId: string, span: EntrySpan): Promise<BookedDeeds> {
  const { journal } = reader.t;
  const found = await reader.db
    .select({ number: journal.number, day: journal.effectiveOn, source: journal.source })
    .from(journal)
    .where(and(judgedIn(journal, villageId, span), eq(journal.kind, 'award')))
    .orderBy(asc(journal.number))
    .limit(DEEDS_AT_MOST + 1);
  const standing = await withoutReversed(reader, villageId, found.slice(0, DEEDS_AT_MOST));
  const rows = await withDeeds(reader, villageId, standing);
  return { rows: rows.sort(inReadingOrder), isMore: found.length > DEEDS_AT_MOST };
}

/** Awards that an entry among these took back. Nobody is named: also who agreed to be named for the award. */
export async function takenBack(
  reader: Reader,
  villageId: string,
  span: EntrySpan,
): Promise<{ readonly rows: Notice['takenBack']; readonly isMore: boolean }> {
  const { journal } = reader.t;
  const by = aliasedTable(journal, 'by');
  const found = await reader.db
    .select({
      by: by.number,
      number: journal.number,
      day: journal.effectiveOn,
      source: journal.source,
    })
    .from(by)
    .innerJoin(journal, isReversalOf(by, journal))
    .where(and(judgedIn(by, villageId, span), eq(by.kind, 'reversal'), eq(journal.kind, 'award')))
    .orderBy(asc(by.number))
    .limit(DEEDS_AT_MOST + 1);
  const deeds = await withDeeds(reader, villageId, found.slice(0, DEEDS_AT_MOST));
  const rows = deeds.map(({ day, title, points, head, group, number, by: reversal }) => {
    return { day, title, points, name: maskName(head), group, number, by: reversal };
  });
  return { rows, isMore: found.length > DEEDS_AT_MOST };
}

const OTHERS = ['opening', 'transfer', 'closing'] as const;

/** Sums of what else moved points of households among these entries. */
export async function movedOtherwise(
  reader: Reader,
  villageId: string,
  span: EntrySpan,
): Promise<Notice['movedOtherwise']> {
  const { journal, postings } = reader.t;
  const sums = await reader.db
    .select({ kind: journal.kind, entries: count(), points: sum(postings.amount).mapWith(Number) })
    .from(journal)
    .innerJoin(postings, receives(journal, postings))
    .where(and(judgedIn(journal, villageId, span), inArray(journal.kind, [...OTHERS])))
    .groupBy(journal.kind);
  const by = aliasedTable(journal, 'by');
  const corrected = await reader.db
    .select({ entries: count(), points: sum(postings.amount).mapWith(Number) })
    .from(by)
    .innerJoin(journal, isReversalOf(by, journal))
    .innerJoin(postings, receives(by, postings))
    .where(and(judgedIn(by, villageId, span), eq(by.kind, 'reversal'), inArray(journal.kind, [...OTHERS])));
  const all = [...sums, ...corrected.map((one) => ({ kind: 'correction', ...one }))];
  const kinds: readonly OtherMove[] = [...OTHERS, 'correction'];
  return kinds.flatMap((kind) => {
    const { entries = 0, points = 0 } = all.find((one) => one.kind === kind) ?? {};
    return entries === 0 ? [] : [{ kind, entries, points }];
  });
}

/** The line of an entry that receives: each of these entries has one. */
function receives(journal: Tables['journal'], postings: Tables['postings']): SQL | undefined {
  return and(
    eq(postings.villageId, journal.villageId),
    eq(postings.number, journal.number),
    gt(postings.amount, 0),
  );
}

function judgedIn(
  journal: Tables['journal'],
  villageId: string,
  { first, last }: EntrySpan,
): SQL | undefined {
  return and(
    eq(journal.villageId, villageId),
    isJudged(journal.kind),
    gte(journal.number, first),
    lte(journal.number, last),
  );
}

function inReadingOrder(a: BookedDeed, b: BookedDeed): number {
  const [one, other] = [a, b].map(({ day, ruleId, numberKey }) => `${day} ${ruleId ?? ''} ${numberKey}`);
  return (one ?? '') < (other ?? '') ? -1 : 1;
}
