import { addDays } from '../business-day.ts';

/** A paper was handed over; it was told in person; the household opened it on its own phone and said so. */
export const DELIVERY_WAYS = ['paper', 'spoken', 'phone'] as const;
export type DeliveryWay = (typeof DELIVERY_WAYS)[number];
/** The ways that somebody at the desk notes. The phone notes its own. */
export const NOTED_WAYS = ['paper', 'spoken'] as const satisfies readonly DeliveryWay[];

export const REMINDER_ENDS = ['put_right', 'withdrawn'] as const;
export type ReminderEnd = (typeof REMINDER_ENDS)[number];

/** A reminder leads to no deduction when so many days have passed since the day by which it should have been put right. */
export const LAPSES_AFTER_DAYS = 90;
/** The day by which it should be put right is at most so many days away. */
export const DUE_DAYS_MOST = 90;
export const REMINDER_CHARACTERS = 300;

/** How far a reminder has come, up to the deduction that follows it, as its household is told. */
export const OWN_STANDINGS = [
  'to_deliver',
  /** Its day is not over. */
  'waits',
  /** A deduction may be proposed. */
  'ready',
  'lapsed',
  ...REMINDER_ENDS,
  /** A deduction is approved, and the household has to be told. */
  'to_tell',
  /** The household was told, and may answer. */
  'answering',
  /** The household explained itself: people who had no part in it look at it. */
  'explained',
  'counted',
] as const;
/** A deduction that nobody has approved follows: that is no news for its household. */
export const REMINDER_STANDINGS = [
  ...OWN_STANDINGS,
  'proposed',
  /** It went back to its proposer, who may send it again. */
  'returned',
  /** Its proposer means to send it no more, and may still take it up. */
  'laid_aside',
] as const;
export type ReminderStanding = (typeof REMINDER_STANDINGS)[number];
type OwnStanding = (typeof OWN_STANDINGS)[number];

export function isOwnStanding(standing: ReminderStanding): standing is OwnStanding {
  return OWN_STANDINGS.some((one) => one === standing);
}

/** These wait for somebody at the desk. */
export const STANDINGS_TO_DO: readonly ReminderStanding[] = ['to_deliver', 'ready', 'to_tell'];
/** Nothing more comes of these by themselves. */
export const STANDINGS_OVER: readonly ReminderStanding[] = [
  'lapsed',
  ...REMINDER_ENDS,
  'laid_aside',
  'counted',
];

export interface ReminderDays {
  readonly dueOn: string;
  readonly deliveredOn: string | null;
  readonly ended: ReminderEnd | null;
}

/** Tells how far a reminder has come on a day, as long as no deduction follows it. */
export function standingAlone(
  { dueOn, deliveredOn, ended }: ReminderDays,
  today: string,
): 'to_deliver' | 'waits' | 'ready' | 'lapsed' | ReminderEnd {
  if (ended !== null) return ended;
  if (today > addDays(dueOn, LAPSES_AFTER_DAYS)) return 'lapsed';
  if (deliveredOn === null) return 'to_deliver';
  return today > dueOn ? 'ready' : 'waits';
}
