import { aliasedTable, and, asc, eq, gte, inArray, isNotNull, lte } from 'drizzle-orm';
import type { Reader, RowOf } from '../../db/index.ts';
import { chunked } from '../../db/many-rows.ts';
import { DAY_MS } from '../../shared/business-day.ts';

/** A redemption or return of the day, or one that an entry of the day took back. */
export interface DaysEntry {
  readonly number: number;
  /** Null: at the desk. */
  readonly shiftId: string | null;
  readonly householdId: string;
  readonly points: number;
  readonly effectiveOn: string;
}

/** A return names the redemption that it gives back a part of. */
interface DaysReturn extends DaysEntry {
  readonly of: number;
  readonly actorId: string;
  readonly atMs: number;
}

/** An entry of the day that takes a redemption or a return back. */
export interface TakenBack {
  readonly number: number;
  readonly reverses: number;
  readonly actorId: string;
  readonly atMs: number;
}

/** Pieces of an item in an entry. */
export interface EntryLine {
  readonly number: number;
  readonly goodsId: string;
  readonly quantity: number;
}

interface Day {
  readonly villageId: string;
  readonly day: string;
}

export async function redemptionsOn({ db, t }: Reader, { villageId, day }: Day): Promise<DaysEntry[]> {
  return db
    .select(redemptionColumns(t.redemptions))
    .from(t.redemptions)
    .where(and(eq(t.redemptions.villageId, villageId), eq(t.redemptions.effectiveOn, day)))
    .orderBy(asc(t.redemptions.journalNumber));
}

export async function returnsOn({ db, t }: Reader, { villageId, day }: Day): Promise<DaysReturn[]> {
  return db
    .select(returnColumns(t.returns))
    .from(t.returns)
    .where(and(eq(t.returns.villageId, villageId), eq(t.returns.effectiveOn, day)))
    .orderBy(asc(t.returns.journalNumber));
}

/** The entries of a day that take others back, whatever those are. */
export async function reversalsOn(
  { db, t: { journal } }: Reader,
  { villageId, day }: Day,
): Promise<TakenBack[]> {
  const rows = await db
    .select({
      number: journal.number,
      reverses: journal.reversesNumber,
      actorId: journal.actorId,
      atMs: journal.bookedAtMs,
    })
    .from(journal)
    .where(
      and(eq(journal.villageId, villageId), eq(journal.effectiveOn, day), isNotNull(journal.reversesNumber)),
    );
  // Sorted here: asked for in their order, SQLite would read the whole book along its numbers.
  return rows.sort((a, b) => a.number - b.number).map((row) => ({ ...row, reverses: row.reverses ?? 0 }));
}

/** The redemptions and returns with these entries, of any day. */
export async function entriesNumbered(
  { db, t }: Reader,
  villageId: string,
  numbers: readonly number[],
): Promise<{ readonly redemptions: DaysEntry[]; readonly returns: DaysReturn[] }> {
  const redemptions: DaysEntry[] = [];
  const returns: DaysReturn[] = [];
  const causes = aliasedTable(t.journal, 'causes');
  for (const some of chunked(numbers)) {
    const known = { villageId: causes.villageId, number: causes.number };
    const theirs = and(eq(known.villageId, villageId), inArray(known.number, some));
    // They are found along the index of days: no index leads to them by number.
    redemptions.push(
      ...(await db
        .select(redemptionColumns(t.redemptions))
        .from(causes)
        .innerJoin(
          t.redemptions,
          and(
            eq(t.redemptions.villageId, causes.villageId),
            eq(t.redemptions.effectiveOn, causes.effectiveOn),
            eq(t.redemptions.journalNumber, causes.number),
          ),
        )
        .where(theirs)),
    );
    returns.push(
      ...(await db
        .select(returnColumns(t.returns))
        .from(causes)
        .innerJoin(
          t.returns,
          and(
            eq(t.returns.villageId, causes.villageId),
            eq(t.returns.effectiveOn, causes.effectiveOn),
            eq(t.returns.journalNumber, causes.number),
          ),
        )
        .where(theirs)),
    );
  }
  return { redemptions, returns };
}

/** A line of a redemption, with the item as it was named and what a piece cost. */
export interface RedemptionLine extends EntryLine {
  readonly name: string;
  readonly unit: string;
  readonly price: number;
}

export async function linesOfRedemptions(
  { db, t: { redemptionLines: lines } }: Reader,
  villageId: string,
  numbers: readonly number[],
): Promise<RedemptionLine[]> {
  const found: RedemptionLine[] = [];
  for (const some of chunked(numbers))
    found.push(
      ...(await db
        .select({
          number: lines.journalNumber,
          goodsId: lines.goodsId,
          quantity: lines.quantity,
          name: lines.name,
          unit: lines.unit,
          price: lines.price,
        })
        .from(lines)
        .where(and(eq(lines.villageId, villageId), inArray(lines.journalNumber, some)))
        .orderBy(asc(lines.journalNumber), asc(lines.line))),
    );
  return found;
}

export async function linesOfReturns(
  { db, t: { returnLines: lines } }: Reader,
  villageId: string,
  numbers: readonly number[],
): Promise<EntryLine[]> {
  const found: EntryLine[] = [];
  for (const some of chunked(numbers))
    found.push(
      ...(await db
        .select({ number: lines.journalNumber, goodsId: lines.goodsId, quantity: lines.quantity })
        .from(lines)
        .where(and(eq(lines.villageId, villageId), inArray(lines.journalNumber, some)))),
    );
  return found;
}

/** The entries among these that the server heard of only after their goods were gone. */
export async function withoutNetworkAmong(
  { db, t: { journalFacts: facts } }: Reader,
  villageId: string,
  numbers: readonly number[],
): Promise<Set<number>> {
  const found = new Set<number>();
  for (const some of chunked(numbers)) {
    const rows = await db
      .select({ number: facts.number })
      .from(facts)
      .where(
        and(eq(facts.villageId, villageId), inArray(facts.number, some), eq(facts.name, 'withoutNetwork')),
      );
    for (const { number } of rows) found.add(number);
  }
  return found;
}

/** A shift with the names of its kiosk and its volunteer. */
export interface NamedShift extends Pick<RowOf<'shifts'>, 'id' | 'startedAtMs' | 'endedAtMs'> {
  readonly kiosk: string;
  readonly volunteer: string;
}

/** The shifts that may touch a day, in any zone. */
export async function shiftsAround(
  { db, t: { kiosks, shifts, volunteers } }: Reader,
  { villageId, day }: Day,
): Promise<NamedShift[]> {
  const midnight = Date.parse(`${day}T00:00:00Z`);
  return db
    .select({
      id: shifts.id,
      startedAtMs: shifts.startedAtMs,
      endedAtMs: shifts.endedAtMs,
      kiosk: kiosks.name,
      volunteer: volunteers.name,
    })
    .from(kiosks)
    .innerJoin(
      shifts,
      and(
        eq(shifts.villageId, kiosks.villageId),
        eq(shifts.kioskId, kiosks.id),
        gte(shifts.startedAtMs, midnight - 2 * DAY_MS),
        lte(shifts.startedAtMs, midnight + 2 * DAY_MS),
      ),
    )
    .innerJoin(
      volunteers,
      and(eq(volunteers.villageId, shifts.villageId), eq(volunteers.id, shifts.volunteerId)),
    )
    .where(eq(kiosks.villageId, villageId))
    .orderBy(asc(shifts.startedAtMs), asc(shifts.id));
}

/** The counts of these shifts, and those with these ids. */
export async function countsOf(
  { db, t: { shiftCounts } }: Reader,
  villageId: string,
  by: { readonly shiftIds: readonly string[] } | { readonly ids: readonly string[] },
): Promise<RowOf<'shiftCounts'>[]> {
  const [column, wanted] =
    'ids' in by ? ([shiftCounts.id, by.ids] as const) : ([shiftCounts.shiftId, by.shiftIds] as const);
  if (wanted.length === 0) return [];
  return db
    .select()
    .from(shiftCounts)
    .where(and(eq(shiftCounts.villageId, villageId), inArray(column, [...wanted])))
    .orderBy(asc(shiftCounts.keptAtMs));
}

function redemptionColumns(redemptions: Reader['t']['redemptions']) {
  const { journalNumber: number, shiftId, householdId, points, effectiveOn } = redemptions;
  return { number, shiftId, householdId, points, effectiveOn };
}

function returnColumns(returns: Reader['t']['returns']) {
  const { journalNumber: number, shiftId, householdId, points, effectiveOn } = returns;
  return {
    ...{ number, shiftId, householdId, points, effectiveOn },
    ...{ of: returns.redemptionNumber, actorId: returns.actorId, atMs: returns.bookedAtMs },
  };
}
