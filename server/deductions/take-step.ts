import { and, eq } from 'drizzle-orm';
import type { RowOf } from '../../db/index.ts';
import type { AnyAct } from '../../shared/acts/act.ts';
import { addDays } from '../../shared/business-day.ts';
import type { DeliveryWay, ReminderEnd } from '../../shared/deductions/states.ts';
import { Refusal } from '../../shared/errors.ts';
import type { ReminderAt } from './reminder-at.ts';
import { changeReminder } from './remind.ts';
import { type Follower, hasAgreed, isTold, type KnownReminder } from './reminder-rows.ts';

/** Notes that the household has its reminder. Refuses with reminder.state, reminder.day_over. */
export async function deliver(at: ReminderAt, known: KnownReminder, way: DeliveryWay): Promise<AnyAct[]> {
  const { row, follower } = known;
  if (row.ended !== null || row.deliveredOn !== null || follower) throw new Refusal('reminder.state');
  if (at.today > row.dueOn) throw new Refusal('reminder.day_over', { day: row.dueOn });
  const deliveredOn = at.today;
  await changeReminder(at, row.id, { deliveredOn, deliveredWay: way });
  return [{ act: 'deductions.delivered', on: `reminder:${row.id}`, is: { deliveredOn, way } }];
}

/** Closes a reminder that no deduction follows. Refuses with reminder.state. */
export async function close(at: ReminderAt, known: KnownReminder, end: ReminderEnd): Promise<AnyAct[]> {
  const { row, follower } = known;
  if (row.ended !== null || follower) throw new Refusal('reminder.state');
  await changeReminder(at, row.id, { ended: end });
  return [{ act: `deductions.${end}`, on: `reminder:${row.id}` }];
}

interface Told {
  readonly answerUntil: string;
  readonly acts: readonly AnyAct[];
}

/** Notes that the household was told of the deduction that was approved: its days begin tomorrow. Refuses with reminder.state. */
export async function tell(
  at: ReminderAt,
  { row, follower }: KnownReminder,
  way: DeliveryWay,
): Promise<Told> {
  if (follower?.state !== 'on_notice' || isTold(follower)) throw new Refusal('reminder.state');
  const { proposalId, decidedAtMs } = follower;
  const answerUntil = addDays(at.today, at.village.settings.answerDays);
  await changeTerms(at, proposalId, { toldOf: decidedAtMs, toldWay: way, answerUntil });
  const is = { deed: proposalId, approvedAtMs: decidedAtMs, way, answerUntil };
  return { answerUntil, acts: [{ act: 'deductions.told', on: `reminder:${row.id}`, is }] };
}

/** True while the household may answer a deduction: it is approved, told, and not agreed to. */
export function mayAnswer(follower: Follower): boolean {
  return follower.state === 'on_notice' && isTold(follower) && !hasAgreed(follower);
}

/** Notes that the household agrees. Refuses with deduction.too_late. */
export async function agree(at: ReminderAt, { row, follower }: KnownReminder): Promise<AnyAct[]> {
  if (!follower || !mayAnswer(follower)) throw new Refusal('deduction.too_late');
  const { proposalId, decidedAtMs } = follower;
  await changeTerms(at, proposalId, { agreedOf: decidedAtMs });
  const is = { deed: proposalId, approvedAtMs: decidedAtMs };
  return [{ act: 'deductions.agreed', on: `reminder:${row.id}`, is }];
}

async function changeTerms(
  { tx, villageId }: ReminderAt,
  proposalId: string,
  change: Partial<RowOf<'deductionTerms'>>,
): Promise<void> {
  const { deductionTerms } = tx.t;
  await tx.db
    .update(deductionTerms)
    .set(change)
    .where(and(eq(deductionTerms.villageId, villageId), eq(deductionTerms.proposalId, proposalId)))
    .returning({ id: deductionTerms.proposalId });
}
