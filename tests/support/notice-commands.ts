/** The acts of the model of awards, notices, objections and deductions, and histories in which each of them succeeds. */
import fc from 'fast-check';
import { LAPSES_AFTER_DAYS } from '../../shared/deductions/states.ts';

export const FIRST_DAY = '2027-03-01';
export const HOUSEHOLDS = 3;
/** A notice hangs, and a household has to answer, for so many days. */
export const DAYS = 3;
/** The month holds two of each household. */
export const CAP = { period: 'month', scope: 'household', times: 2, points: null } as const;
/** The month's budget has points for so many: fewer than the caps of all households let through. */
export const BUDGET = 3;

export const AWARD = 500;
/** More than one award: most households have less left. */
export const DEDUCTION = 700;
/** How far below zero deductions go: not at all, to a limit, without one. */
export const BELOW_ZERO = [
  { deductionsMayGoBelowZero: false, belowZeroMostHundredths: null },
  { deductionsMayGoBelowZero: true, belowZeroMostHundredths: 400 },
  { deductionsMayGoBelowZero: true, belowZeroMostHundredths: null },
] as const;

/** Two propose, one of them may also approve; four approve. One approver is kin of the first household. */
export const PEOPLE = {
  committee: ['committee'],
  both: ['committee', 'approver'],
  kin: ['approver'],
  approver: ['approver'],
  third: ['approver'],
  supervisor: ['supervisor'],
} as const;
export type Person = keyof typeof PEOPLE;
export const KIN_OF = 0;

export const DECISIONS = ['approve', 'return', 'withdraw', 'resubmit', 'recall'] as const;
export const OBJECTION_ACTS = [
  'object',
  'uphold',
  'reject',
  'retract',
  'appeal',
  'stand',
  'sendBack',
] as const;
/** Acts with a reminder that is there: at the desk, or by a household's own phone. */
export const REMINDER_ACTS = ['deliver', 'tell', 'close', 'seen', 'agree'] as const;
export const DEDUCTION_ACTS = ['remind', 'deduct', ...REMINDER_ACTS] as const;
const TIMES = ['day', 'days', 'season'] as const;

const command = fc.record({
  act: fc.constantFrom(
    ...(['propose', 'propose', 'propose', ...DECISIONS, 'approve', 'approve', 'approve', 'approve'] as const),
    ...(['make', 'make', 'putUp', 'putUp', 'takeDown', 'day', 'days', 'days', 'days', 'season'] as const),
    ...(['clock', 'clocks', 'count', 'counts', 'counts', 'belowZero'] as const),
    ...(['object', 'object', 'reject', ...OBJECTION_ACTS] as const),
    ...([
      'remind',
      'remind',
      'deliver',
      'deduct',
      'deduct',
      'deduct',
      'tell',
      'tell',
      ...DEDUCTION_ACTS,
    ] as const),
  ),
  by: fc.constantFrom(...(Object.keys(PEOPLE) as Person[]), 'committee', 'approver', 'approver', 'third'),
  household: fc.nat({ max: HOUSEHOLDS - 1 }),
  /** An index into what there is. A larger one wraps around. */
  which: fc.nat({ max: 40 }),
});
export type Command = typeof command extends fc.Arbitrary<infer C> ? C : never;
export type Act = Command['act'];

/** An act, by whom, the place of what it is about, and the household. */
type Way = readonly (readonly [Act, Person, number?, number?])[];

/** Acts that lead on to each other; chance alone would seldom find as many in a row. */
const STRETCHES: readonly Way[] = [
  [
    ...([
      ['propose', 'committee'],
      ['approve', 'approver'],
      ['make', 'committee'],
    ] as const),
    ...([
      ['putUp', 'both'],
      ['days', 'committee'],
      ['clocks', 'committee'],
    ] as const),
  ],
  [
    ...([
      ['remind', 'committee'],
      ['deliver', 'approver'],
      ['days', 'committee'],
    ] as const),
    ...([
      ['deduct', 'committee', 1],
      ['approve', 'third'],
      ['tell', 'committee'],
    ] as const),
    ...([
      ['days', 'committee'],
      ['counts', 'committee'],
    ] as const),
  ],
  [
    ...([
      ['remind', 'both'],
      ['seen', 'both'],
      ['days', 'both'],
      ['deduct', 'both', 1],
    ] as const),
    ...([
      ['approve', 'approver'],
      ['seen', 'both'],
      ['agree', 'both'],
      ['count', 'both'],
    ] as const),
  ],
  [
    ...([
      ['approve', 'both'],
      ['object', 'both'],
      ['days', 'both'],
      ['clocks', 'both'],
    ] as const),
    ...([
      ['counts', 'both'],
      ['reject', 'third'],
      ['clocks', 'both'],
      ['counts', 'both'],
    ] as const),
  ],
  [
    ...([
      ['remind', 'both'],
      ['deliver', 'both'],
      ['day', 'both'],
      ['deduct', 'both', 1],
    ] as const),
    ...([
      ['day', 'both'],
      ['deduct', 'both', 1],
      ['approve', 'third'],
      ['tell', 'both'],
    ] as const),
    ...([
      ['day', 'both'],
      ['day', 'both'],
      ['day', 'both'],
      ['count', 'both'],
    ] as const),
    ...([
      ['day', 'both'],
      ['counts', 'both'],
    ] as const),
  ],
];

/** A stretch for one household, with other acts between. */
const stretch: fc.Arbitrary<Command[]> = fc.constantFrom(...STRETCHES).chain((way) => {
  const other = fc.oneof({ weight: 3, arbitrary: fc.constant(null) }, { weight: 1, arbitrary: command });
  const others = fc.array(other, { minLength: way.length, maxLength: way.length, size: 'max' });
  return fc.tuple(fc.nat({ max: HOUSEHOLDS - 1 }), others, command).map(([household, between, any]) =>
    way.flatMap(([act, by, which = act === 'object' ? any.which : 0], place): Command[] => {
      const then = between[place] ?? null;
      return [{ act, by, household, which }, ...(then === null ? [] : [then])];
    }),
  );
});

/** A history of a village: single acts, and stretches of acts. */
export const history = fc
  .array(fc.oneof({ weight: 3, arbitrary: command.map((one) => [one]) }, { weight: 2, arbitrary: stretch }), {
    minLength: 14,
    maxLength: 28,
    size: 'max',
  })
  .map((pieces) => pieces.flat());

export function isOf<Name extends Act>(names: readonly Name[], act: Act): act is Name {
  return (names as readonly Act[]).includes(act);
}

/** The days by which an act moves the clock; 0: it does not. On the last day of a season a reminder has not lapsed yet. */
export function daysOf(act: Act): number {
  return isOf(TIMES, act) ? { day: 1, days: DAYS + 1, season: LAPSES_AFTER_DAYS + 1 }[act] : 0;
}

/** The places of what a command means, in the order in which they were made; -1: there is none. */
export interface Meant {
  readonly deed: number;
  readonly notice: number;
  readonly objection: number;
  readonly reminder: number;
  readonly household: number;
}

function commandsOf(way: Way): readonly Command[] {
  return way.map(([act, by, which = 0, household = 2]) => ({ act, by, household, which }));
}

/** Every act with awards succeeds once: chance alone may leave one of them out. */
export const ALL_ACTS = commandsOf([
  ['propose', 'committee', 0, 0],
  ['propose', 'committee', 0, 1],
  ['propose', 'committee'],
  ['return', 'approver'],
  ['resubmit', 'committee'],
  ['withdraw', 'committee'],
  ['approve', 'approver'],
  ['approve', 'approver'],
  ['make', 'committee'],
  ['putUp', 'committee'],
  ['takeDown', 'committee'],
  ['days', 'committee'],
  ['clock', 'committee'],
  ['putUp', 'committee'],
  ['recall', 'approver'],
  ['days', 'committee'],
  ['clocks', 'committee'],
  ['resubmit', 'committee'],
  ['approve', 'approver'],
  ['make', 'committee'],
  ['putUp', 'committee', 1],
  ['object', 'committee'],
  ['object', 'committee', 0, 0],
  ['retract', 'committee', 1],
  ['reject', 'third'],
  ['appeal', 'committee'],
  ['sendBack', 'supervisor'],
  ['days', 'committee'],
  ['clock', 'committee'],
  ['uphold', 'both'],
  ['object', 'committee', 1],
  ['reject', 'third'],
  ['appeal', 'committee', 1],
  ['stand', 'supervisor'],
]);

/** One deed more than the month has points for. It hangs on until the next month has some. */
export const SHORT_OF_BUDGET = commandsOf([
  ['propose', 'committee', 0, 0],
  ['propose', 'committee', 0, 1],
  ['propose', 'committee', 0, 1],
  ['propose', 'committee', 0, 2],
  ...Array.from({ length: BUDGET + 1 }, () => ['approve', 'approver'] as const),
  ['make', 'committee'],
  ['putUp', 'committee'],
  ['days', 'committee'],
  ['clocks', 'committee'],
  ...Array.from({ length: 7 }, () => ['days', 'committee'] as const),
  ['clocks', 'committee'],
]);

/** A deduction up to its approval by another person. */
const APPROVED: Way = [
  ['remind', 'committee'],
  ['deliver', 'committee'],
  ['days', 'committee'],
  ['deduct', 'committee'],
  ['approve', 'approver'],
];

/** Each deduction is refused: after a reminder that was closed, after one that another follows, and to whoever proposed it. */
export const NO_DEDUCTIONS = commandsOf([
  ['remind', 'committee'],
  ['deliver', 'committee'],
  ['close', 'committee'],
  ['days', 'committee'],
  ['deduct', 'committee'],
  ['remind', 'committee'],
  ['deliver', 'committee'],
  ['days', 'committee'],
  ['deduct', 'both'],
  ['deduct', 'both'],
  ['approve', 'both'],
  ['approve', 'approver'],
  ['tell', 'committee'],
  ['object', 'committee'],
  ['days', 'committee'],
  ['count', 'committee'],
]);

/** Every act with deductions succeeds once, and deductions are counted of nothing, down to zero, down to a limit, and whole. */
export const ALL_DEDUCTIONS = commandsOf([
  ['remind', 'committee'],
  ['close', 'approver'],
  // Nothing is left.
  ...APPROVED,
  ['tell', 'committee'],
  ['days', 'committee'],
  ['counts', 'committee'],
  // Down to zero. An explanation holds it, and another approval is told anew.
  ['propose', 'committee'],
  ['approve', 'approver'],
  ['make', 'committee'],
  ['putUp', 'committee'],
  ['days', 'committee'],
  ['clocks', 'committee'],
  ...APPROVED,
  ['tell', 'committee'],
  ['object', 'committee', 2],
  ['days', 'committee'],
  ['count', 'committee'],
  ['reject', 'third'],
  ['recall', 'approver'],
  ['resubmit', 'committee'],
  ['approve', 'both'],
  ['days', 'committee'],
  ['count', 'committee'],
  ['tell', 'committee'],
  ['days', 'committee'],
  ['counts', 'committee'],
  // Down to the limit, and beyond, with the household's consent.
  ['belowZero', 'committee', 1],
  ['remind', 'committee'],
  ['seen', 'committee'],
  ['days', 'committee'],
  ['deduct', 'committee'],
  ['approve', 'third'],
  ['seen', 'committee'],
  ['agree', 'committee'],
  ['count', 'committee'],
  ['belowZero', 'committee', 2],
  ...APPROVED,
  ['tell', 'committee'],
  ['agree', 'committee'],
  ['count', 'committee'],
  // To the day: the reminder may be followed from the day after its own, and is too late one day later than the last.
  ['remind', 'committee'],
  ['deliver', 'committee'],
  ['day', 'committee'],
  ['deduct', 'committee'],
  ['day', 'committee'],
  ['deduct', 'committee'],
  ['withdraw', 'committee'],
  ...([
    ['season', 'committee'],
    ['deduct', 'committee'],
  ] as const),
  ['remind', 'committee'],
  ['deliver', 'committee'],
  ['season', 'committee'],
  ['deduct', 'committee'],
  // The household has its days whole.
  ['approve', 'approver'],
  ['tell', 'committee'],
  ...([
    ['day', 'committee'],
    ['day', 'committee'],
    ['day', 'committee'],
  ] as const),
  ['count', 'committee'],
  ['day', 'committee'],
  ['count', 'committee'],
]);
