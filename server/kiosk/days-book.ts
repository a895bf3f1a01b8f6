import type { Reader } from '../../db/index.ts';
import type { Answer } from '../../shared/operation.ts';
import type { Operations } from '../../shared/contract.ts';
import {
  type DaysEntry,
  type EntryLine,
  entriesNumbered,
  linesOfRedemptions,
  linesOfReturns,
  type RedemptionLine,
  redemptionsOn,
  returnsOn,
  reversalsOn,
  type TakenBack,
  withoutNetworkAmong,
} from './day-sheet-reads.ts';

export type DaySheet = Answer<Operations['shifts.daySheet']>;
type Figures = DaySheet['desk'];
type Returns = Awaited<ReturnType<typeof returnsOn>>;

/** The counter's entries of a day: what was handed out, what came back, and what was taken back of either, of any day. */
export interface DaysBook {
  readonly redemptions: readonly DaysEntry[];
  readonly returns: Returns;
  /** Redemptions and returns that entries of this day take back, each with that entry. */
  readonly undone: readonly { readonly entry: DaysEntry; readonly by: TakenBack }[];
  readonly undoneReturns: readonly { readonly entry: Returns[number]; readonly by: TakenBack }[];
  /** By the number of their entry. */
  readonly lines: ReadonlyMap<number, readonly RedemptionLine[]>;
  readonly returnLines: ReadonlyMap<number, readonly EntryLine[]>;
  readonly withoutNetwork: ReadonlySet<number>;
}

export async function readDaysBook(
  reader: Reader,
  at: { readonly villageId: string; readonly day: string },
): Promise<DaysBook> {
  const { villageId } = at;
  const redemptions = await redemptionsOn(reader, at);
  const returns = await returnsOn(reader, at);
  const reversals = await reversalsOn(reader, at);
  const byReversed = new Map(reversals.map((one) => [one.reverses, one]));
  const reversed = await entriesNumbered(reader, villageId, Array.from(byReversed.keys()));
  const taken = <Entry extends DaysEntry>(entries: readonly Entry[]) =>
    entries.flatMap((entry) => {
      const by = byReversed.get(entry.number);
      return by === undefined ? [] : [{ entry, by }];
    });
  const undoneReturns = taken(reversed.returns);
  const allReturns = [...returns, ...reversed.returns];
  const numbers = new Set([
    ...[...redemptions, ...reversed.redemptions].map(({ number }) => number),
    ...allReturns.map(({ of }) => of),
  ]);
  const backNumbers = new Set(allReturns.map(({ number }) => number));
  return {
    ...{ redemptions, returns, undoneReturns, undone: taken(reversed.redemptions) },
    lines: byNumber(await linesOfRedemptions(reader, villageId, Array.from(numbers))),
    returnLines: byNumber(await linesOfReturns(reader, villageId, Array.from(backNumbers))),
    withoutNetwork: await withoutNetworkAmong(
      reader,
      villageId,
      redemptions.map(({ number }) => number),
    ),
  };
}

/** The figures of the shifts that are meant; null stands for the desk. */
export function figuresOf(book: DaysBook, isMeant: (shiftId: string | null) => boolean): Figures {
  const redemptions = book.redemptions.filter(({ shiftId }) => isMeant(shiftId));
  const undone = book.undone.filter(({ entry }) => isMeant(entry.shiftId));
  const returns = book.returns.filter(({ shiftId }) => isMeant(shiftId));
  const kept = book.undoneReturns.filter(({ entry }) => isMeant(entry.shiftId));
  const pieces = redemptions.flatMap(({ number }) => book.lines.get(number) ?? []);
  return {
    redemptions: redemptions.length,
    pieces: sumOf(pieces, ({ quantity }) => quantity),
    points: sumOf(redemptions, ({ points }) => points),
    undone: undone.length,
    undonePoints: sumOf(undone, ({ entry }) => entry.points),
    returned: returns.length - kept.length,
    returnedPoints: sumOf(returns, ({ points }) => points) - sumOf(kept, ({ entry }) => entry.points),
  };
}

export function totalsOf(book: DaysBook): DaySheet['totals'] {
  const figures = figuresOf(book, () => true);
  const undone = new Set(book.undone.map(({ entry }) => entry.number));
  const standing = book.redemptions.filter(({ number }) => !undone.has(number));
  const unheard = book.redemptions.filter(({ number }) => book.withoutNetwork.has(number));
  return {
    ...figures,
    households: new Set(standing.map(({ householdId }) => householdId)).size,
    net: figures.points - figures.undonePoints - figures.returnedPoints,
    withoutNetwork: unheard.length,
    withoutNetworkPoints: sumOf(unheard, ({ points }) => points),
  };
}

/** The items of the day: those of which most went out come first. */
export function goodsOf(book: DaysBook, kinds: ReadonlyMap<string, string>): DaySheet['goods'] {
  const items = new Map<string, Omit<DaySheet['goods'][number], 'goodsId'>>();
  const add = ({ goodsId, name, unit }: RedemptionLine, out: number, back: number, points: number) => {
    const was = items.get(goodsId) ?? {
      name,
      unit,
      category: kinds.get(goodsId) ?? '',
      out: 0,
      back: 0,
      points: 0,
    };
    items.set(goodsId, { ...was, out: was.out + out, back: was.back + back, points: was.points + points });
  };
  for (const { number } of book.redemptions)
    for (const line of book.lines.get(number) ?? []) add(line, line.quantity, 0, line.quantity * line.price);
  for (const { entry } of book.undone)
    for (const line of book.lines.get(entry.number) ?? [])
      add(line, 0, line.quantity, -line.quantity * line.price);
  const addReturn = ({ number, of }: Returns[number], sign: 1 | -1) => {
    for (const { goodsId, quantity } of book.returnLines.get(number) ?? []) {
      const line = book.lines.get(of)?.find((one) => one.goodsId === goodsId);
      if (line) add(line, 0, sign * quantity, -sign * quantity * line.price);
    }
  };
  for (const entry of book.returns) addReturn(entry, 1);
  for (const { entry } of book.undoneReturns) addReturn(entry, -1);
  return Array.from(items, ([goodsId, item]) => ({ goodsId, ...item })).sort(
    (a, b) => b.out - a.out || b.points - a.points || (a.goodsId < b.goodsId ? -1 : 1),
  );
}

/** The redemptions that were undone on the day, and the returns of the day that stand. */
export function takenBackOf(
  book: DaysBook,
  nameOf: (id: string) => string,
): Pick<DaySheet, 'undone' | 'returns'> {
  const takenBack = new Set(book.undoneReturns.map(({ entry }) => entry.number));
  return {
    undone: book.undone
      .map(({ entry, by }) => ({
        ...{ number: by.number, of: entry.number, by: nameOf(by.actorId), atMs: by.atMs },
        points: entry.points,
      }))
      .sort((a, b) => a.number - b.number),
    returns: book.returns.flatMap(({ number, of, actorId, atMs, points }) =>
      takenBack.has(number) ? [] : [{ number, of, by: nameOf(actorId), atMs, points }],
    ),
  };
}

function byNumber<Line extends EntryLine>(lines: readonly Line[]): Map<number, Line[]> {
  const found = new Map<number, Line[]>();
  for (const line of lines) found.set(line.number, [...(found.get(line.number) ?? []), line]);
  return found;
}

function sumOf<Thing>(things: readonly Thing[], of: (thing: Thing) => number): number {
  return things.reduce((sum, thing) => sum + of(thing), 0);
}
