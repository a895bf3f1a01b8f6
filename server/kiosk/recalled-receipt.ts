import { z } from 'zod';
import { Refusal } from '../../shared/errors.ts';
import { publicDigits } from '../../shared/ledger/public-head.ts';
import type { Recalled } from '../http/index.ts';
import type { Receipt } from './receipts.ts';
import { redemptionById } from './redemption-rows.ts';

/**
 * The parts of a receipt that are no row's, or another's by now: households and volunteers are renamed, and an undone
 * redemption was not undone when it was answered.
 */
const PARTS = z.tuple([
  z.string().describe('id'),
  z.string().describe('household number'),
  z.string().describe('head'),
  z.int().nullable().describe('balance after'),
  z.string().describe('volunteer'),
]);

/** The answer to a redemption is made again of its rows, which never change. It is half of what its key would keep. */
export const recalledReceipt: Recalled<Receipt> = {
  parts({ id, household, balanceAfter, volunteer }): z.input<typeof PARTS> {
    return [id, household.number, household.head, balanceAfter, volunteer];
  },
  whole(parts) {
    const [id, number, head, balanceAfter, volunteer] = PARTS.parse(parts);
    const handedOut = redemptionById.one([id]);
    return {
      wanted: handedOut.wanted,
      pick(set) {
        const found = handedOut.pick(set);
        if (!found) throw new Refusal('idempotency.conflict');
        const { householdId, points, bookedAtMs, journalNumber } = found.redemption;
        // It was answered before anything came back.
        const lines = found.lines.map((line) => ({ ...line, returned: 0 }));
        return {
          ...{ id, household: { id: householdId, number, head }, lines, points },
          ...{ balanceAfter, bookedAtMs, journalNumber, digits: publicDigits(found.hash) },
          ...{ volunteer, undone: false, mayUndo: true },
        };
      },
    };
  },
};
