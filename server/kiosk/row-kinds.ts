import { businessDay } from '../../shared/business-day.ts';
import { Refusal } from '../../shared/errors.ts';
import { type RowBodies, rowBodies } from '../../shared/kiosk/rows.ts';
import { UNDO_WITHIN_MS } from '../../shared/kiosk/undo-limit.ts';
import type { Mark } from '../../shared/outbox/mark-words.ts';
import { answeredBy, type Call, together } from '../commands/index.ts';
import type { RandomBytes } from '../http/index.ts';
import type { TokenKeys } from '../identity/index.ts';
import type { Ledger } from '../ledger/index.ts';
import { NOT_YET, type RowAt, type RowKind, rowKind, type RowOutcome } from '../outbox/index.ts';
import { isPinProven, type PinStanding } from './pin-proof.ts';
import { readPresence, type Recognised } from './presence.ts';
import type { GoodsReturn } from './book-return.ts';
import type { Receipt } from './receipts.ts';
import { redeem } from './redeem.ts';
import { type HandedOutAt, redeemHandedOut } from './redeem-handed-out.ts';
import type { KioskAt } from './redemption-reads.ts';
import { returnGoods } from './return-goods.ts';
import { returnGoodsLate } from './return-goods-late.ts';
import { beginShift, endShift } from './shift-rows.ts';
import { requireAskingShift } from './shift-of-row.ts';
import { shiftById } from './shifts.ts';
import { undoHandedOut } from './undo-handed-out.ts';
import { undoRedemption } from './undo.ts';
import { readVouchProof } from './vouch-proof.ts';

export interface RowServices {
  readonly ledger: Ledger;
  readonly random: RandomBytes;
  readonly pinProofKeys: TokenKeys;
  readonly presenceKeys: TokenKeys;
}

/** The kinds of rows that a counter's outbox holds. */
export function counterRowKinds(services: RowServices): readonly RowKind[] {
  const { random, ledger: book } = services;
  return [
    rowKind({
      kind: 'kiosk.redeem',
      body: rowBodies['kiosk.redeem'],
      householdOf: ({ householdId }) => householdId,
      amountOf: ({ points }) => points,
      carryOut: (body, at) => redeemCall(services, body, at),
    }),
    rowKind({
      kind: 'kiosk.undo',
      body: rowBodies['kiosk.undo'],
      householdOf: () => null,
      follows: ({ undoes }) => undoes,
      carryOut: (_, at) => undoCall(at),
    }),
    rowKind({
      kind: 'kiosk.return',
      body: rowBodies['kiosk.return'],
      householdOf: ({ householdId }) => householdId,
      follows: ({ follows }) => follows,
      carryOut: (body, at) => returnCall(services, body, at),
    }),
    rowKind({
      kind: 'kiosk.beginShift',
      body: rowBodies['kiosk.beginShift'],
      householdOf: () => null,
      carryOut: (body, at) => beginShift.with(body, { ...at, random, book }),
    }),
    rowKind({
      kind: 'kiosk.endShift',
      body: rowBodies['kiosk.endShift'],
      householdOf: () => null,
      carryOut: (body, at) => endShift.with(body, { ...at, random, book }),
    }),
  ];
}

function redeemCall(
  { pinProofKeys: keys, presenceKeys }: RowServices,
  body: RowBodies['kiosk.redeem'],
  at: RowAt,
): Call<RowOutcome> {
  const { madeAtMs } = at;
  const place = { ...placeOf(at), householdId: body.householdId };
  const { pinProof } = body;
  const isProven = (standing: PinStanding) =>
    pinProof !== null && isPinProven(keys, pinProof, { ...place, ...standing }, madeAtMs);
  const basket = {
    ...{ householdId: body.householdId, lines: body.lines, expectedPoints: body.points },
    recognised: recognisedBy(presenceKeys, body, place, at),
    isPinProven: pinProof === null ? null : isProven,
    vouchProofs: body.vouchProofs.flatMap((token) => readVouchProof(keys, token, place, madeAtMs) ?? []),
  };
  if (at.done !== null) return redeemHandedOut.with(basket, handedOutAt(at, ownCard(body)));
  const receiptCall = askedInShift(redeem.with(basket, kioskAt(at)), at);
  return booked(answeredBy(receiptCall, (receipt) => ({ receipt, entry: receipt.journalNumber })));
}

/** The device's own word about a card counts once the goods are gone, because the network was. It never does where the row asks. */
function recognisedBy(
  keys: TokenKeys,
  { presence }: RowBodies['kiosk.redeem'],
  place: Parameters<typeof readPresence>[2],
  { madeAtMs, done }: RowAt,
): Recognised | null {
  if (presence === null) return null;
  if ('token' in presence) return readPresence(keys, presence.token, place, madeAtMs);
  return done === null ? null : { how: 'card', cardIssuedAtMs: presence.cardIssuedAtMs };
}

/** Nobody but the device knows that a card was shown that it found in its own copy. */
function ownCard({ presence }: RowBodies['kiosk.redeem']): readonly Mark[] {
  return presence !== null && 'cardIssuedAtMs' in presence ? ['outbox.own_card'] : [];
}

function undoCall(at: RowAt): Call<RowOutcome> {
  const { followed } = at;
  if (followed === null || followed.answer === 'waiting') return settled(NOT_YET);
  if (followed.thingId === null) return refusing('outbox.superseded');
  if (at.done !== null)
    return undoHandedOut.with(
      { id: followed.thingId, madeAtMs: followed.madeAtMs },
      handedOutAt(at, lateUndo(followed.receivedAtMs, at)),
    );
  return booked(askedInShift(undoRedemption.with({ id: followed.thingId }, kioskAt(at)), at));
}

/** A restored server books a redemption under another id: the row that handed out knows it. */
function returnCall(
  { presenceKeys }: RowServices,
  body: RowBodies['kiosk.return'],
  at: RowAt,
): Call<RowOutcome> {
  // The counter returns nothing without the server's answer.
  if (at.done === 'here') return refusing('outbox.body');
  const { followed, madeAtMs } = at;
  const isNamed = body.follows !== null;
  if (isNamed && (followed === null || followed.answer === 'waiting')) return settled(NOT_YET);
  if (isNamed && followed?.thingId === null) return refusing('outbox.superseded');
  const recognisedAs = (householdId: string) =>
    readPresence(presenceKeys, body.presence.token, { ...placeOf(at), householdId }, madeAtMs);
  const { householdId, lines } = body;
  const wanted = { id: followed?.thingId ?? body.redemptionId, householdId, lines, recognisedAs };
  if (at.done === null) {
    const receiptCall = askedInShift(returnGoods.with(wanted, kioskAt(at)), at);
    return answeredBy(receiptCall, (receipt) =>
      bookedAs(receipt, receipt.journalNumber, receipt.redemption.id),
    );
  }
  const madeOn = businessDay(madeAtMs, at.village.settings.timeZone);
  return returnGoodsLate.with(wanted, { ...handedOutAt(at, []), madeOn });
}

/**
 * An undo without network comes together with what it takes back, or soon after. One that comes when that has long been
 * booked may have been made in the evening: only the device says when it was.
 */
function lateUndo(bookedAtMs: number, { receivedAtMs }: RowAt): readonly Mark[] {
  return receivedAtMs - bookedAtMs > UNDO_WITHIN_MS ? ['outbox.undo_late'] : [];
}

interface Booked {
  readonly receipt: Receipt;
  /** The number of the row's own entry: a receipt of an undo names the redemption's. */
  readonly entry: number | null;
}

function booked(call: Call<Booked>): Call<RowOutcome> {
  return answeredBy(call, ({ receipt, entry }) => bookedAs(receipt, entry, receipt.id));
}

/** `thing`: the redemption that the row is about. */
function bookedAs(receipt: Receipt | GoodsReturn, entry: number | null, thing: string): RowOutcome {
  return { answer: 'booked', entry, thing, marks: [], receipt: { ...receipt } };
}

/** A row that asks needs an open shift of its own kiosk, as a request with the shift's token does. */
function askedInShift<A>(call: Call<A>, at: RowAt): Call<A> {
  const shift = shiftById.one([at.shiftId]);
  const first = together({ shift, own: call.first() });
  return {
    first: () => first,
    second: (set) => call.second(set),
    decide(set) {
      const { openedAtMs } = at.village;
      requireAskingShift(shift.pick(set), { ...at, openedAtMs });
      if (openedAtMs === null) throw new Refusal('village.not_open');
      return call.decide(set);
    },
  };
}

function settled(outcome: RowOutcome): Call<RowOutcome> {
  return {
    first: () => together({}),
    second: () => together({}),
    decide: () => ({ rows: [], answer: outcome }),
  };
}

function refusing(code: Refusal['code']): Call<RowOutcome> {
  return {
    first: () => together({}),
    second: () => together({}),
    decide() {
      throw new Refusal(code);
    },
  };
}

function placeOf({ villageId, kioskId, shiftId }: RowAt) {
  return { villageId, kioskId, shiftId };
}

function kioskAt(at: RowAt): KioskAt {
  const { openedAtMs, settings } = at.village;
  const { pinAboveHundredths: pinAbove, vouchedHundredthsAMonth: vouchedMost } = settings;
  return { ...at, pinAbove, vouchedMost, openedAtMs };
}

function handedOutAt(at: RowAt, own: readonly Mark[]): HandedOutAt {
  const row = { device: at.deviceId, number: at.number };
  const withoutNetworkMost = at.village.settings.withoutNetworkHundredths;
  return { ...kioskAt(at), nowMs: at.madeAtMs, row, marks: [...at.marks, ...own], withoutNetworkMost };
}
