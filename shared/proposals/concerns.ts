import { z } from 'zod';
import { day, entryNumber, hundredths, id } from '../fields.ts';
import { CAP_PERIODS } from '../rules/caps.ts';

/** At most this many batches are asked about in one request, because they stand in its address. */
export const CONCERN_BATCHES_MOST = 50;

/** Most rows of a batch that are told with their reasons; the others are counted. */
export const CONCERN_ROWS_MOST = 100;

/**
 * A reason to look at a deed before it is approved, as far as the program knows one: its cap is full or nearly, the same deed
 * stands for that household on that day, its rule asks for a photo and there is none, or for a witness or a paper of which
 * nothing is said, it is the proposer's family, its attendance was entered late, or its household has had awards from this
 * proposer alone, and far more of them than other households.
 */
export const concern = z.object({
  kind: z.enum([
    ...(['over_cap', 'near_cap', 'same_deed', 'no_photo'] as const),
    ...(['no_evidence', 'kin', 'late', 'one_proposer'] as const),
  ]),
  cap: z
    .object({
      figure: z.enum(['times', 'points']),
      period: z.enum(CAP_PERIODS),
      about: z
        .string()
        .nullable()
        .describe('The member or event whose deeds it counts; null: all of the household'),
      first: day,
      last: day,
      limit: z.int().describe('Times, or hundredths of points'),
      used: z.int().describe('What stands already'),
    })
    .nullable(),
  other: z
    .object({ id, points: hundredths, journalNumber: entryNumber.nullable() })
    .nullable()
    .describe('The other deed; without a number it waits too'),
  awards: z
    .int()
    .nullable()
    .describe('How many awards the household had lately, all of them from this proposer'),
});
export type Concern = z.infer<typeof concern>;
