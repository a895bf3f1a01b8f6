import { isRedemption } from '../../shared/kiosk/entry-kinds.ts';
import { and, eq, gte, isNull } from 'drizzle-orm';
import type { Reader } from '../../db/store.ts';
import type { Answer } from '../../shared/operation.ts';
import type { Operations } from '../../shared/contract.ts';
import { addDays, businessDay, DAY_MS } from '../../shared/business-day.ts';
import { bookerNamesThen } from '../books/index.ts';
import type { VillageContext } from '../http/index.ts';
import { isLeftAlone, isOpen } from '../kiosk/index.ts';
import { monthSums } from '../ledger/index.ts';
import { awardedHouseholds } from '../proposals/index.ts';
import { happenings } from './activity.ts';
import { lastMonths } from './dashboard.ts';
import { FAR_KINDS, sumOf } from './flows.ts';
import { namesOf, proposalsOf, type RecentEntry, recentEntries } from './recent-entries.ts';
import { shelf } from './stock-outlook.ts';

type Home = Answer<Operations['village.home']>;

const MONTHS = 6;
/** So many of the last entries are read; those of today and yesterday are told. */
const ENTRIES_MOST = 300;
const HAPPENED_MOST = 12;
/** An item that lasts longer than this does not run out. */
const SOON_DAYS = 30;
const RUNNING_OUT_MOST = 8;

interface At {
  readonly village: VillageContext;
  readonly today: string;
  readonly nowMs: number;
}

/** The home page besides the waiting tasks: what happened, what runs out, the months, the shop. */
export async function home(reader: Reader, { village, today, nowMs }: At): Promise<Home> {
  const { timeZone, shopHours } = village.settings;
  const dayOf = (atMs: number) => businessDay(atMs, timeZone);
  // Three days back is before yesterday's midnight in every zone.
  const read = await recentEntries(reader, village.id, { sinceMs: nowMs - 3 * DAY_MS, most: ENTRIES_MOST });
  // Points that the village moves between its own accounts happen to nobody.
  const recent = read.filter(
    ({ kind, bookedAtMs }) => kind !== 'budget' && dayOf(bookedAtMs) >= addDays(today, -1),
  );
  const todays = recent.filter(({ bookedAtMs }) => dayOf(bookedAtMs) === today);
  return {
    today,
    shopHours,
    happened: await told(reader, village.id, recent, { today, dayOf }),
    months: await monthsOf(reader, village.id, lastMonths(today, MONTHS)),
    ...(await runningOut(reader, village.id, today)),
    shop: { ...redeemedIn(todays), shifts: await openShifts(reader, village.id, nowMs) },
  };
}

async function told(
  reader: Reader,
  villageId: string,
  recent: readonly RecentEntry[],
  days: { readonly today: string; readonly dayOf: (atMs: number) => string },
): Promise<Home['happened']> {
  const proposals = await proposalsOf(reader, villageId, recent);
  const shown = happenings(recent, proposals, days).slice(0, HAPPENED_MOST);
  const theirs = new Set(shown.map(({ number }) => number));
  const names = await namesOf(
    reader,
    villageId,
    recent.filter(({ number }) => theirs.has(number)),
  );
  const nameThen = await bookerNamesThen(reader, villageId);
  return shown.map(({ actorId, householdId, ...one }) => ({
    ...one,
    by: nameThen(actorId, one.number) ?? '',
    household: householdId === null ? null : (names.get(householdId)?.name ?? null),
  }));
}

/** The redemptions of a day, those that were taken back left out. */
function redeemedIn(recent: readonly RecentEntry[]): { redemptions: number; points: number; undone: number } {
  const redeemed = recent.filter(({ kind }) => isRedemption(kind));
  const standing = redeemed.filter(({ reversedBy }) => reversedBy === null);
  return {
    redemptions: standing.length,
    points: 0 - standing.reduce((total, { points }) => total + points, 0),
    undone: redeemed.length - standing.length,
  };
}

/** The shifts that are open now. Nobody may have ended one that is over by the clock. */
async function openShifts(
  { db, t: { shifts, volunteers, kiosks } }: Reader,
  villageId: string,
  nowMs: number,
): Promise<Home['shop']['shifts']> {
  const begun = await db
    .select({
      ...{ volunteer: volunteers.name, kiosk: kiosks.name },
      ...{ startedAtMs: shifts.startedAtMs, usedAtMs: shifts.usedAtMs, endedAtMs: shifts.endedAtMs },
    })
    .from(kiosks)
    .innerJoin(
      shifts,
      and(
        eq(shifts.villageId, kiosks.villageId),
        eq(shifts.kioskId, kiosks.id),
        gte(shifts.startedAtMs, nowMs - 2 * DAY_MS),
        isNull(shifts.endedAtMs),
      ),
    )
    .innerJoin(
      volunteers,
      and(eq(volunteers.villageId, shifts.villageId), eq(volunteers.id, shifts.volunteerId)),
    )
    .where(and(eq(kiosks.villageId, villageId), isNull(kiosks.revokedAtMs)))
    .orderBy(shifts.startedAtMs);
  return begun
    .filter((shift) => isOpen(shift, nowMs) && !isLeftAlone(shift, nowMs))
    .map(({ volunteer, kiosk, startedAtMs }) => ({ volunteer, kiosk, startedAtMs }));
}

/** Goods that were there once and of which nothing is left, or that last no month at the pace of the quarter, the most urgent first. */
async function runningOut(
  reader: Reader,
  villageId: string,
  today: string,
): Promise<Pick<Home, 'runsOut' | 'runsOutCount'>> {
  const urgency = ({ stock, lastsDays }: { stock: number; lastsDays: number | null }) =>
    stock <= 0 ? -1 : (lastsDays ?? Infinity);
  const short = (await shelf(reader, villageId, today))
    .filter((item) => item.cameIn && urgency(item) <= SOON_DAYS)
    .sort((a, b) => urgency(a) - urgency(b) || b.handedOut - a.handedOut);
  return {
    runsOut: short
      .slice(0, RUNNING_OUT_MOST)
      .map(({ id, name, category, unit, pictureId, drawing, stock, lastsDays }) => ({
        ...{ id, name, category, unit, pictureId, drawing, stock, lastsDays },
      })),
    runsOutCount: short.length,
  };
}

/** Points given and redeemed in these months, with the households that got some. */
async function monthsOf(
  reader: Reader,
  villageId: string,
  months: readonly string[],
): Promise<Home['months']> {
  const { issued, redeemed } = FAR_KINDS;
  const sums = await monthSums(reader, villageId, [...issued, ...redeemed], months);
  const households = await awardedHouseholds(reader, villageId, months[0] ?? '');
  const of = (wanted: string, kinds: readonly string[]) =>
    sumOf(sums.filter(({ month, kind }) => month === wanted && kinds.includes(kind)));
  return months.map((one) => ({
    month: one,
    given: 0 - of(one, issued),
    redeemed: of(one, redeemed),
    households: households.get(one) ?? 0,
  }));
}
