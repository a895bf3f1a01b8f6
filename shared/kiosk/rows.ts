import { z } from 'zod';
import { countedItems } from './shift-counts.ts';
import { entryNumber, hundredths, id, instantMs, line, quantity } from '../fields.ts';

/** The rows that the counter keeps in its outbox, by kind. Bodies hold no names of people. */

const points = hundredths.min(0);

const lineShown = z.object({ goodsId: id, name: line(200), unit: line(40), quantity, price: points });

const linesShown = z
  .array(lineShown)
  .min(1)
  .max(50)
  .refine((lines) => new Set(lines.map(({ goodsId }) => goodsId)).size === lines.length)
  .describe('As the screen showed them, each item once');

const serverPresence = z.object({ token: z.string().max(1000) });

const redemption = z.object({
  householdId: id,
  householdNumber: z.string().max(40),
  lines: linesShown,
  points: points.describe('The total that the screen showed'),
  balance: hundredths.describe('As the screen showed it before'),
  presence: z
    .union([
      serverPresence,
      z.object({ cardIssuedAtMs: instantMs.describe('The card was found in the copy on the device') }),
    ])
    .nullable(),
  pinProof: z.string().max(1000).nullable(),
  vouchProofs: z.array(z.string().max(1000)).max(2),
});

const undo = z.object({
  undoes: z.string().max(100).describe('The key of the row that is taken back'),
  householdNumber: z.string().max(40),
  points,
  pieces: z.int(),
});

const goodsReturn = z.object({
  redemptionId: id.describe('Of any kiosk of the village'),
  follows: z
    .string()
    .max(100)
    .nullable()
    .describe('The key of the row of this device that handed out; null: the device has none'),
  slip: entryNumber.describe('The number on the slip'),
  householdId: id,
  householdNumber: z.string().max(40),
  lines: linesShown,
  points: points.describe('The total that the screen showed'),
  presence: serverPresence,
});

const shiftBegun = z.object({ volunteerId: id });
const shiftEnded = z.object({ counts: countedItems.optional() });

export const rowBodies = {
  'kiosk.redeem': redemption,
  'kiosk.undo': undo,
  'kiosk.return': goodsReturn,
  'kiosk.beginShift': shiftBegun,
  'kiosk.endShift': shiftEnded,
} as const;

export type RowBodies = { readonly [K in keyof typeof rowBodies]: z.infer<(typeof rowBodies)[K]> };
