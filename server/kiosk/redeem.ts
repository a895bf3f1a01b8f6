import { and, eq, inArray, sql } from 'drizzle-orm';
import type { Reader } from '../../db/index.ts';
import { Refusal } from '../../shared/errors.ts';
import type { BookingAt } from '../at.ts';
import type { GoodsRow } from '../goods/index.ts';
import { goodsAccount, stockCostAccount } from '../goods/ledger-kinds.ts';
import { householdAccount } from '../households/ledger-kinds.ts';
import { type LedgerRefusal, lockedBalances } from '../ledger/index.ts';
import { type BasketLine, basketTitle, mergeLines, type PricedLine } from './basket.ts';
import { pinStanding } from './counter-pin.ts';
import {
  type DecidedRedemption,
  decideRedemption,
  type Recipient,
  type RedemptionFacts,
} from './decide-redemption.ts';
import type { PinStanding } from './pin-proof.ts';
import type { Receipt } from './receipts.ts';
import { redeemedOn, type RedemptionRow, takenThisMonth, writeRedemption } from './redemption-rows.ts';
import { lockedShift, type Shift } from './shifts.ts';

/** Work at a kiosk. The shift's volunteer hands out. */
export interface KioskWork extends BookingAt {
  readonly kioskId: string;
  readonly shiftId: string;
  /** Above so many points in a day the household's PIN is needed, however many baskets they are; null: never. */
  readonly pinAbove: number | null;
}

export interface Basket {
  readonly householdId: string;
  readonly lines: readonly BasketLine[];
  /** The total the screen showed. */
  readonly expectedPoints: number;
  /** Tells whether the PIN's proof that came with the basket still counts; null if none came. */
  readonly isPinProven: ((standing: PinStanding) => boolean) | null;
}

/**
 * Hands out a basket in one entry: points leave the household, goods leave the shelf, their cost leaves the
 * stock; all of it or nothing. Refuses in this order: the shift, the decision's own refusals (decide-redemption.ts),
 * the ledger's. Services move points only, and so do loans of which no pieces were ever taken in.
 */
export async function redeem(work: KioskWork, basket: Basket): Promise<Receipt> {
  const { tx, villageId } = work;
  await tx.lockBook(villageId);
  const shift = await lockedShift(tx, villageId, work.shiftId, work.nowMs);
  const facts = await readFacts(work, basket);
  const decided = decideRedemption(facts, { ...basket, pinAbove: work.pinAbove });
  return book(work, shift, decided);
}

async function readFacts(work: KioskWork, basket: Basket): Promise<RedemptionFacts> {
  const { tx, villageId, today, pinAbove } = work;
  const { householdId, isPinProven } = basket;
  const [household, goods] = await Promise.all([
    findRecipient(tx, villageId, householdId),
    goodsById(tx, villageId, mergeLines(basket.lines)),
  ]);
  const rows = Array.from(goods.values());
  const isLimited = rows.some(({ monthlyLimit }) => monthlyLimit !== null);
  const stock = rows.filter(({ keepsStock }) => keepsStock);
  const accounts = [
    householdAccount(householdId),
    ...stock.flatMap(({ id }) => [goodsAccount('shelf', id), stockCostAccount(id)]),
  ];
  const [taken, redeemedToday, isProven, balances] = await Promise.all([
    isLimited ? takenThisMonth(tx, villageId, householdId, today) : new Map<string, number>(),
    pinAbove === null ? 0 : redeemedOn(tx, villageId, householdId, today),
    pinAbove === null || isPinProven === null
      ? false
      : pinStanding(tx, villageId, householdId).then(isPinProven),
    lockedBalances(tx, villageId, accounts),
  ]);
  return { household, goods, takenThisMonth: taken, redeemedToday, isPinProven: isProven, balances };
}

async function book(
  work: KioskWork,
  shift: Shift,
  { household, lines, points, costFen, balanceBefore, moved }: DecidedRedemption,
): Promise<Receipt> {
  const { tx, ledger, villageId } = work;
  const id = work.newId();
  const posted = await ledger.post(tx, {
    villageId,
    kind: 'redemption',
    effectiveOn: work.today,
    idempotencyKey: work.idempotencyKey,
    actorId: shift.volunteerId,
    source: `redemption:${id}`,
    text: {
      title: basketTitle(lines.map(({ goods, quantity }) => ({ name: goods.name, quantity }))),
      note: '',
    },
    lines: moved,
  });
  if (!posted.ok) throw basketRefusal(posted, lines);
  const row: RedemptionRow = {
    ...{ villageId, id, householdId: household.id, kioskId: work.kioskId, shiftId: work.shiftId },
    ...{ volunteerId: shift.volunteerId, points, costFen, effectiveOn: work.today },
    bookedAtMs: posted.entry.bookedAtMs,
    journalNumber: posted.entry.number,
  };
  const handedOut = lines.map(({ goods, quantity }) => {
    const { id: goodsId, name, unit, price } = goods;
    return { goodsId, name, unit, quantity, price };
  });
  await writeRedemption(
    tx,
    row,
    handedOut.map((line, index) => ({ villageId, redemptionId: id, line: index + 1, ...line })),
  );
  return {
    id,
    household: { id: household.id, number: household.number, head: household.head },
    lines: handedOut,
    points,
    balanceAfter: balanceBefore - points,
    bookedAtMs: row.bookedAtMs,
    journalNumber: row.journalNumber,
    volunteer: shift.volunteer,
    undone: false,
    mayUndo: true,
  };
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

async function findRecipient(reader: Reader, villageId: string, id: string): Promise<Recipient | undefined> {
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
  return row;
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
