import { and, desc, eq } from 'drizzle-orm';
import { Refusal } from '../../shared/errors.ts';
import { householdAccount } from '../households/ledger-kinds.ts';
import { balance, orRefuse } from '../ledger/index.ts';
import { findHousehold } from '../households/index.ts';
import { basketTitle } from './basket.ts';
import { mayUndo, oneReceipt, type Receipt } from './receipts.ts';
import type { KioskWork } from './redeem.ts';
import { findShift } from './shifts.ts';

/**
 * Takes back the kiosk's last redemption: one reversal returns points, goods and cost together. It works within five
 * minutes, while no other redemption followed on this kiosk, and once, however many ask.
 */
export async function undoRedemption(work: KioskWork, id: string): Promise<Receipt> {
  const { tx, ledger, villageId } = work;
  const { redemptions } = tx.t;
  await tx.lockBook(villageId);
  const shift = await findShift(tx, villageId, work.shiftId, work.nowMs);
  const found = await oneReceipt(tx, villageId, work.kioskId, id);
  if (!found) throw new Refusal('redemption.not_found', { id });
  if (found.undone) throw new Refusal('redemption.undone');
  const [latest] = await tx.db
    .select({ id: redemptions.id })
    .from(redemptions)
    .where(and(eq(redemptions.villageId, villageId), eq(redemptions.kioskId, work.kioskId)))
    .orderBy(desc(redemptions.journalNumber))
    .limit(1);
  const isLatest = latest?.id === id;
  if (!mayUndo({ isLatest, undone: false, bookedAtMs: found.bookedAtMs }, work.nowMs))
    throw new Refusal('redemption.undo_late');
  const { state, number } = await findHousehold(tx, villageId, found.household.id);
  if (state === 'closed') throw new Refusal('household.closed', { number });
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
