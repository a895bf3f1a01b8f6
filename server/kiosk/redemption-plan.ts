import type { RowOf } from '../../db/index.ts';
import { publicDigits } from '../../shared/ledger/public-head.ts';
import type { Plan } from '../commands/index.ts';
import type { Drafted, Entry } from '../ledger/index.ts';
import { basketTitle } from './basket.ts';
import type { DecidedRedemption } from './decide-redemption.ts';
import type { Receipt } from './receipts.ts';
import { sourceOfRedemption } from './redemption-source.ts';
import type { KioskAt } from './redemption-reads.ts';
import { redemptionRows, type RedemptionRow } from './redemption-rows.ts';
import type { Shift } from './shifts.ts';

/** Its entry without its kind and facts. */
export function entryOf(
  { villageId, today, idempotencyKey }: KioskAt,
  { volunteerId }: Shift,
  id: string,
  { lines, moved }: DecidedRedemption,
) {
  const names = lines.map(({ goods, quantity }) => ({ name: goods.name, quantity }));
  return {
    ...{ villageId, effectiveOn: today, idempotencyKey, actorId: volunteerId },
    source: sourceOfRedemption(id),
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

interface Redeemed {
  readonly id: string;
  readonly decided: DecidedRedemption;
  readonly drafted: Extract<Drafted, { ok: true }>;
}

/** Writes the redemption and its lines beside its entry, and answers its receipt. */
export function redemptionPlan(
  at: KioskAt,
  onDuty: Shift,
  { id, decided, drafted }: Redeemed,
): Plan<Receipt> & { readonly answer: Receipt } {
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
}
