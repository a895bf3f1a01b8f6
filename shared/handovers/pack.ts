import { z } from 'zod';
import { day, fen, hundredths, id, instantMs, pieces } from '../fields.ts';
import { STAFF_ROLES } from '../roles.ts';

const tally = z.object({ count: z.int(), points: hundredths });

/** The parts of a pack that name nobody: they are shown as they are frozen. */
const figures = z.object({
  households: z.object({
    active: z.int(),
    ended: z.int(),
    withPoints: z.int(),
    points: hundredths.describe('Sum of all balances that can be spent'),
    held: hundredths.describe('Points on hold'),
  }),
  goods: z
    .array(z.object({ id, name: z.string(), unit: z.string(), pieces, costFen: fen }))
    .describe('What is on the shelf, with what it cost'),
  stockCostFen: fen,
  money: z
    .array(z.object({ kind: z.string(), fen }))
    .describe('Sums of the accounts in money, by kind of account'),
  open: z
    .object({
      waiting: tally.describe('Proposals that wait to be decided'),
      returned: tally.describe('Proposals that were sent back'),
      openingDueOn: day.nullable().describe('The opening of the books that no supervisor has signed'),
      weekDueOn: day.nullable().describe('The supervisor’s list that should have been signed by then'),
      unconfirmed: z.int().describe('Accounts of the staff that nobody else has confirmed'),
      shifts: z.int().describe('Shifts at the counter that have not ended'),
      changes: z.int().describe('Changes that wait for a second person'),
      unprinted: z.int().describe('Cards that were never printed'),
    })
    .describe('Matters that are still open'),
  cards: z.object({ valid: z.int(), ended: z.int() }),
  pins: z.int(),
  kiosks: z.array(
    z.object({
      id,
      name: z.string(),
      issuedAtMs: instantMs,
      pairedAtMs: instantMs.nullable(),
      endedAtMs: instantMs.nullable(),
    }),
  ),
  sinceMs: instantMs.describe('Keys that ended before are left out: the last hand-over; 0 before the first'),
});

const person = z.object({ id, issuedAtMs: instantMs, endedAtMs: instantMs.nullable() });
const staff = person.extend({ roles: z.array(z.enum(STAFF_ROLES)), isConfirmed: z.boolean() });
const named = { name: z.string() };

/** Everything that is handed over, with the names that people had then. */
export const pack = figures.extend({
  money: z
    .array(z.object({ kind: z.string(), label: z.object({ zh: z.string(), en: z.string() }), fen }))
    .describe('The same, as people say it: where money came from is no debt'),
  staff: z.array(staff.extend(named)),
  volunteers: z.array(person.extend(named)),
});
export type Pack = z.infer<typeof pack>;

/** The pack as it is frozen: people and households by their ids alone. */
export interface FrozenHandover extends z.infer<typeof figures> {
  readonly kind: 'handover';
  readonly villageId: string;
  readonly head: { readonly number: number; readonly hash: string };
  readonly from: string;
  readonly to: string;
  readonly startedBy: string;
  readonly startedAtMs: number;
  readonly changedOn: string;
  readonly dueOn: string;
  readonly staff: readonly z.infer<typeof staff>[];
  readonly volunteers: readonly z.infer<typeof person>[];
  /** Every balance that is not zero. */
  readonly balances: readonly {
    readonly household: string;
    readonly points: number;
    readonly held: number;
  }[];
}
