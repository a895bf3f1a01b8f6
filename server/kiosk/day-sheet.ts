import type { Reader } from '../../db/index.ts';
import { businessDay } from '../../shared/business-day.ts';
import { allGoods } from '../goods/index.ts';
import { PROGRAM_NAMES } from '../acts/index.ts';
import { staffNames } from '../staff/index.ts';
import { countsOf, type NamedShift, shiftsAround } from './day-sheet-reads.ts';
import {
  type DaysBook,
  type DaySheet,
  figuresOf,
  goodsOf,
  readDaysBook,
  takenBackOf,
  totalsOf,
} from './days-book.ts';
import { kiosksBesides } from './kiosks-besides.ts';
import { shownCounts } from './left-counts.ts';
import { volunteerNames } from './volunteers.ts';

interface At {
  readonly villageId: string;
  readonly timeZone: string;
  readonly nowMs: number;
  readonly mayBeBehind: boolean;
}

/** The sheet of a day. Its points and pieces are those of the day's entries, so that they never change afterwards. */
export async function daySheet(reader: Reader, at: At, day: string): Promise<DaySheet> {
  const { villageId, timeZone } = at;
  const book = await readDaysBook(reader, { villageId, day });
  const shifts = (await shiftsAround(reader, { villageId, day })).filter((shift) =>
    touches(shift, book, (atMs) => businessDay(atMs, timeZone) === day),
  );
  const kinds = new Map((await allGoods(reader, villageId)).map(({ id, category }) => [id, category]));
  const names = new Map([
    ...PROGRAM_NAMES,
    ...(await staffNames(reader, villageId)),
    ...(await volunteerNames(reader, villageId)),
  ]);
  const nameOf = (id: string) => names.get(id) ?? '';
  const known = new Set(shifts.map(({ id }) => id));
  const besides = await kiosksBesides(reader, at);
  return {
    day,
    shifts: await withCounts(reader, villageId, shifts, book),
    desk: figuresOf(book, (shiftId) => shiftId === null || !known.has(shiftId)),
    totals: totalsOf(book),
    goods: goodsOf(book, kinds),
    ...takenBackOf(book, nameOf),
    besides: besides.map(({ kiosk, isBehind }) => ({ kiosk, isBehind })),
  };
}

/** A shift belongs to the day on which it began or ended, and to each day on which it handed something out. */
function touches(
  { id, startedAtMs, endedAtMs }: NamedShift,
  { redemptions, returns }: DaysBook,
  isOfDay: (atMs: number) => boolean,
): boolean {
  const isOwn = ({ shiftId }: { readonly shiftId: string | null }) => shiftId === id;
  return (
    isOfDay(startedAtMs) ||
    (endedAtMs !== null && isOfDay(endedAtMs)) ||
    redemptions.some(isOwn) ||
    returns.some(isOwn)
  );
}

async function withCounts(
  reader: Reader,
  villageId: string,
  shifts: readonly NamedShift[],
  book: DaysBook,
): Promise<DaySheet['shifts']> {
  const own = await countsOf(reader, villageId, { shiftIds: shifts.map(({ id }) => id) });
  const left = await countsOf(reader, villageId, { ids: own.flatMap(({ answersId }) => answersId ?? []) });
  const shown = new Map(
    (await shownCounts(reader, villageId, [...own, ...left])).map((count) => [count.id, count]),
  );
  const countOf = (shiftId: string, phase: 'begin' | 'end') =>
    own.find((count) => count.shiftId === shiftId && count.phase === phase);
  return shifts.map((shift) => {
    const begun = countOf(shift.id, 'begin');
    const ended = countOf(shift.id, 'end');
    return {
      ...shift,
      ...figuresOf(book, (shiftId) => shiftId === shift.id),
      begin: shown.get(begun?.id ?? '') ?? null,
      left: shown.get(begun?.answersId ?? '') ?? null,
      end: shown.get(ended?.id ?? '') ?? null,
    };
  });
}
