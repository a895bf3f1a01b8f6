import { z } from 'zod';
import { hundredths, id, instantMs } from '../fields.ts';

export const presenceToken = z.string().max(1000);

/** A basket that was handed out. */
export const redemption = z.object({
  id,
  household: z.object({
    id,
    number: z.string(),
    head: z.string().describe('In full where a basket was just handed out, masked afterwards'),
  }),
  lines: z.array(
    z.object({
      ...{ goodsId: id, name: z.string(), unit: z.string(), quantity: z.int(), price: hundredths },
      returned: z.int().describe('Pieces of it that came back'),
    }),
  ),
  points: hundredths,
  balanceAfter: hundredths.nullable().describe('Null in lists'),
  bookedAtMs: instantMs,
  journalNumber: z.int(),
  digits: z.string().describe('The first sixteen digits of its entry’s hash, in fours'),
  volunteer: z.string(),
  undone: z.boolean(),
  mayUndo: z.boolean(),
});
