import { given, type Known } from '../commands/index.ts';
import { cardOf } from '../cards/index.ts';
import type { DraftAt } from '../at.ts';
import { asOnDay, goodsById } from '../goods/index.ts';
import { COST, goodsAccount, stockCostAccount } from '../goods/ledger-kinds.ts';
import { householdById } from '../households/index.ts';
import { householdAccount } from '../households/ledger-kinds.ts';
import { type AccountRef, type Book, bookOf } from '../ledger/index.ts';
import { allowedNewAt } from './allow-new.ts';
import { type BasketLine, mergeLines } from './basket.ts';
import { lastRedemptionOf, pinStanding } from './counter-pin.ts';
import type { RedemptionFacts } from './decide-redemption.ts';
import { givenAccount, REDEEMED } from './ledger-kinds.ts';
import { type GivenOut, newSince } from './new-card-or-pin.ts';
import type { PinStanding } from './pin-proof.ts';
import type { Recognised } from './presence.ts';
import { redeemedOnDay, takenInMonth, vouchedInMonth } from './redemption-rows.ts';
import { isOwnHousehold, type Shift, shiftById } from './shifts.ts';
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

/** The reads that decide about a basket, by key. */
export const readsToRedeem = (
  { householdId, lines, recognised, isPinProven, vouchProofs }: Basket,
  { shiftId, pinAbove, vouchedMost, today }: KioskAt,
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
  book: bookOf(accountsOfBasket(householdId, lines)),
});

const NOTHING_TAKEN: ReadonlyMap<string, number> = new Map();

type First = Known<ReturnType<typeof readsToRedeem>>;

/** The reads that depend on the household and its goods. */
export const thenToRedeem = (
  { goods, card, household }: Pick<First, 'goods' | 'card' | 'household'>,
  { householdId, lines }: Basket,
  { today, openedAtMs, nowMs }: KioskAt,
) => {
  const isLimited = lines.some(({ goodsId }) => (goods(goodsId)?.monthlyLimit ?? null) !== null);
  const isNew = newSince(givenOut({ card, household }, null), { openedAtMs, nowMs }) !== null;
  return {
    taken: isLimited ? takenInMonth.one([householdId, today.slice(0, 7)]) : given(NOTHING_TAKEN),
    allowedAtMs: isNew ? allowedNewAt.one([householdId]) : given(null),
  };
};

/** The answers to what a redemption reads. */
export type KnownToRedeem = Omit<First, 'shift' | 'book'> &
  Known<ReturnType<typeof thenToRedeem>> & { readonly states: Book['states'] };

/** Lays the answers out as the facts that decide. */
export function factsOf(
  known: KnownToRedeem,
  basket: Basket,
  at: Pick<KioskAt, 'today' | 'openedAtMs' | 'nowMs'>,
  onDuty: Shift,
): RedemptionFacts {
  return {
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
    states: known.states,
  };
}

interface Given {
  readonly card: GivenOut['card'];
  readonly household: { readonly pinSetAtMs: number | null } | undefined;
}

function givenOut({ card, household }: Given, allowedAtMs: number | null): GivenOut {
  return { card, pinSetAtMs: household?.pinSetAtMs ?? null, allowedAtMs };
}

/** Every account that a basket, or its return, may move. */
export function accountsOfBasket(householdId: string, lines: readonly BasketLine[]): AccountRef[] {
  return [
    ...[householdAccount(householdId), REDEEMED, COST],
    ...lines.flatMap(({ goodsId }) => [
      goodsAccount('shelf', goodsId),
      givenAccount(goodsId),
      stockCostAccount(goodsId),
    ]),
  ];
}
