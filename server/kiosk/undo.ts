import { maskName } from '../../shared/mask-name.ts';
import { Refusal } from '../../shared/errors.ts';
import { publicDigits } from '../../shared/ledger/public-head.ts';
import { command, given, type Known } from '../commands/index.ts';
import { householdById } from '../households/index.ts';
import { householdAccount } from '../households/ledger-kinds.ts';
import {
  accountId,
  accountsToReverse,
  type Book,
  bookOf,
  type FactInput,
  orRefuse,
  type ReversibleEntry,
} from '../ledger/index.ts';
import { basketTitle } from './basket.ts';
import { mayUndo, type Receipt } from './receipts.ts';
import type { KioskAt } from './redemption-reads.ts';
import { entryOfRedemption, lastOfKiosk, redemptionById } from './redemption-rows.ts';
import { sourceOfRedemption } from './redemption-source.ts';
import { NOTHING_RETURNED, returnedOf } from './return-rows.ts';
import { isOwnHousehold, requireOpen, shiftById } from './shifts.ts';

/** The facts that decide whether a redemption may be undone. */
export interface UndoFacts {
  /** Undefined when this kiosk handed out no such basket. */
  readonly receipt: Receipt | undefined;
  /** The volunteer declared its household as the own or a relative's. */
  readonly isOwn: boolean;
  /** The id of the kiosk's latest redemption. */
  readonly latestId: string | undefined;
  readonly household: { readonly number: string; readonly state: string } | undefined;
}

/**
 * Takes back the kiosk's last redemption: points, goods and cost return together by one reversal. Only within
 * ten minutes, only while no other redemption followed on this kiosk, and only once however many ask.
 */
export const undoRedemption = command<{ readonly id: string }, KioskAt>()({
  reads: ({ id }, { shiftId, kioskId }) => ({
    shift: shiftById.one([shiftId]),
    handedOut: redemptionById.one([id]),
    latestId: lastOfKiosk.one([kioskId]),
    entry: entryOfRedemption.one([id]),
  }),
  then: ({ handedOut, entry }, _, { ledger }) => ({
    household: handedOut ? householdById.one([handedOut.redemption.householdId]) : given(undefined),
    returned: handedOut ? returnedOf.one([handedOut.redemption.journalNumber]) : given(NOTHING_RETURNED),
    book: bookOf(entry ? accountsToReverse(ledger.kinds, entry.lines) : []),
  }),
  decide({ shift, latestId, entry, book, ...known }, { id }, at) {
    const onDuty = requireOpen(shift, at);
    const { household } = known;
    const receipt = receiptOf({ ...known, entry }, at.kioskId);
    const isOwn = household !== undefined && isOwnHousehold(onDuty, household.id);
    const found = decideUndo({ receipt, isOwn, latestId, household }, id, at.nowMs);
    const { rows, ...answer } = takeBack(
      { receipt: found, entry, book, volunteerId: onDuty.volunteerId },
      at,
    );
    return { rows, answer };
  },
});

interface TakingBack {
  readonly receipt: Receipt;
  readonly entry: ReversibleEntry | undefined;
  readonly book: Book;
  readonly volunteerId: string;
  readonly facts?: readonly FactInput[];
}

/** Reverses the entry of a redemption; refuses when that was done before. `entry`: the number of the reversal. */
export function takeBack({ receipt, entry, book, volunteerId, facts = [] }: TakingBack, at: KioskAt) {
  const { villageId, idempotencyKey } = at;
  const reversal = at.ledger.draftReversal(entry, {
    ...{ villageId, number: receipt.journalNumber, effectiveOn: at.today, idempotencyKey },
    ...{ actorId: volunteerId, source: sourceOfRedemption(receipt.id) },
    text: { title: basketTitle(receipt.lines), note: '' },
    facts,
  });
  const { rows, entries } = orRefuse(at.ledger.draft(book, [orRefuse(reversal)]));
  const own = accountId(householdAccount(receipt.household.id));
  const balanceAfter =
    entries[0]?.postings.find((posting) => posting.accountId === own)?.balanceAfter ?? null;
  const undone: Receipt = { ...receipt, balanceAfter, undone: true, mayUndo: false };
  return { rows, receipt: undone, entry: entries[0]?.number ?? null };
}

/**
 * Returns the redemption to reverse. Throws the first refusal, in this order: redemption.not_found,
 * redemption.own_household, redemption.undone, redemption.partly_returned, redemption.undo_late, household.closed.
 */
export function decideUndo(
  { receipt, isOwn, latestId, household }: UndoFacts,
  id: string,
  nowMs: number,
): Receipt {
  if (!receipt) throw new Refusal('redemption.not_found', { id });
  if (isOwn) throw new Refusal('redemption.own_household');
  if (receipt.undone) throw new Refusal('redemption.undone');
  if (receipt.lines.some(({ returned }) => returned > 0)) throw new Refusal('redemption.partly_returned');
  const { bookedAtMs } = receipt;
  if (!mayUndo({ isLatest: latestId === id, undone: false, bookedAtMs }, nowMs))
    throw new Refusal('redemption.undo_late');
  if (household?.state === 'closed') throw new Refusal('household.closed', { number: household.number });
  return receipt;
}

type Handed = Known<{
  handedOut: ReturnType<typeof redemptionById.one>;
  household: ReturnType<typeof householdById.one>;
  entry: ReturnType<typeof entryOfRedemption.one>;
  returned: ReturnType<typeof returnedOf.one>;
}>;

/** The redemption as its kiosk shows it; undefined when another kiosk handed it out, or none. */
export function receiptOf(
  { handedOut, household, entry, returned }: Handed,
  kioskId: string,
): Receipt | undefined {
  if (handedOut?.redemption.kioskId !== kioskId || !household) return undefined;
  const { redemption, lines, volunteer, hash } = handedOut;
  const { id, points, bookedAtMs, journalNumber } = redemption;
  return {
    ...{ id, points, bookedAtMs, journalNumber, volunteer, balanceAfter: null, mayUndo: false },
    household: { id: household.id, number: household.number, head: maskName(household.head) },
    lines: lines.map((line) => ({ ...line, returned: returned.get(line.goodsId)?.quantity ?? 0 })),
    digits: publicDigits(hash),
    undone: entry !== undefined && entry.reversedBy !== null,
  };
}
