import type { RowOf } from '../../db/index.ts';
import { Refusal } from '../../shared/errors.ts';
import { publicDigits } from '../../shared/ledger/public-head.ts';
import type { DraftAt } from '../at.ts';
import { command, given, type Plan } from '../commands/index.ts';
import { cardOf } from '../cards/index.ts';
import { asOnDay, goodsById } from '../goods/index.ts';
import { COST, goodsAccount, stockCostAccount } from '../goods/ledger-kinds.ts';
import { householdById } from '../households/index.ts';
import { householdAccount } from '../households/ledger-kinds.ts';
import { type AccountRef, bookOf, type Entry, type LedgerRefusal } from '../ledger/index.ts';
import { type BasketLine, basketTitle, mergeLines, type PricedLine } from './basket.ts';
import { lastRedemptionOf, pinStanding } from './counter-pin.ts';
import { type DecidedRedemption, decideRedemption } from './decide-redemption.ts';
import { givenAccount, REDEEMED } from './ledger-kinds.ts';
import { allowedNewAt } from './allow-new.ts';
import { type GivenOut, newSince } from './new-card-or-pin.ts';
import type { PinStanding } from './pin-proof.ts';
import type { Recognised } from './presence.ts';
import type { Receipt } from './receipts.ts';
import { redemptionFacts } from './redemption-facts.ts';
import {
  redeemedOnDay,
  redemptionRows,
  type RedemptionRow,
  takenInMonth,
  vouchedInMonth,
} from './redemption-rows.ts';
import { isOwnHousehold, requireOpen, type Shift, shiftById } from './shifts.ts';
import { volunteerById } from './volunteer-by-id.ts';
import { standingVouchers } from './vouch.ts';
import type { VouchProof } from './vouch-proof.ts';

/** A command at a kiosk. The shift's volunteer hands out. */
export interface KioskAt extends DraftAt {
  readonly kioskId: string;
  readonly shiftId: string;
  /** Above so many points in a day the household's PIN is needed, however many baskets they are; null: never. */
  readonly pinAbove: number | null;
  /** The most that a household without card and PIN may have handed out in a month; 0: nothing. */
  readonly vouchedMost: number;
  /** When the books were opened: cards and PINs of before are not new. */
  readonly openedAtMs: number | null;
}

export interface Basket {
  readonly householdId: string;
  readonly lines: readonly BasketLine[];
  /** The total the screen showed. */
  readonly expectedPoints: number;
  /** How the household was recognised, by the presence that came with the basket; null if none counts. */
  readonly recognised: Recognised | null;
  /** Tells whether the PIN's proof that came with the basket still counts; null if none came. */
  readonly isPinProven: ((standing: PinStanding) => boolean) | null;
  /** The proofs that came with it of volunteers who typed their PINs. */
  readonly vouchProofs: readonly VouchProof[];
}

/**
 * Hands out a basket in one entry: points leave the household, goods leave the shelf, their cost leaves the
 * stock; all of it or nothing. Refuses in this order: the shift, the decision's own refusals (decide-redemption.ts),
 * the ledger's. Services move points only, and so do loans of which no pieces were ever taken in.
 */
export const redeem = command<Basket, KioskAt>()({
  reads: (
    { householdId, lines, recognised, isPinProven, vouchProofs },
    { shiftId, pinAbove, vouchedMost, today },
  ) => ({
    shift: shiftById.one([shiftId]),
    household: householdById.one([householdId]),
    card: cardOf.one([householdId]),
    goods: goodsById.each(mergeLines(lines).map(({ goodsId }) => [goodsId])),
    redeemedToday: pinAbove === null ? given(0) : redeemedOnDay.one([householdId, today]),
    pin:
      isPinProven === null || (pinAbove === null && recognised?.how === 'card')
        ? given(null)
        : pinStanding(householdId, today),
    vouchers: volunteerById.each(vouchProofs.map(({ volunteerId }) => [volunteerId])),
    lastRedemption: vouchProofs.length === 0 ? given(0) : lastRedemptionOf(householdId, today),
    vouchedThisMonth:
      recognised?.how === 'number' && vouchProofs.length > 0 && vouchedMost > 0
        ? vouchedInMonth.one([householdId, today.slice(0, 7)])
        : given(0),
    book: bookOf(accountsOf(householdId, lines)),
  }),
  then: ({ goods, card, household }, { householdId, lines }, { today, openedAtMs, nowMs }) => {
    const isLimited = lines.some(({ goodsId }) => (goods(goodsId)?.monthlyLimit ?? null) !== null);
    const isNew = newSince(givenOut({ card, household }, null), { openedAtMs, nowMs }) !== null;
    return {
      taken: isLimited ? takenInMonth.one([householdId, today.slice(0, 7)]) : given(NOTHING_TAKEN),
      allowedAtMs: isNew ? allowedNewAt.one([householdId]) : given(null),
    };
  },
  decide({ shift, book, ...known }, basket, at): Plan<Receipt> {
    const onDuty = requireOpen(shift, at);
    const facts = {
      household: known.household,
      isOwn: isOwnHousehold(onDuty, basket.householdId),
      recognised: basket.recognised,
      card: known.card,
      hasPin: typeof known.household?.pinHash === 'string',
      newSince: newSince(givenOut(known, known.allowedAtMs), at),
      vouchers: standingVouchers(basket.vouchProofs, {
        volunteers: known.vouchers,
        lastRedemption: known.lastRedemption,
        householdId: basket.householdId,
        points: basket.expectedPoints,
      }),
      onDuty: onDuty.volunteerId,
      vouchedThisMonth: known.vouchedThisMonth,
      goods: (id: string) => {
        const row = known.goods(id);
        return row && asOnDay(row, at.today);
      },
      takenThisMonth: known.taken,
      redeemedToday: known.redeemedToday,
      isPinProven: known.pin !== null && basket.isPinProven?.(known.pin) === true,
      states: book.states,
    };
    const { pinAbove, vouchedMost, nowMs } = at;
    const decided = decideRedemption(facts, { ...basket, pinAbove, vouchedMost, nowMs });
    const id = at.newId();
    const told = redemptionFacts(decided, onDuty.id);
    const drafted = at.ledger.draft(book, [{ ...entryOf(at, onDuty, id, decided), facts: told }]);
    if (!drafted.ok) throw basketRefusal(drafted, decided.lines);
    const [entry] = drafted.entries;
    if (!entry) throw new Error('a redemption without its entry');
    const row = rowOf(at, onDuty, id, decided, entry);
    const lines = decided.lines.map(({ goods: { id: goodsId, name, unit, price }, quantity }) => {
      return { goodsId, name, unit, quantity, price };
    });
    const lineRows = lines.map((line, index) => ({
      ...{ villageId: at.villageId, journalNumber: entry.number, line: index + 1 },
      ...line,
    }));
    return {
      rows: [...drafted.rows, ...redemptionRows(row, lineRows)],
      answer: receiptOf(row, onDuty, decided, { lines, digits: publicDigits(entry.hash) }),
    };
  },
});

interface Given {
  readonly card: GivenOut['card'];
  readonly household: { readonly pinSetAtMs: number | null } | undefined;
}

function givenOut({ card, household }: Given, allowedAtMs: number | null): GivenOut {
  return { card, pinSetAtMs: household?.pinSetAtMs ?? null, allowedAtMs };
}

const NOTHING_TAKEN: ReadonlyMap<string, number> = new Map();

/** Every account that the basket may move. */
function accountsOf(householdId: string, lines: readonly BasketLine[]): AccountRef[] {
  return [
    ...[householdAccount(householdId), REDEEMED, COST],
    ...lines.flatMap(({ goodsId }) => [
      goodsAccount('shelf', goodsId),
      givenAccount(goodsId),
      stockCostAccount(goodsId),
    ]),
  ];
}

function entryOf(
  { villageId, today, idempotencyKey }: KioskAt,
  { volunteerId }: Shift,
  id: string,
  { lines, moved }: DecidedRedemption,
) {
  const names = lines.map(({ goods, quantity }) => ({ name: goods.name, quantity }));
  return {
    ...{ villageId, kind: 'redemption' as const, effectiveOn: today, idempotencyKey, actorId: volunteerId },
    source: `redemption:${id}`,
    text: { title: basketTitle(names), note: '' },
    lines: moved,
  };
}

function rowOf(
  { villageId, kioskId, shiftId, today }: KioskAt,
  { volunteerId }: Shift,
  id: string,
  { household, points, costFen }: DecidedRedemption,
  { bookedAtMs, number }: Entry,
): RedemptionRow {
  return {
    ...{ villageId, id, householdId: household.id, kioskId, shiftId, volunteerId, points, costFen },
    ...{ effectiveOn: today, bookedAtMs, journalNumber: number },
  };
}

function receiptOf(
  { id, points, bookedAtMs, journalNumber }: RowOf<'redemptions'>,
  { volunteer }: Shift,
  { household, balanceBefore }: DecidedRedemption,
  told: { readonly lines: readonly Omit<Receipt['lines'][number], 'returned'>[]; readonly digits: string },
): Receipt {
  return {
    digits: told.digits,
    lines: told.lines.map((line) => ({ ...line, returned: 0 })),
    ...{ id, points, balanceAfter: balanceBefore - points, bookedAtMs, journalNumber, volunteer },
    household: { id: household.id, number: household.number, head: household.head },
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
