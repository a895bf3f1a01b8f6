import {
  AGREED_WORDS,
  DEDUCTION_TITLES,
  END_WORDS,
  REMINDER_TITLES,
  REMINDERS_PART,
  WAY_WORDS,
} from '../../shared/deductions/personal-file-words.ts';
import { formatHundredths } from '../../shared/points.ts';
import type { FilePart, FileSubject } from '../define-module.ts';
import { titled } from '../personal-part.ts';
import { type Follower, hasAgreed, type KnownReminder, readReminders } from './reminder-rows.ts';
import { rulesThen } from './rule-then.ts';

/** A household has fewer reminders than this in all its years. */
const MOST = 10_000;

/** The reminders of a household, and what followed them. */
export async function deductionsFile(subject: FileSubject): Promise<readonly FilePart[]> {
  const { reader, villageId, householdId } = subject;
  // No day is asked for, because all of them are told.
  const known = await readReminders(reader, { villageId, today: '' }, { householdId, limit: MOST });
  const ruleThen = await rulesThen(reader, subject, known);
  const told = known.reverse().map((one) => {
    const { code, title } = ruleThen(one.row);
    return toldOf(one, `${code} ${title}`, subject);
  });
  return [[REMINDERS_PART, told]];
}

function toldOf({ row, follower }: KnownReminder, rule: string, { moment }: FileSubject) {
  return titled(REMINDER_TITLES, {
    number: row.number,
    rule,
    words: row.words,
    seenOn: row.seenOn,
    dueOn: row.dueOn,
    made: moment(row.madeAtMs),
    deliveredOn: row.deliveredOn,
    deliveredWay: row.deliveredWay === null ? null : WAY_WORDS[row.deliveredWay],
    ended: row.ended === null ? null : END_WORDS[row.ended],
    deduction: follower && toldDeduction(follower),
  });
}

function toldDeduction(follower: Follower) {
  const { points, entry, answerUntil } = follower;
  return titled(DEDUCTION_TITLES, {
    points: formatHundredths(points),
    entry,
    answerUntil,
    agreed: hasAgreed(follower) ? AGREED_WORDS : null,
  });
}
