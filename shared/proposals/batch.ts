import { z } from 'zod';
import { id, instantMs, day } from '../fields.ts';
import { proposal } from './proposal.ts';
import { PROPOSAL_KIND_NAMES } from '../proposal-kinds.ts';
import { PROPOSAL_STATES } from './states.ts';

/** At most this many proposals are sent with a batch: all of a small batch, the first ones of a large one. */
export const BATCH_FIRST_MOST = 6;

const tally = z.int().min(0);
const sum = z.int().describe('Sum of the points; hundredths');

/** Proposals that were sent together. Counts and sums are those of all rows that were asked for, however many. */
export const batch = z.object({
  id,
  count: tally,
  points: sum,
  households: tally.describe('How many different households'),
  states: z.array(z.object({ state: z.enum(PROPOSAL_STATES), count: tally, points: sum })),
  deeds: z
    .array(
      z.object({
        kind: z.enum(PROPOSAL_KIND_NAMES),
        rule: proposal.shape.rule,
        effectiveOn: day,
        note: z.string().nullable().describe('Null where they have different notes'),
        each: z.int().nullable().describe('Points of each; null where they have different points'),
        count: tally,
        points: sum,
      }),
    )
    .describe(
      'What is proposed: one deed, or several where some were corrected; what most of them are first',
    ),
  reasons: z
    .array(z.object({ reason: z.string(), by: z.string(), count: tally }))
    .describe('Why they were sent back, or what was said when they were approved'),
  proposedBy: z.string(),
  proposedAtMs: instantMs,
  isMine: z.boolean(),
  kin: tally.describe('How many are about the proposer’s own household or a declared relative’s'),
  pictureIds: z.array(id).describe('Photos handed in as evidence'),
  first: z
    .array(proposal)
    .max(BATCH_FIRST_MOST)
    .describe('The first of them, in the order they were proposed'),
  mayDecide: z.object({ count: tally, points: sum }).describe('Those this caller may approve or send back'),
  whyNot: z
    .array(z.object({ reason: proposal.shape.whyNot.unwrap(), count: tally }))
    .describe('Why this caller may not decide the others'),
  mark: proposal.shape.mark.describe(
    'What of the whole batch is still open, in one word: another word as soon as anything of it has changed, or what of it this caller may decide',
  ),
});
export type Batch = z.infer<typeof batch>;
