import { z } from 'zod';
import { hundredths, id, instantMs } from '../fields.ts';
import { STAFF_ROLES } from '../roles.ts';

/** The head that the second person had before their eyes. */
export const seenHead = z.object({ number: z.int().min(0), hash: z.string().max(64) });

/** Everything that was made before the books are opened. */
export const opening = z.object({
  openedAtMs: instantMs.nullable(),
  head: seenHead,
  people: z.array(z.object({ id, name: z.string(), roles: z.array(z.enum(STAFF_ROLES)), kin: z.int() })),
  households: z.int(),
  withPoints: z.int().describe('Households that brought points'),
  points: hundredths.describe('Sum of all balances: the control total'),
  cards: z.int(),
  pins: z.int(),
  kiosks: z.int(),
  volunteers: z.array(z.string()),
  rules: z.int(),
  goods: z.int(),
  lacks: z
    .array(z.enum(['approver', 'volunteer']))
    .describe('People without whom the books do not open: one proposes, one approves, one hands out'),
  mayOpen: z.boolean().describe('This caller is a second person, and the books are not open'),
});
export type Opening = z.infer<typeof opening>;

/** The opening as it is frozen when the books are opened: people by their ids alone. */
export interface FrozenOpening extends Omit<
  Opening,
  'openedAtMs' | 'people' | 'volunteers' | 'lacks' | 'mayOpen'
> {
  readonly kind: 'opening';
  readonly villageId: string;
  readonly openedAtMs: number;
  readonly openedBy: string;
  readonly people: readonly Omit<Opening['people'][number], 'name'>[];
  readonly volunteers: number;
}
