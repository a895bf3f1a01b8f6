import type { ReminderStanding } from '../../../shared/deductions/states.ts';
import type { AnswerOf } from '../../api/index.ts';

type Reminder = AnswerOf<'deductions.reminders'>['items'][number];

/** A household that agreed waits for nothing more. */
export function standingShown({
  standing,
  deduction,
}: Pick<Reminder, 'standing' | 'deduction'>): ReminderStanding | 'agreed' {
  return standing === 'answering' && deduction?.hasAgreed ? 'agreed' : standing;
}

/** The day that matters while a reminder stands so. */
export function dayOf({
  standing,
  dueOn,
  lapsesAfter,
  deduction,
}: Pick<Reminder, 'standing' | 'dueOn' | 'lapsesAfter' | 'deduction'>): string {
  if (standing === 'ready' || standing === 'lapsed') return lapsesAfter;
  return standing === 'answering' ? (deduction?.answerUntil ?? dueOn) : dueOn;
}
