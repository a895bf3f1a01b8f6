import { and, desc, eq } from 'drizzle-orm';
import { Refusal } from '../../shared/errors.ts';
import { householdAccount } from '../households/ledger-kinds.ts';
import { balance, orRefuse } from '../ledger/index.ts';
import { findHousehold } from '../households/index.ts';
import { basketTitle } from './basket.ts';
import { mayUndo, oneReceipt, type Receipt } from './receipts.ts';
import type { KioskWork } from './redeem.ts';
import { findShift } from './shifts.ts';

/** The facts that decide whether a redemption may be undone, read while the village's book is held. */
export interface UndoFacts {
  /** Undefined when this kiosk handed out no such basket. */
  readonly receipt: Receipt | undefined;
  /** The id of the kiosk's latest redemption. */
  readonly latestId: string | undefined;
  readonly household: { readonly number: string; readonly state: string } | undefined;
}

/**
 * Takes back the kiosk's last redemption: points, goods and cost return together by one reversal. Only within
 * five minutes, only while no other redemption followed on this kiosk, and only once however many ask.
 */
export async function undoRedemption(work: KioskWork, id: string): Promise<Receipt> {
  const { tx, ledger, villageId } = work;
  await tx.lockBook(villageId);
  const shift = await findShift(tx, villageId, work.shiftId, work.nowMs);
  const found = decideUndo(await readFacts(work, id), id, work.nowMs);
  const outcome = await ledger.reverse(tx, {
    villageId,
    number: found.journalNumber,
    effectiveOn: work.today,
    idempotencyKey: work.idempotencyKey,
    actorId: shift.volunteerId,
    source: `redemption:${id}`,
    text: { title: basketTitle(found.lines), note: '' },
  });
  if (!outcome.ok && outcome.code === 'ledger.already_reversed') throw new Refusal('redemption.undone');
  orRefuse(outcome);
  const balanceAfter = await balance(tx, villageId, householdAccount(found.household.id));
  return { ...found, balanceAfter, undone: true, mayUndo: false };
}

/**
 * Returns the redemption to reverse. Throws the first refusal, in this order: redemption.not_found, redemption.undone,
 * redemption.undo_late, household.closed.
 */
export function decideUndo({ receipt, latestId, household }: UndoFacts, id: string, nowMs: number): Receipt {
  if (!receipt) throw new Refusal('redemption.not_found', { id });
  if (receipt.undone) throw new Refusal('redemption.undone');
  const { bookedAtMs } = receipt;
  if (!mayUndo({ isLatest: latestId === id, undone: false, bookedAtMs }, nowMs))
    throw new Refusal('redemption.undo_late');
  if (household?.state === 'closed') throw new Refusal('household.closed', { number: household.number });
  return receipt;
}

async function readFacts({ tx, villageId, kioskId }: KioskWork, id: string): Promise<UndoFacts> {
  const { redemptions } = tx.t;
  const receipt = await oneReceipt(tx, villageId, kioskId, id);
  if (!receipt) return { receipt, latestId: undefined, household: undefined };
  const [latest] = await tx.db
    .select({ id: redemptions.id })
    .from(redemptions)
    .where(and(eq(redemptions.villageId, villageId), eq(redemptions.kioskId, kioskId)))
    .orderBy(desc(redemptions.journalNumber))
    .limit(1);
  return {
    receipt,
    latestId: latest?.id,
    household: await findHousehold(tx, villageId, receipt.household.id),
  };
}
