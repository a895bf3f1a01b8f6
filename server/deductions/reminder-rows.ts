import {
  and,
  desc,
  eq,
  gte,
  inArray,
  isNotNull,
  isNull,
  lt,
  ne,
  notInArray,
  or,
  type SQL,
} from 'drizzle-orm';
import type { Reader, RowOf } from '../../db/index.ts';
import { addDays } from '../../shared/business-day.ts';
import type { ListFilter } from '../../shared/deductions/list-filters.ts';
import { LAPSES_AFTER_DAYS, type ReminderStanding, standingAlone } from '../../shared/deductions/states.ts';
import { Refusal } from '../../shared/errors.ts';
import type { ProposalState } from '../../shared/proposals/states.ts';

export type ReminderRow = RowOf<'reminders'>;

/** The deduction that follows a reminder. */
export interface Follower extends Omit<RowOf<'deductionTerms'>, 'villageId' | 'reminderId'> {
  readonly state: ProposalState;
  readonly points: number;
  readonly decidedAtMs: number | null;
  readonly entry: number | null;
}

/** A reminder with everything that decides about it. */
export interface KnownReminder {
  readonly row: ReminderRow;
  readonly follower: Follower | null;
}

interface Search {
  readonly id?: string | undefined;
  readonly householdId?: string | undefined;
  readonly filter?: ListFilter | undefined;
  readonly before?: string | undefined;
  readonly limit: number;
}

/** Reads reminders, the newest first, each with the deduction that follows it. */
export async function readReminders(
  reader: Reader,
  { villageId, today }: { readonly villageId: string; readonly today: string },
  { id, householdId, filter, before, limit }: Search,
): Promise<KnownReminder[]> {
  const { db, t } = reader;
  const { reminders } = t;
  const wanted: (SQL | undefined)[] = [
    eq(reminders.villageId, villageId),
    id === undefined ? undefined : eq(reminders.id, id),
    householdId === undefined ? undefined : eq(reminders.householdId, householdId),
    before === undefined ? undefined : lt(reminders.id, before),
  ];
  const isOfFew = id !== undefined || householdId !== undefined;
  // Most households have none, and what follows the few that they have is looked up by them alone.
  const few = isOfFew
    ? await db
        .select({ id: reminders.id })
        .from(reminders)
        .where(and(...wanted))
    : [];
  if (isOfFew && few.length === 0) return [];
  const follower = followersOf(reader, villageId, isOfFew ? few.map((one) => one.id) : null);
  const isOpen = () =>
    or(
      and(isNotNull(follower.state), notInArray(follower.state, ['posted', 'laid_aside'])),
      and(
        isNull(follower.state),
        isNull(reminders.ended),
        gte(reminders.dueOn, addDays(today, -LAPSES_AFTER_DAYS)),
      ),
    );
  const rows = await db
    .select({
      row: reminders,
      follower: {
        proposalId: follower.proposalId,
        toldOf: follower.toldOf,
        toldWay: follower.toldWay,
        answerUntil: follower.answerUntil,
        agreedOf: follower.agreedOf,
        state: follower.state,
        points: follower.points,
        decidedAtMs: follower.decidedAtMs,
        entry: follower.entry,
      },
    })
    .from(reminders)
    .leftJoin(follower, eq(follower.reminderId, reminders.id))
    .where(and(...wanted, filter === 'open' ? isOpen() : undefined))
    .orderBy(desc(reminders.id))
    .limit(limit);
  return rows.map(({ row, follower: after }) => ({ row, follower: followerFrom(after) }));
}

/** A subquery with the deductions that follow reminders; `ofFew`: those alone of these reminders. */
function followersOf(
  { db, t: { deductionTerms, proposals } }: Reader,
  villageId: string,
  ofFew: readonly string[] | null,
) {
  return db
    .select({
      proposalId: deductionTerms.proposalId,
      reminderId: deductionTerms.reminderId,
      toldOf: deductionTerms.toldOf,
      toldWay: deductionTerms.toldWay,
      answerUntil: deductionTerms.answerUntil,
      agreedOf: deductionTerms.agreedOf,
      state: proposals.state,
      points: proposals.points,
      decidedAtMs: proposals.decidedAtMs,
      entry: proposals.journalNumber,
    })
    .from(deductionTerms)
    .innerJoin(
      proposals,
      and(
        eq(proposals.villageId, deductionTerms.villageId),
        eq(proposals.id, deductionTerms.proposalId),
        ne(proposals.state, 'withdrawn'),
      ),
    )
    .where(
      and(
        eq(deductionTerms.villageId, villageId),
        ofFew === null ? undefined : inArray(deductionTerms.reminderId, ofFew),
      ),
    )
    .as('follower');
}

type Maybe<T> = { readonly [Name in keyof T]: T[Name] | null };

function followerFrom(found: Maybe<Follower> | null): Follower | null {
  if (!found) return null;
  const { proposalId, state, points, ...terms } = found;
  return proposalId === null || state === null || points === null
    ? null
    : { ...terms, proposalId, state, points };
}

/** Finds a reminder. Refuses with reminder.not_found. */
export async function findReminder(
  reader: Reader,
  at: { readonly villageId: string; readonly today: string },
  id: string,
): Promise<KnownReminder> {
  const [found] = await readReminders(reader, at, { id, limit: 1 });
  if (!found) throw new Refusal('reminder.not_found');
  return found;
}

/** True if the household was told of the approval that counts now. */
export function isTold({ toldOf, decidedAtMs }: Pick<Follower, 'toldOf' | 'decidedAtMs'>): boolean {
  return toldOf !== null && toldOf === decidedAtMs;
}

/** True if the household agreed to what was approved and told. */
export function hasAgreed(follower: Pick<Follower, 'toldOf' | 'decidedAtMs' | 'agreedOf'>): boolean {
  return isTold(follower) && follower.agreedOf === follower.decidedAtMs;
}

/** Tells how far a reminder has come today. */
export function standingOf(
  {
    row,
    follower,
  }: Pick<KnownReminder, 'follower'> & {
    readonly row: Pick<ReminderRow, 'dueOn' | 'deliveredOn' | 'ended'>;
  },
  today: string,
): ReminderStanding {
  if (!follower) return standingAlone(row, today);
  switch (follower.state) {
    case 'posted':
      return 'counted';
    case 'contested':
      return 'explained';
    case 'on_notice':
      return isTold(follower) ? 'answering' : 'to_tell';
    case 'returned':
    case 'laid_aside':
      return follower.state;
    default:
      return 'proposed';
  }
}
