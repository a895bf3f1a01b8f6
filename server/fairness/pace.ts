import { and, asc, eq } from 'drizzle-orm';
import type { Reader } from '../../db/index.ts';
import { DAY_MS } from '../../shared/business-day.ts';
import type { FairnessView } from '../../shared/fairness/contract.ts';
import { REDEEMED } from '../kiosk/ledger-kinds.ts';
import { accountId, movedBetween } from '../ledger/index.ts';
import { shopCover } from '../village/index.ts';
import { threeMonthsBefore, type Village } from './stretch.ts';

type Cover = FairnessView['cover'];
type Pace = Cover['pace'];

/** A pace of fewer days could be that of one market day. */
export const PACE_DAYS_LEAST = 30;
const DAYS_A_YEAR = 365;
const MONTHS_A_YEAR = 12;

/** Compares what the shop owes with what its shelf is worth, and tells how long that lasts at the pace of three months. */
export async function coverOf(reader: Reader, village: Village, today: string): Promise<Cover> {
  const cover = await shopCover(reader, village);
  const { pointValueFen } = village.settings;
  const first = await firstRedemption(reader, village.id);
  return { ...cover, pointValueFen, pace: await paceOf(reader, village, { first, today, ...cover }) };
}

async function paceOf(
  reader: Reader,
  { id, settings: { pointValueFen } }: Village,
  { first, today, stockCostFen }: { first: string | null; today: string; stockCostFen: number },
): Promise<Pace> {
  if (first === null || first > today)
    return { since: null, days: 0, redeemed: 0, aMonth: null, monthsLeft: null };
  const start = threeMonthsBefore(today);
  const since = first > start ? first : start;
  const days = (Date.parse(today) - Date.parse(since)) / DAY_MS + 1;
  const redeemed = await movedBetween(reader, id, REDEEMED, since, today);
  return { since, days, redeemed, ...lastsAt({ days, redeemed, stockCostFen, pointValueFen }) };
}

/** Computes how many months a stock lasts. Null where there is too little to tell. */
export function lastsAt({
  days,
  redeemed,
  stockCostFen,
  pointValueFen,
}: {
  readonly days: number;
  readonly redeemed: number;
  readonly stockCostFen: number;
  readonly pointValueFen: number;
}): Pick<Pace, 'aMonth' | 'monthsLeft'> {
  if (days < PACE_DAYS_LEAST || redeemed <= 0) return { aMonth: null, monthsLeft: null };
  const aMonth = Math.round((redeemed * DAYS_A_YEAR) / (MONTHS_A_YEAR * days));
  // Points are hundredths, the answer is in tenths of a month.
  const worth = BigInt(aMonth) * BigInt(pointValueFen);
  const tenths = worth > 0n ? (BigInt(Math.max(0, stockCostFen)) * 1000n) / worth : null;
  return { aMonth, monthsLeft: tenths === null ? null : Number(tenths) / 10 };
}

/** The day of the first redemption; null before there is one. */
async function firstRedemption(
  { db, t: { accounts, postings } }: Reader,
  villageId: string,
): Promise<string | null> {
  const [account] = await db
    .select({ number: accounts.number })
    .from(accounts)
    .where(and(eq(accounts.villageId, villageId), eq(accounts.id, accountId(REDEEMED))));
  if (!account) return null;
  const [first] = await db
    .select({ day: postings.effectiveOn })
    .from(postings)
    .where(and(eq(postings.villageId, villageId), eq(postings.accountNumber, account.number)))
    .orderBy(asc(postings.effectiveThrough), asc(postings.number))
    .limit(1);
  return first?.day ?? null;
}
