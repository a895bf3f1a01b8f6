import { z } from 'zod';
import { day, entryNumber, fen, hundredths, id, instantMs, pieces } from '../fields.ts';
import { publicGoods } from '../goods/contract.ts';
import { entryKind } from '../ledger/entry-kinds.ts';

/** A calendar month of business days. */
const month = z.string().regex(/^\d{4}-\d{2}$/);

/** An item on the shelf, as pictures and figures show it. */
const onShelf = {
  id,
  name: z.string(),
  category: z.string(),
  unit: z.string(),
  ...publicGoods.pick({ pictureId: true, drawing: true }).shape,
  stock: pieces,
};

export const dashboard = z.object({
  asOf: day,
  pointValueFen: z.int().describe('What a point is worth now; earlier months are valued alike'),
  months: z
    .array(
      z.object({
        month,
        given: hundredths.describe('Awarded, what was taken back left out'),
        deducted: hundredths.describe('Taken off, as a positive figure'),
        redeemed: hundredths.describe('Exchanged for goods; what was undone counts in its own month'),
        owed: hundredths.describe('What households could spend when the month ended, or now'),
        stockCostFen: fen,
        coverRatioPercent: z.int().nullable(),
      }),
    )
    .describe('Oldest first; the last one is under way'),
  heads: z
    .array(
      z.object({
        name: z.string().describe('As the rule book names it; empty: without a rule'),
        given: hundredths,
        deducted: hundredths,
        byMonth: z.array(hundredths).describe('Given, in the order of `months`'),
      }),
    )
    .describe('In the order of the rule book'),
  exchanged: z
    .array(z.object({ category: z.string(), points: hundredths, pieces }))
    .describe('What points were exchanged for, most first; what was undone is left out'),
  shelf: z.array(
    z.object({
      ...onShelf,
      cameIn: z.boolean().describe('Some came in at some time; else it is not sold out'),
      costFen: fen.describe('What the pieces on the shelf cost'),
      handedOut: pieces.describe('In the last 90 days'),
      lastsDays: z.int().nullable().describe('At that pace; null where nothing was handed out'),
    }),
  ),
});

/** The home page besides the waiting tasks. */
export const home = z.object({
  today: day,
  shopHours: z.string(),
  happened: z
    .array(
      z.object({
        kind: entryKind,
        day,
        bookedAtMs: instantMs,
        number: entryNumber.describe('The entry to open; of several the newest'),
        count: z.int().describe('Entries that are told together: a batch, the redemptions of a day'),
        title: z.string(),
        points: hundredths.describe('What households got or gave, all together'),
        by: z.string(),
        household: z.string().nullable().describe('Its head, where it is about one alone'),
      }),
    )
    .describe('Of today and yesterday, newest first'),
  months: z
    .array(
      z.object({
        month,
        given: hundredths,
        redeemed: hundredths,
        households: z.int().describe('Households that were given points'),
      }),
    )
    .describe('Oldest first; the last one is under way'),
  runsOut: z
    .array(
      z.object({
        ...onShelf,
        lastsDays: z.int().nullable(),
      }),
    )
    .describe('Nothing left, or less than lasts a month; the most urgent first'),
  runsOutCount: z.int(),
  shop: z.object({
    redemptions: z.int().describe('Of today, without those taken back'),
    points: hundredths,
    undone: z.int(),
    shifts: z
      .array(z.object({ volunteer: z.string(), kiosk: z.string(), startedAtMs: instantMs }))
      .describe('Who stands in the shop now'),
  }),
});
