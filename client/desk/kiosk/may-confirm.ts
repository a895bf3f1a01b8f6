import type { AnswerOf } from '../../api/index.ts';
import type { Desk } from '../desk.ts';

export type Volunteer = AnswerOf<'volunteers.list'>['items'][number];

/** The person who made the volunteer knows the PIN, so that somebody else confirms. */
export function mayConfirm(desk: Pick<Desk, 'mayDo' | 'session'>, volunteer: Volunteer): boolean {
  const { confirmed, disabled, unconfirmedBy } = volunteer;
  if (confirmed || disabled) return false;
  return desk.mayDo('volunteer.confirm') && unconfirmedBy !== desk.session?.staff.id;
}
