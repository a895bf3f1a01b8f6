import type { Reader } from '../../db/index.ts';
import { OWN_MOST, type OwnReminder } from '../../shared/deductions/own-contract.ts';
import { isOwnStanding, standingAlone } from '../../shared/deductions/states.ts';
import { withoutCode } from '../../shared/rules/without-code.ts';
import {
  type Follower,
  hasAgreed,
  isTold,
  type KnownReminder,
  readReminders,
  standingOf,
} from './reminder-rows.ts';
import { rulesThen } from './rule-then.ts';
import { mayAnswer } from './take-step.ts';

/** The latest reminders of a household, as its phone shows them. */
export async function ownReminders(
  reader: Reader,
  at: { readonly villageId: string; readonly today: string; readonly timeZone: string },
  householdId: string,
): Promise<OwnReminder[]> {
  const known = await readReminders(reader, at, { householdId, limit: OWN_MOST });
  const ruleThen = await rulesThen(reader, at, known);
  return known.map((one) => shownToOwn(one, ruleThen(one.row).title, at.today));
}

function shownToOwn(known: KnownReminder, title: string, today: string): OwnReminder {
  const { row, follower } = known;
  const { id, number, words, seenOn, dueOn } = row;
  const standing = standingOf(known, today);
  const isNewReminder = standing === 'to_deliver' && today <= dueOn;
  return {
    ...{ id, number, title: withoutCode(title), words, seenOn, dueOn },
    standing: isOwnStanding(standing) ? standing : standingBefore(standing, row, today),
    maySee: isNewReminder || standing === 'to_tell',
    deduction: follower && isApproved(follower) ? shownDeduction(follower) : null,
  };
}

/** A deduction that nobody approved is no news for the household. */
function standingBefore(
  standing: 'proposed' | 'returned' | 'laid_aside',
  row: KnownReminder['row'],
  today: string,
): OwnReminder['standing'] {
  return standing === 'laid_aside' ? standingAlone(row, today) : 'ready';
}

function isApproved({ state }: Follower): boolean {
  return state === 'on_notice' || state === 'contested' || state === 'posted';
}

function shownDeduction(follower: Follower): NonNullable<OwnReminder['deduction']> {
  const { proposalId, points, answerUntil, entry } = follower;
  return {
    ...{ proposalId, points, entry, hasAgreed: hasAgreed(follower), mayAnswer: mayAnswer(follower) },
    answerUntil: isTold(follower) ? answerUntil : null,
  };
}
