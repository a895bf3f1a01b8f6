import { and, eq, max } from 'drizzle-orm';
import type { Reader } from '../../db/index.ts';
import type { AnyAct } from '../../shared/acts/act.ts';
import { addDays } from '../../shared/business-day.ts';
import { DUE_DAYS_MOST, STANDINGS_OVER } from '../../shared/deductions/states.ts';
import { Refusal } from '../../shared/errors.ts';
import { mayDeduct } from '../../shared/rules/worth.ts';
import { findHousehold } from '../households/index.ts';
import { findRule } from '../rules/index.ts';
import type { ReminderAt } from './reminder-at.ts';
import { readReminders, type ReminderRow, standingOf } from './reminder-rows.ts';
import { sealOfReminder } from './seal.ts';

export interface NewReminder {
  readonly householdId: string;
  readonly ruleId: string;
  readonly words: string;
  readonly seenOn?: string | undefined;
  readonly dueOn: string;
}

/** So many reminders a household may have: those that stand are looked for among them. */
const LOOKED_AT_MOST = 200;

interface Made {
  readonly id: string;
  readonly number: number;
  readonly acts: readonly AnyAct[];
}

/** Makes a reminder under the next number. Call under the village's lock. */
export async function remind(at: ReminderAt, newSalt: () => string, wanted: NewReminder): Promise<Made> {
  const { tx, villageId, today, nowMs, newId, actor } = at;
  const { householdId, ruleId, words, dueOn, seenOn = today } = wanted;
  const household = await findHousehold(tx, villageId, householdId);
  if (household.state !== 'active') throw new Refusal('household.closed', { number: household.number });
  if (actor.householdIds.includes(householdId)) throw new Refusal('proposal.own_household');
  const rule = await findRule(tx, villageId, ruleId, today);
  if (!rule.enabled) throw new Refusal('rule.disabled', { code: rule.code });
  if (!mayDeduct(rule)) throw new Refusal('reminder.no_deduction', { code: rule.code });
  if (seenOn > today) throw new Refusal('proposal.future_day', { day: seenOn });
  if (dueOn <= today || dueOn > addDays(today, DUE_DAYS_MOST))
    throw new Refusal('reminder.due_day', { most: DUE_DAYS_MOST });
  await refuseSecond(tx, at, wanted);
  const row: ReminderRow = {
    ...{ villageId, id: newId(), number: await nextNumber(tx, villageId), householdId, ruleId, words },
    ...{ salt: newSalt(), seenOn, dueOn, madeBy: actor.id, madeAtMs: nowMs },
    ...{ deliveredOn: null, deliveredWay: null, ended: null },
  };
  await tx.db.insert(tx.t.reminders).values(row).returning({ id: tx.t.reminders.id });
  const { id, number } = row;
  const is = { number, seenOn, dueOn, seal: sealOfReminder(row) };
  return { id, number, acts: [{ act: 'deductions.reminded', on: `reminder:${id}`, is }] };
}

/** A household that was reminded about a rule is reminded again once the first reminder has come to its end. */
async function refuseSecond(
  reader: Reader,
  at: Pick<ReminderAt, 'villageId' | 'today'>,
  { householdId, ruleId }: NewReminder,
): Promise<void> {
  const open = await readReminders(reader, at, { filter: 'open', householdId, limit: LOOKED_AT_MOST });
  const standing = open.find(
    (one) =>
      one.row.ruleId === ruleId &&
      one.follower === null &&
      !STANDINGS_OVER.includes(standingOf(one, at.today)),
  );
  if (standing) throw new Refusal('reminder.stands', { number: standing.row.number });
}

async function nextNumber({ db, t: { reminders } }: Reader, villageId: string): Promise<number> {
  const [row] = await db
    .select({ last: max(reminders.number) })
    .from(reminders)
    .where(eq(reminders.villageId, villageId));
  return (row?.last ?? 0) + 1;
}

/** Changes the row of a reminder. */
export async function changeReminder(
  { tx, villageId }: Pick<ReminderAt, 'tx' | 'villageId'>,
  id: string,
  change: Partial<ReminderRow>,
): Promise<void> {
  const { reminders } = tx.t;
  await tx.db
    .update(reminders)
    .set(change)
    .where(and(eq(reminders.villageId, villageId), eq(reminders.id, id)))
    .returning({ id: reminders.id });
}
