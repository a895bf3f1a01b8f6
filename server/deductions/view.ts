import type { Reader } from '../../db/index.ts';
import { addDays, businessDay } from '../../shared/business-day.ts';
import type { Reminder, ReminderView } from '../../shared/deductions/contract.ts';
import type { ListFilter } from '../../shared/deductions/list-filters.ts';
import { LAPSES_AFTER_DAYS } from '../../shared/deductions/states.ts';
import type { Actor, VillageContext } from '../http/index.ts';
import { householdNames } from '../households/index.ts';
import { staffNames } from '../staff/index.ts';
import {
  type Follower,
  findReminder,
  hasAgreed,
  isTold,
  type KnownReminder,
  readReminders,
  standingOf,
} from './reminder-rows.ts';
import { rulesThen } from './rule-then.ts';

interface SeenBy {
  readonly village: VillageContext;
  readonly actor: Actor;
  readonly today: string;
}

interface ListQuery {
  readonly filter: ListFilter;
  readonly householdId?: string | undefined;
  readonly before?: string | undefined;
  readonly limit: number;
}

/** Reads a page of reminders, the newest first. */
export async function listReminders(
  reader: Reader,
  by: SeenBy,
  query: ListQuery,
): Promise<{ items: Reminder[]; next: string | null }> {
  const { limit } = query;
  const at = { villageId: by.village.id, today: by.today };
  const found = await readReminders(reader, at, { ...query, limit: limit + 1 });
  const page = found.slice(0, limit);
  return {
    items: await shownReminders(reader, by, page),
    next: found.length > limit ? (page.at(-1)?.row.id ?? null) : null,
  };
}

/** Shows one reminder and what follows it. Refuses with reminder.not_found. */
export async function viewReminder(reader: Reader, by: SeenBy, id: string): Promise<ReminderView> {
  const { village, actor, today } = by;
  const known = await findReminder(reader, { villageId: village.id, today }, id);
  const [shown] = await shownReminders(reader, by, [known]);
  if (!shown) throw new Error('a reminder that was found is shown');
  return {
    ...shown,
    village: { name: village.name, town: village.town },
    answerDays: village.settings.answerDays,
    isOwn: actor.householdIds.includes(known.row.householdId),
  };
}

async function shownReminders(
  reader: Reader,
  { village, today }: SeenBy,
  known: readonly KnownReminder[],
): Promise<Reminder[]> {
  const households = await householdNames(
    reader,
    village.id,
    known.map(({ row }) => row.householdId),
  );
  const people = await staffNames(reader, village.id);
  const { timeZone } = village.settings;
  const ruleThen = await rulesThen(reader, { villageId: village.id, timeZone }, known);
  return known.map((one): Reminder => {
    const { id, number, householdId, words, seenOn, dueOn, madeBy, madeAtMs } = one.row;
    const { number: ofHousehold = '', head = '', group = '' } = households.get(householdId) ?? {};
    return {
      ...{ id, number, words, seenOn, dueOn, rule: ruleThen(one.row) },
      household: { id: householdId, number: ofHousehold, head, group },
      madeBy: people.get(madeBy) ?? '',
      madeOn: businessDay(madeAtMs, timeZone),
      ...{ deliveredOn: one.row.deliveredOn, deliveredWay: one.row.deliveredWay },
      lapsesAfter: addDays(dueOn, LAPSES_AFTER_DAYS),
      standing: standingOf(one, today),
      deduction: one.follower && shownDeduction(one.follower),
    };
  });
}

function shownDeduction(follower: Follower): NonNullable<Reminder['deduction']> {
  const { proposalId, state, points, toldWay, answerUntil, entry } = follower;
  const told = isTold(follower) ? { toldWay, answerUntil } : { toldWay: null, answerUntil: null };
  return { proposalId, state, points, ...told, hasAgreed: hasAgreed(follower), entry };
}
