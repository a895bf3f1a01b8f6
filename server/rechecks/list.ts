import { and, eq } from 'drizzle-orm';
import type { Reader } from '../../db/index.ts';
import type { Answer } from '../../shared/operation.ts';
import type { Operations } from '../../shared/contract.ts';
import type { VillageContext } from '../http/index.ts';
import { reversalsOf } from '../ledger/index.ts';
import { awardsStandingThen, entriesOfMonth, monthAt, monthsBefore } from './month-entries.ts';
import { drawnIn, readMonths, type ToldMonth } from './told-months.ts';

type Page = Answer<Operations['rechecks.list']>;

interface At {
  readonly village: Pick<VillageContext, 'id' | 'settings'>;
  readonly today: string;
}

/** Reads months that are over, newest first, back to the first of the book. */
export async function listMonths(
  reader: Reader,
  { village, today }: At,
  { before, limit }: { readonly before?: string | undefined; readonly limit: number },
): Promise<Page> {
  const began = await beganIn(reader, village);
  const thisMonth = today.slice(0, 7);
  const end = before !== undefined && before < thisMonth ? before : thisMonth;
  const months = began === null ? [] : monthsBefore(end, limit).filter((month) => month >= began);
  const told = await readMonths(reader, village.id, months);
  const isReversed = await reversedAmong(reader, village.id, [...told.values()]);
  const last = months.at(-1);
  return {
    items: Array.from(told, ([month, now]) => ({ month, ...countsOf(now, isReversed) })),
    next: last !== undefined && began !== null && last > began ? last : null,
  };
}

/** So many months are looked through for what is still to be done. */
const MONTHS_BACK = 12;

/**
 * Reads the re-checks that are to be made: a last month with awards of which nothing was drawn, and awards that nobody looked at. Null where
 * there is nothing, and for a village that has drawn nothing in a year: nothing is compulsory.
 */
export async function recheckToDo(
  reader: Reader,
  village: At['village'],
  today: string,
): Promise<Answer<Operations['village.summary']>['recheck']> {
  const months = monthsBefore(today.slice(0, 7), MONTHS_BACK);
  const told = await readMonths(reader, village.id, months);
  const drawn = [...told.values()].filter(({ draws }) => draws.length > 0);
  if (drawn.length === 0) return null;
  const isReversed = await reversedAmong(reader, village.id, drawn);
  const waiting = Array.from(told, ([month, now]) => ({ month, n: countsOf(now, isReversed).waiting }));
  const open = waiting.filter(({ n }) => n > 0);
  const missing = await missingMonth(reader, village, { month: months[0] ?? '', told });
  if (open.length === 0 && missing === null) return null;
  return { missing, open: open.reduce((sum, { n }) => sum + n, 0), openIn: open[0]?.month ?? null };
}

/** The last month, if awards were booked in it and nothing was drawn. */
async function missingMonth(
  reader: Reader,
  { id, settings: { timeZone } }: At['village'],
  { month, told }: { readonly month: string; readonly told: ReadonlyMap<string, ToldMonth> },
): Promise<string | null> {
  if ((told.get(month)?.draws.length ?? 0) > 0) return null;
  const span = await entriesOfMonth(reader, id, { month, timeZone });
  const awards = span ? await awardsStandingThen(reader, id, span) : [];
  return awards.length > 0 ? month : null;
}

function countsOf(
  now: ToldMonth,
  isReversed: (number: number) => boolean,
): Omit<Page['items'][number], 'month'> {
  const drawn = drawnIn(now);
  const found = (outcome: string) =>
    drawn.filter((number) => now.checks.get(number)?.outcome === outcome).length;
  const unseen = drawn.filter((number) => !now.checks.has(number));
  const reversed = unseen.filter(isReversed).length;
  return {
    ...{ draws: now.draws.length, drawn: drawn.length, waiting: unseen.length - reversed, reversed },
    ...{ stood: found('stood'), failed: found('failed'), couldNotCheck: found('could_not_check') },
  };
}

async function reversedAmong(
  reader: Reader,
  villageId: string,
  months: readonly ToldMonth[],
): Promise<(number: number) => boolean> {
  const reversed = await reversalsOf(reader, villageId, months.flatMap(drawnIn));
  return (number) => reversed.has(number);
}

/** The month of the first entry of the book. */
async function beganIn(
  { db, t: { journal } }: Reader,
  { id, settings }: At['village'],
): Promise<string | null> {
  const [first] = await db
    .select({ bookedAtMs: journal.bookedAtMs })
    .from(journal)
    .where(and(eq(journal.villageId, id), eq(journal.number, 1)));
  return first ? monthAt(first.bookedAtMs, settings.timeZone) : null;
}
