import { z } from 'zod';
import { toldAct } from '../acts/contract.ts';
import { day, entryNumber, hundredths, id, instantMs, limit } from '../fields.ts';
import { LOOK_KINDS } from './look-kinds.ts';

export const lookQuery = z.object({
  from: day.optional().describe('What was booked from this day on'),
  to: day.optional(),
  after: z.coerce.number().int().min(0).optional().describe('Instead of days: behind this entry'),
  through: z.coerce.number().int().min(1).optional(),
  skip: z.coerce.number().int().min(0).max(100_000).default(0),
  limit: limit.default(50),
});

/** The events that somebody who watches the books should look at. */
export const look = z.object({
  days: z.int().describe('How far back it is looked where neither days nor numbers are asked for'),
  after: z.int().min(0).describe('The entries behind this number were looked through'),
  through: z.int().min(0).describe('The last one of them'),
  entries: z.int().describe('Entries that were looked through, acts left out'),
  count: z.int().describe('Lines on all pages'),
  kinds: z.array(z.object({ kind: z.enum(LOOK_KINDS), count: z.int() })),
  next: z.int().nullable().describe('Give it as `skip` for the next page; null: this is the last'),
  items: z.array(
    z.object({
      kind: z.enum(LOOK_KINDS),
      atMs: instantMs,
      number: entryNumber.describe('The entry to open'),
      count: z.int(),
      points: hundredths,
      usual: hundredths.nullable().describe('What such an entry usually gives, where this one is far more'),
      seconds: z
        .int()
        .nullable()
        .describe('How long it was on the screen before it was approved, where that is too short to read it'),
      title: z.string(),
      by: z.string(),
      name: z.string().describe('The head of the household or the item; empty where it is about many'),
      unit: z.string(),
      householdId: id.nullable(),
      act: toldAct.nullable().describe('What was done, where it is an act'),
    }),
  ),
  shares: z
    .array(z.object({ name: z.string(), points: hundredths, percent: z.int() }))
    .describe('Who proposed what was given, most first'),
});
