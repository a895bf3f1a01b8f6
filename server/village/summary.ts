import { and, count, eq } from 'drizzle-orm';
import type { Reader } from '../../db/store.ts';
import { mayDo } from '../../shared/permissions.ts';
import type { VillageSettings } from '../../shared/village/settings.ts';
import { countWaiting } from '../proposals/index.ts';
import type { Actor, VillageContext } from '../http/index.ts';
import {
  CNY,
  holdings,
  type KindTotal,
  lastVerification,
  monthOf,
  monthSums,
  POINT,
  readHead,
} from '../ledger/index.ts';
import { countToConfirm } from '../kiosk/index.ts';
import { countOpenRows, countUnconfirmedKeys } from '../outbox/index.ts';
import { waitingFor } from '../changes/index.ts';
import { noticesToDo } from '../notices/index.ts';
import { recheckToDo } from '../rechecks/index.ts';
import { remindersToDo } from '../deductions/index.ts';
import { objectionsToDo } from '../objections/index.ts';
import { roundsToDo } from '../rounds/index.ts';
import { reportsToDo } from '../reports/index.ts';
import { workdaysToDo } from '../workdays/index.ts';
import { countUnconfirmed } from '../staff/index.ts';
import { FAR_KINDS, sumOf } from './flows.ts';
import { openHandover } from './handovers.ts';
import { stillShared } from './people.ts';
import { setupDone } from './setup-done.ts';
import { countSoldOut } from './stock-outlook.ts';

/** The points that the shop owes, and how far its stock covers them. */
export interface ShopCover {
  /** Points that households can spend; hundredths. */
  readonly pointsOwed: number;
  readonly stockCostFen: number;
  /** Stock at cost over points owed at their value; null when nothing is owed. */
  readonly coverRatioPercent: number | null;
}

export async function shopCover(
  reader: Reader,
  village: Pick<VillageContext, 'id' | 'settings'>,
): Promise<ShopCover> {
  return coverOf(await holdings(reader, village.id), village.settings);
}

/** Computes the same from a trial balance, of now or of any day. */
export function coverOf(totals: readonly KindTotal[], settings: VillageSettings): ShopCover {
  let pointsOwed = 0;
  let stockCostFen = 0;
  for (const { unit, kind, positive, negative } of totals) {
    // A household in debt does not make the shop owe the others less.
    if (unit === POINT && (kind === 'household' || kind === 'held')) pointsOwed += positive;
    if (unit === CNY && kind === 'stock') stockCostFen += positive + negative;
  }
  return { pointsOwed, stockCostFen, coverRatioPercent: coverRatio(pointsOwed, stockCostFen, settings) };
}

/** Whole percents, rounded down: a shop that can honour 99.9 is not said to honour all. */
export function coverRatio(
  pointsOwed: number,
  stockCostFen: number,
  { pointValueFen }: VillageSettings,
): number | null {
  const owed = BigInt(pointsOwed) * BigInt(pointValueFen);
  // Points are hundredths, the answer is in percent.
  return owed > 0n ? Number((BigInt(stockCostFen) * 100n * 100n) / owed) : null;
}

/** The tasks that wait for the caller, and the figures of the village. */
export async function summary(
  reader: Reader,
  village: VillageContext,
  actor: Actor,
  { today, nowMs }: { readonly today: string; readonly nowMs: number },
) {
  const households = await countHouseholds(reader, village.id);
  const held = await holdings(reader, village.id);
  return {
    households,
    ...(await countWaiting(reader, village.id, actor)),
    changesForMe: (await waitingFor(reader, { villageId: village.id, actor })).waitingForMe,
    unconfirmedStaff: village.openedAtMs === null ? 0 : await countUnconfirmed(reader, village.id),
    lateRows: await countOpenRows(reader, village.id),
    keysToConfirm: await countUnconfirmedKeys(reader, village.id),
    volunteersToConfirm: await countToConfirm(reader, { village, actor }),
    stillShared: await stillShared(reader, village, nowMs),
    ...coverOf(held, village.settings),
    ...(await movedThisMonth(reader, village.id, today)),
    entries: (await readHead(reader, village.id))?.number ?? 0,
    beganAtMs: await beganAt(reader, village.id),
    soldOut: await countSoldOut(reader, village.id),
    lastVerification: await lastVerification(reader, village.id),
    notices: await noticesToDo(reader, village.id),
    reminders: mayDo(actor.roles, 'reminder.read')
      ? await remindersToDo(reader, { villageId: village.id, today })
      : 0,
    objections: await objectionsToDo(reader, { villageId: village.id, actor, today }),
    reports: await reportsToDo(reader, { village, actor }),
    workdays: await workdaysToDo(reader, village.id, today),
    handover: await openHandover(reader, village.id, actor, today),
    rounds: await roundsToDo(reader, village.id, actor),
    recheck: await recheckToDo(reader, village, today),
    setup: await setupDone(reader, village.id, {
      ...{ households, holdings: held, openedAtMs: village.openedAtMs },
    }),
  };
}

/** Points given and redeemed in this day's month, in hundredths, less what was taken back. */
export async function movedThisMonth(
  reader: Reader,
  villageId: string,
  today: string,
): Promise<{ readonly awardedThisMonth: number; readonly redeemedThisMonth: number }> {
  const { issued, redeemed } = FAR_KINDS;
  const sums = await monthSums(reader, villageId, [...issued, ...redeemed], [monthOf(today)]);
  const moved = (kinds: readonly string[]) => sumOf(sums.filter(({ kind }) => kinds.includes(kind)));
  return { awardedThisMonth: 0 - moved(issued), redeemedThisMonth: moved(redeemed) };
}

async function beganAt({ db, t: { journal } }: Reader, villageId: string): Promise<number | null> {
  const [first] = await db
    .select({ bookedAtMs: journal.bookedAtMs })
    .from(journal)
    .where(and(eq(journal.villageId, villageId), eq(journal.number, 1)));
  return first?.bookedAtMs ?? null;
}

async function countHouseholds({ db, t: { households } }: Reader, villageId: string): Promise<number> {
  const [row] = await db
    .select({ total: count() })
    .from(households)
    .where(and(eq(households.villageId, villageId), eq(households.state, 'active')));
  return row?.total ?? 0;
}
