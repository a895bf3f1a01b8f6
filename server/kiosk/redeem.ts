import { and, eq, inArray, sql } from 'drizzle-orm';
import type { Reader } from '../../db/index.ts';
import { Refusal } from '../../shared/errors.ts';
import { householdAccount } from '../households/ledger-kinds.ts';
import { accountId, type LedgerRefusal, type LineInput, lockedBalances } from '../ledger/index.ts';
import { COST, goodsAccount, stockCostAccount } from '../goods/ledger-kinds.ts';
import {
  basketTitle,
  checkLimits,
  mergeLines,
  priceLines,
  totalPoints,
  type BasketLine,
  type PricedLine,
} from './basket.ts';
import { shareOfCostFen } from '../goods/index.ts';
import { pinStanding } from './counter-pin.ts';
import type { GoodsRow } from '../goods/index.ts';
import type { PinStanding } from './pin-proof.ts';
import type { Receipt } from './receipts.ts';
import { givenAccount, REDEEMED } from './ledger-kinds.ts';
import { redeemedOn, type RedemptionRow, takenThisMonth, writeRedemption } from './redemption-rows.ts';
import { lockedShift } from './shifts.ts';
import type { Work } from '../goods/index.ts';

/** Work at a kiosk: who hands out is the shift's volunteer. */
export interface KioskWork extends Work {
  readonly kioskId: string;
  readonly shiftId: string;
  /** Above this many points in a day the household's PIN is needed, over all its baskets; null: never. */
  readonly pinAbove: number | null;
}

export interface Basket {
  readonly householdId: string;
  readonly lines: readonly BasketLine[];
  /** The total the screen showed. */
  readonly expectedPoints: number;
  /** Whether the household has just given this PIN, and took nothing since. */
  readonly isPinProven: (standing: PinStanding) => boolean;
}

/**
 * Hands out a basket in one entry: points leave the household, goods leave the shelf, their cost leaves the stock;
 * all of it or nothing. It checks in this order and names the first obstacle: shift, household, items, monthly
 * limits, prices, PIN, points, stock. Services move points only; so do loans of which no piece was ever taken in. A
 * basket that would move nothing at all is refused.
 */
export async function redeem(work: KioskWork, basket: Basket): Promise<Receipt> {
  const { tx, ledger, villageId } = work;
  await tx.lockBook(villageId);
  const shift = await lockedShift(tx, villageId, work.shiftId, work.nowMs);
  const household = await findHousehold(tx, villageId, basket.householdId);
  const merged = mergeLines(basket.lines);
  const lines = priceLines(merged, await goodsById(tx, villageId, merged));
  if (lines.some(({ goods }) => goods.monthlyLimit !== null)) {
    checkLimits(lines, await takenThisMonth(tx, villageId, household.id, work.today));
  }
  const points = totalPoints(lines, basket.expectedPoints);
  await requirePin(work, points, basket);
  const movement = await measure(work, household.id, lines, points);
  const posted = await ledger.post(tx, {
    villageId,
    kind: 'redemption',
    effectiveOn: work.today,
    idempotencyKey: work.idempotencyKey,
    actorId: shift.volunteerId,
    source: `redemption:${movement.redemptionId}`,
    text: {
      title: basketTitle(lines.map(({ goods, quantity }) => ({ name: goods.name, quantity }))),
      note: '',
    },
    lines: movement.lines,
  });
  if (!posted.ok) throw basketRefusal(posted, lines);
  const row: RedemptionRow = {
    villageId,
    id: movement.redemptionId,
    householdId: household.id,
    kioskId: work.kioskId,
    volunteerId: shift.volunteerId,
    shiftId: work.shiftId,
    points,
    costFen: movement.costFen,
    effectiveOn: work.today,
    bookedAtMs: posted.entry.bookedAtMs,
    journalNumber: posted.entry.number,
  };
  const handedOut = lines.map(({ goods, quantity }, index) => ({
    villageId,
    redemptionId: row.id,
    line: index + 1,
    goodsId: goods.id,
    name: goods.name,
    unit: goods.unit,
    quantity,
    price: goods.price,
  }));
  await writeRedemption(tx, row, handedOut);
  return {
    id: row.id,
    household,
    lines: handedOut.map(({ goodsId, name, unit, quantity, price }) => ({
      goodsId,
      name,
      unit,
      quantity,
      price,
    })),
    points,
    balanceAfter: movement.balanceBefore - points,
    bookedAtMs: row.bookedAtMs,
    journalNumber: row.journalNumber,
    volunteer: shift.volunteer,
    undone: false,
    mayUndo: true,
  };
}

/** Counted by the day, so that somebody who found a card cannot stay under the amount with many small baskets. */
async function requirePin(
  { tx, villageId, pinAbove, today }: KioskWork,
  points: number,
  { householdId, isPinProven }: Basket,
): Promise<void> {
  if (pinAbove === null || points === 0) return;
  const before = await redeemedOn(tx, villageId, householdId, today);
  if (before + points <= pinAbove) return;
  if (isPinProven(await pinStanding(tx, villageId, householdId))) return;
  throw new Refusal('redemption.pin_needed', { above: pinAbove, ...(before > 0 ? { before } : {}) });
}

interface Movement {
  readonly redemptionId: string;
  readonly balanceBefore: number;
  readonly costFen: number;
  readonly lines: readonly LineInput[];
}

/**
 * Measures what the entry will move. Balances are read under the village's lock, so nobody can change them before it
 * is posted. The ledger decides whether they suffice.
 */
async function measure(
  work: KioskWork,
  householdId: string,
  lines: readonly PricedLine[],
  points: number,
): Promise<Movement> {
  const household = householdAccount(householdId);
  const counted = lines.filter(({ goods }) => goods.keepsStock);
  if (points === 0 && counted.length === 0) throw new Refusal('redemption.empty');
  const theirs = counted.flatMap(({ goods }) => [
    goodsAccount('shelf', goods.id),
    stockCostAccount(goods.id),
  ]);
  const found = await lockedBalances(work.tx, work.villageId, [household, ...theirs]);
  const balanceBefore = found.get(accountId(household)) ?? 0;
  const moved: LineInput[] = [];
  if (points > 0) {
    moved.push({ account: household, amount: -points }, { account: REDEEMED, amount: points });
  }
  let costFen = 0;
  for (const { goods, quantity } of counted) {
    const shelf = goodsAccount('shelf', goods.id);
    const left = found.get(accountId(shelf)) ?? 0;
    moved.push({ account: shelf, amount: -quantity }, { account: givenAccount(goods.id), amount: quantity });
    const stock = stockCostAccount(goods.id);
    const share = shareOfCostFen(found.get(accountId(stock)) ?? 0, Math.min(quantity, left), left);
    if (share > 0) moved.push({ account: stock, amount: -share });
    costFen += share;
  }
  if (costFen > 0) moved.push({ account: COST, amount: costFen });
  return { redemptionId: work.newId(), balanceBefore, costFen, lines: moved };
}

/** The ledger says which account is short. At the counter its item is named. */
function basketRefusal({ code, params }: LedgerRefusal, lines: readonly PricedLine[]): Refusal {
  const { owner, needed, ...figures } = params;
  if (code === 'ledger.points_short') return new Refusal(code, { ...figures, needed: needed ?? 0 });
  const short = lines.find(({ goods }) => goods.id === owner);
  if (code !== 'ledger.stock_short' || !short) return new Refusal(code, params);
  const { name } = short.goods;
  return new Refusal(code, { ...figures, name, left: figures.balance ?? 0, wanted: needed ?? 0 });
}

interface Recipient {
  readonly id: string;
  readonly number: string;
  readonly head: string;
}

async function findHousehold(reader: Reader, villageId: string, id: string): Promise<Recipient> {
  const [row] = await reader.prepared(
    'shop.householdById',
    ({ db, t: { households } }) =>
      db
        .select({
          id: households.id,
          number: households.number,
          head: households.head,
          state: households.state,
        })
        .from(households)
        .where(
          and(
            eq(households.villageId, sql.placeholder('villageId')),
            eq(households.id, sql.placeholder('id')),
          ),
        ),
    { villageId, id },
  );
  if (!row) throw new Refusal('household.not_found', { id });
  if (row.state === 'closed') throw new Refusal('household.closed', { number: row.number });
  return { id: row.id, number: row.number, head: row.head };
}

async function goodsById(
  reader: Reader,
  villageId: string,
  lines: readonly BasketLine[],
): Promise<Map<string, GoodsRow>> {
  // One prepared query for each size of basket: at most fifty of them.
  const names = lines.map((_, index) => `goods${index}`);
  const values = Object.fromEntries(lines.map(({ goodsId }, index) => [`goods${index}`, goodsId]));
  const rows = await reader.prepared(
    `shop.goodsOf${names.length}`,
    ({ db, t: { goods } }) =>
      db
        .select()
        .from(goods)
        .where(
          and(
            eq(goods.villageId, sql.placeholder('villageId')),
            inArray(
              goods.id,
              names.map((name) => sql.placeholder(name)),
            ),
          ),
        ),
    { villageId, ...values },
  );
  return new Map(rows.map((row) => [row.id, row]));
}
