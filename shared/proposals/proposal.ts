import { z } from 'zod';
import { id, hundredths, instantMs, day, entryNumber } from '../fields.ts';
import { PROPOSAL_KIND_NAMES } from '../proposal-kinds.ts';
import { PROPOSAL_STATES } from './states.ts';

export const mark = z.string().max(64);

/** A proposal as this caller sees it. */
export const proposal = z.object({
  id,
  batchId: id,
  kind: z.enum(PROPOSAL_KIND_NAMES),
  state: z.enum(PROPOSAL_STATES),
  household: z.object({ id, number: z.string(), head: z.string(), group: z.string() }),
  rule: z
    .object({ id, code: z.string(), title: z.string(), category: z.string(), version: z.int() })
    .nullable(),
  points: hundredths.describe(
    'What the household gains or loses. A merge or a move away takes the whole balance: as it is now, or as it was when posted',
  ),
  option: z.string().nullable().describe('Which of the options of its rule it is, where the rule has some'),
  note: z.string(),
  member: z.string().nullable().describe('The member it is about, where a cap counts by that'),
  event: z.string().nullable().describe('What it is about, where a cap counts by that'),
  effectiveOn: day,
  proposedBy: z.string(),
  proposerIsKin: z
    .boolean()
    .describe('Whether one of the households is the proposer’s own or a declared relative’s'),
  proposedAtMs: instantMs,
  decidedBy: z.string().nullable(),
  decidedAtMs: instantMs.nullable(),
  reason: z.string().nullable(),
  journalNumber: entryNumber.nullable(),
  reversesNumber: entryNumber.nullable(),
  reversesTitle: z
    .string()
    .nullable()
    .describe('The title of the entry it takes back; null where there is none, or none any more'),
  pictureIds: z.array(id).describe('Photos handed in as evidence'),
  change: z
    .object({
      fresh: z
        .object({
          id,
          number: z.string(),
          group: z.string(),
          head: z.string(),
          size: z.int().nullable(),
          phone: z.string().nullable(),
        })
        .nullable()
        .describe('The household a split makes'),
      other: z
        .object({ id, number: z.string(), head: z.string(), group: z.string() })
        .nullable()
        .describe(
          'The household that takes the points of a merge or a move away, or the other one of a reversal',
        ),
    })
    .nullable()
    .describe('What becomes of the household, where the proposal is about that'),
  mark: mark.describe('What it shows, in one word: another word as soon as anything of it has changed'),
  mayDecide: z.boolean().describe('Whether this caller may approve or send it back'),
  whyNot: z
    .enum([
      ...(['own_entry', 'judged', 'own_household', 'role', 'state'] as const),
      ...(['administrator', 'unconfirmed', 'before_confirmed'] as const),
    ])
    .nullable(),
  isMine: z.boolean(),
});
export type Proposal = z.infer<typeof proposal>;
