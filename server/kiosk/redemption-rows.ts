import { and, asc, desc, eq, getTableColumns, type SQL, sql } from 'drizzle-orm';
import { added, ownColumns, type RowOf, type Tables, type WrittenRow } from '../../db/index.ts';
import { type Answers, type Key, read } from '../commands/index.ts';
import {
  BESIDE_ENTRY,
  dropTakenBack,
  entryFrom,
  notReversed,
  type ReversibleEntry,
  rowsOfEntries,
} from '../ledger/index.ts';
import { returnedPieces } from '../goods/index.ts';
import { VOUCHED_BY } from './redemption-facts.ts';

export type RedemptionRow = RowOf<'redemptions'>;
type LineRow = RowOf<'redemptionLines'>;

/** The rows of a redemption, beside those of the entry that moved it. */
export function redemptionRows(row: RedemptionRow, lines: readonly LineRow[]): WrittenRow[] {
  return [added('redemptions', row), ...lines.map((line) => added('redemptionLines', line))];
}

/** A sum does not say which redemptions are in it, so a reversal, whoever books it, has all sums read again. */
function dropSums<K extends Key, A>(answers: Answers<K, A>, { reversesNumber }: RowOf<'journal'>): void {
  if (reversesNumber !== null) answers.dropAll();
}

/**
 * Hundredths of a point that a household redeemed on a day, undone or not: undoing gives back no amount without PIN. Else
 * whoever holds a card could take goods, have it undone, and take others, all day.
 */
export const redeemedOnDay = read<readonly [householdId: string, day: string], number>()({
  name: 'kiosk.redeemedOnDay',
  over: {
    redemptions: (answers, { now }) =>
      answers.change([now.householdId, now.effectiveOn], (points) => points + now.points),
  },
  rows: ({ db, t: { redemptions }, keys }) =>
    db
      .select({ at: keys.at, points: sql<number>`sum(${redemptions.points})`.mapWith(Number).as('points') })
      .from(keys.table)
      .crossJoin(redemptions)
      .where(
        and(
          eq(redemptions.villageId, keys.villageId),
          eq(redemptions.householdId, keys.part(0)),
          eq(redemptions.effectiveOn, keys.part(1)),
        ),
      )
      .groupBy(sql`${keys.at}`),
  answer: ([found]) => found?.points ?? 0,
});

/** The pieces of each item that a household was given in a month (2026-05), without undone redemptions and what came back. */
export const takenInMonth = read<
  readonly [householdId: string, month: string],
  ReadonlyMap<string, number>
>()({
  name: 'kiosk.takenInMonth',
  over: {
    redemptions: (answers, { now }) => answers.drop([now.householdId, now.effectiveOn.slice(0, 7)]),
    // A line comes together with its redemption, and one that came back with its return.
    redemptionLines: 'apart',
    returnLines: 'apart',
    returns: (answers, { now }) => answers.dropWhere((_, [householdId]) => householdId === now.householdId),
    journal: (answers, { now }) => dropSums(answers, now),
  },
  rows: ({ db, t, keys }) => {
    const { redemptions, redemptionLines } = t;
    return db
      .select({
        at: keys.at,
        goodsId: redemptionLines.goodsId,
        pieces: sql<number>`sum(${redemptionLines.quantity} - ${returnedPieces({ db, t })})`
          .mapWith(Number)
          .as('pieces'),
      })
      .from(keys.table)
      .crossJoin(redemptions)
      .innerJoin(redemptionLines, isLineOf(t))
      .where(
        and(
          eq(redemptions.villageId, keys.villageId),
          eq(redemptions.householdId, keys.part(0)),
          sql`${redemptions.effectiveOn} in (${daysOf(keys.part(1))})`,
          notReversed({ db, t }, redemptions),
        ),
      )
      .groupBy(sql`${keys.at}`, redemptionLines.goodsId);
  },
  answer: (rows) => new Map(rows.map(({ goodsId, pieces }) => [goodsId, pieces])),
});

/**
 * Hundredths of a point that a household redeemed in a month (2026-05) because two people vouched for it, without undone
 * redemptions and what came back.
 */
export const vouchedInMonth = read<readonly [householdId: string, month: string], number>()({
  name: 'kiosk.vouchedInMonth',
  over: {
    redemptions: (answers, { now }) => answers.drop([now.householdId, now.effectiveOn.slice(0, 7)]),
    // The fact comes together with its redemption.
    journalFacts: 'apart',
    returns: (answers, { now }) => answers.dropWhere((_, [householdId]) => householdId === now.householdId),
    journal: (answers, { now }) => dropSums(answers, now),
  },
  rows: ({ db, t, keys }) => {
    const { redemptions, journalFacts, returns } = t;
    const back = db
      .select({ points: sql`sum(${returns.points})` })
      .from(returns)
      .where(
        and(
          eq(returns.villageId, redemptions.villageId),
          eq(returns.redemptionNumber, redemptions.journalNumber),
          notReversed({ db, t }, returns),
        ),
      );
    return db
      .select({
        at: keys.at,
        points: sql<number>`sum(${redemptions.points} - coalesce((${back}), 0))`.mapWith(Number).as('points'),
      })
      .from(keys.table)
      .crossJoin(redemptions)
      .innerJoin(
        journalFacts,
        and(
          eq(journalFacts.villageId, redemptions.villageId),
          eq(journalFacts.number, redemptions.journalNumber),
          eq(journalFacts.name, VOUCHED_BY),
        ),
      )
      .where(
        and(
          eq(redemptions.villageId, keys.villageId),
          eq(redemptions.householdId, keys.part(0)),
          sql`${redemptions.effectiveOn} in (${daysOf(keys.part(1))})`,
          notReversed({ db, t }, redemptions),
        ),
      )
      .groupBy(sql`${keys.at}`);
  },
  answer: ([found]) => found?.points ?? 0,
});

/** Lists the days of a month. The index has a place for each, and a month that is shorter has nothing on those that it lacks. */
function daysOf(month: SQL): SQL {
  const days = Array.from({ length: 31 }, (_, index) => String(index + 1).padStart(2, '0'));
  return sql.join(
    days.map((day) => sql`${month} || ${sql.raw(`'-${day}'`)}`),
    sql`, `,
  );
}

/** The entry of a household's last redemption on a day, undone or not; 0: none. */
export const lastRedemption = read<readonly [householdId: string, day: string], number>()({
  name: 'kiosk.lastRedemption',
  over: {
    redemptions: (answers, { now }) =>
      answers.change([now.householdId, now.effectiveOn], () => now.journalNumber),
  },
  rows: ({ db, t: { redemptions }, keys }) => {
    const last = db
      .select({ number: redemptions.journalNumber })
      .from(redemptions)
      .where(
        and(
          eq(redemptions.villageId, keys.villageId),
          eq(redemptions.householdId, keys.part(0)),
          eq(redemptions.effectiveOn, keys.part(1)),
        ),
      )
      .orderBy(desc(redemptions.journalNumber))
      .limit(1);
    return db
      .select({ at: keys.at, number: sql<number>`coalesce(${last}, 0)`.mapWith(Number).as('number') })
      .from(keys.table);
  },
  answer: ([last]) => last?.number ?? 0,
});

/** The id of a kiosk's last redemption, undone or not. */
export const lastOfKiosk = read<readonly [kioskId: string], string | undefined>()({
  name: 'kiosk.lastOfKiosk',
  over: { redemptions: (answers, { now }) => answers.change([now.kioskId], () => now.id) },
  rows: ({ db, t: { redemptions }, keys }) => {
    const last = db
      .select({ id: redemptions.id })
      .from(redemptions)
      .where(and(eq(redemptions.villageId, keys.villageId), eq(redemptions.kioskId, keys.part(0))))
      .orderBy(desc(redemptions.journalNumber))
      .limit(1);
    return db.select({ at: keys.at, id: sql<string | null>`${last}`.as('id') }).from(keys.table);
  },
  answer: ([last]) => last?.id ?? undefined,
});

interface HandedOut {
  readonly redemption: RedemptionRow;
  readonly lines: readonly Omit<LineRow, 'villageId' | 'journalNumber' | 'line'>[];
  readonly volunteer: string;
  /** That of its entry. */
  readonly hash: string;
}

/** A redemption by its id, with what was handed out and the volunteer's name. */
export const redemptionById = read<readonly [id: string], HandedOut | undefined>()({
  name: 'kiosk.redemptionById',
  over: {
    redemptions: (answers, { now }) => answers.drop([now.id]),
    // A line comes together with its redemption.
    redemptionLines: 'apart',
    // Its entry comes together with it, too.
    journal: 'apart',
    volunteers: 'stale',
  },
  rows: ({ db, t, keys }) => {
    const { redemptions, redemptionLines, volunteers, journal } = t;
    return db
      .select({
        at: keys.at,
        ...getTableColumns(redemptions),
        volunteer: volunteers.name,
        hash: journal.hash,
        goodsId: redemptionLines.goodsId,
        name: redemptionLines.name,
        unit: redemptionLines.unit,
        quantity: redemptionLines.quantity,
        price: redemptionLines.price,
      })
      .from(keys.table)
      .crossJoin(redemptions)
      .innerJoin(
        volunteers,
        and(eq(volunteers.villageId, redemptions.villageId), eq(volunteers.id, redemptions.volunteerId)),
      )
      .innerJoin(redemptionLines, isLineOf(t))
      .innerJoin(
        journal,
        and(eq(journal.villageId, redemptions.villageId), eq(journal.number, redemptions.journalNumber)),
      )
      .where(and(eq(redemptions.villageId, keys.villageId), eq(redemptions.id, keys.part(0))))
      .orderBy(asc(keys.at), asc(redemptionLines.line));
  },
  answer(rows) {
    const [first] = rows;
    if (!first) return undefined;
    const lines = rows.map(({ goodsId, name, unit, quantity, price }) => {
      return { goodsId, name, unit, quantity, price };
    });
    return {
      redemption: ownColumns('redemptions', first),
      lines,
      volunteer: first.volunteer,
      hash: first.hash,
    };
  },
});

/** The entry of the redemption with this id. */
export const entryOfRedemption = read<readonly [id: string], ReversibleEntry | undefined>()({
  name: 'kiosk.entryOfRedemption',
  over: {
    ...BESIDE_ENTRY,
    redemptions: (answers, { now }) => answers.drop([now.id]),
    journal: (answers, { now }) => dropTakenBack(answers, now),
  },
  rows: (source) => {
    const { db, t, keys } = source;
    const number = db
      .select({ number: t.redemptions.journalNumber })
      .from(t.redemptions)
      .where(and(eq(t.redemptions.villageId, keys.villageId), eq(t.redemptions.id, keys.part(0))));
    return rowsOfEntries(source, eq(t.journal.number, number));
  },
  answer: (rows) => entryFrom(rows),
});

function isLineOf({ redemptions, redemptionLines }: Pick<Tables, 'redemptions' | 'redemptionLines'>) {
  return and(
    eq(redemptionLines.villageId, redemptions.villageId),
    eq(redemptionLines.journalNumber, redemptions.journalNumber),
  );
}
