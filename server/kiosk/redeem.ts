import { Refusal } from '../../shared/errors.ts';
import { command, type Plan } from '../commands/index.ts';
import type { LedgerRefusal } from '../ledger/index.ts';
import type { PricedLine } from './basket.ts';
import { decideRedemption } from './decide-redemption.ts';
import type { Receipt } from './receipts.ts';
import { redemptionFacts } from './redemption-facts.ts';
import { entryOf, redemptionPlan } from './redemption-plan.ts';
import { type Basket, factsOf, type KioskAt, readsToRedeem, thenToRedeem } from './redemption-reads.ts';
import { requireOpen } from './shifts.ts';

/**
 * Hands out a basket in one entry: points leave the household, goods leave the shelf, their cost leaves the
 * stock; all of it or nothing. Refuses in this order: the shift, the decision's own refusals (decide-redemption.ts),
 * the ledger's. Services move points only, and so do loans of which no pieces were ever taken in.
 */
export const redeem = command<Basket, KioskAt>()({
  reads: readsToRedeem,
  then: thenToRedeem,
  decide({ shift, book, ...known }, basket, at): Plan<Receipt> {
    const onDuty = requireOpen(shift, at);
    const facts = factsOf({ ...known, states: book.states }, basket, at, onDuty);
    const { pinAbove, vouchedMost, nowMs } = at;
    const decided = decideRedemption(facts, { ...basket, pinAbove, vouchedMost, nowMs });
    const id = at.newId();
    const told = redemptionFacts(decided, onDuty.id);
    const drafted = at.ledger.draft(book, [
      { ...entryOf(at, onDuty, id, decided), kind: 'redemption', facts: told },
    ]);
    if (!drafted.ok) throw basketRefusal(drafted, decided.lines);
    return redemptionPlan(at, onDuty, { id, decided, drafted });
  },
});

/** The ledger says which account is short. At the counter its item is named. */
function basketRefusal({ code, params }: LedgerRefusal, lines: readonly PricedLine[]): Refusal {
  const { owner, needed, ...figures } = params;
  if (code === 'ledger.points_short') return new Refusal(code, { ...figures, needed: needed ?? 0 });
  const short = lines.find(({ goods }) => goods.id === owner);
  if (code !== 'ledger.stock_short' || !short) return new Refusal(code, params);
  const { name } = short.goods;
  return new Refusal(code, { ...figures, name, left: figures.balance ?? 0, wanted: needed ?? 0 });
}
