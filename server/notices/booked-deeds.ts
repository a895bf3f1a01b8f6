import { aliasedTable, and, asc, count, eq, gt, gte, inArray, lte, type SQL, sum } from 'drizzle-orm';
import type { Reader, Tables } from '../../db/index.ts';
import { maskName } from '../../shared/mask-name.ts';
import { type Notice, OTHER_MOVES } from '../../shared/notices/contract.ts';
import { type EntrySpan, isReversalOf, withoutReversed } from '../ledger/index.ts';
import { type Deed, type DeedSum, isJudged, type OnDay, publicDeeds } from '../proposals/index.ts';

/** More deeds than this would fill over forty sheets, which is no notice any more. */
const DEEDS_AT_MOST = 2_000;

export interface BookedDeed extends Deed {
  /** The day on which it was done. */
  readonly day: string;
}

interface BookedDeeds {
  readonly rows: BookedDeed[];
  readonly isMore: boolean;
  /** Those under rules that are private, of which the notice tells no more than this. */
  readonly unnamed: DeedSum;
}

/** Awards that were booked among these entries, whatever day they are of, without those that were taken back. */
export async function bookedDeeds(reader: Reader, at: OnDay, span: EntrySpan): Promise<BookedDeeds> {
  const { villageId } = at;
  const { journal } = reader.t;
  const found = await reader.db
    .select({ number: journal.number, day: journal.effectiveOn, source: journal.source })
    .from(journal)
    .where(and(judgedIn(journal, villageId, span), eq(journal.kind, 'award')))
    .orderBy(asc(journal.number))
    .limit(DEEDS_AT_MOST + 1);
  const standing = await withoutReversed(reader, villageId, found.slice(0, DEEDS_AT_MOST));
  const { deeds, unnamed } = await publicDeeds(reader, at, standing);
  return { rows: deeds.sort(inReadingOrder), isMore: found.length > DEEDS_AT_MOST, unnamed };
}

/** Awards that an entry among these took back. Nobody is named: also who agreed to be named for the award. */
export async function takenBack(
  reader: Reader,
  at: OnDay,
  span: EntrySpan,
): Promise<{ readonly rows: Notice['takenBack']; readonly isMore: boolean; readonly unnamed: DeedSum }> {
  const { villageId } = at;
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
  const { deeds, unnamed } = await publicDeeds(reader, at, found.slice(0, DEEDS_AT_MOST));
  const rows = deeds.map(({ day, title, points, head, group, number, by: reversal }) => {
    return { day, title, points, name: maskName(head), group, number, by: reversal };
  });
  return { rows, isMore: found.length > DEEDS_AT_MOST, unnamed };
}

const OTHERS = ['opening', 'transfer', 'closing'] as const;

/** Awards that no line of the notice tells, because their rules are private. */
interface Unnamed {
  readonly given: DeedSum;
  readonly takenBack: DeedSum;
}

/** Sums of what else moved points of households among these entries. */
export async function movedOtherwise(
  reader: Reader,
  villageId: string,
  span: EntrySpan,
  { given, takenBack: privately }: Unnamed,
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
  const all = [
    ...sums,
    { kind: 'private', ...given },
    { kind: 'correction', ...privately },
    ...corrected.map((one) => ({ kind: 'correction', ...one })),
  ];
  return OTHER_MOVES.flatMap((kind) => {
    const own = all.filter((one) => one.kind === kind);
    const entries = own.reduce((total, one) => total + one.entries, 0);
    // A sum over nothing is null.
    const points = own.reduce((total, one) => total + (one.entries === 0 ? 0 : one.points), 0);
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
