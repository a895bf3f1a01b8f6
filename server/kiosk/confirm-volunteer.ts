import { and, eq } from 'drizzle-orm';
import { Refusal } from '../../shared/errors.ts';
import { isEasyPin } from '../../shared/pin.ts';
import type { OpenContext } from '../http/index.ts';
import { forgive, hashSecret } from '../identity/index.ts';
import { findStaff } from '../staff/index.ts';
import { volunteerSubject } from './kiosk.ts';
import { endShifts } from './kiosks.ts';
import { actsOfEnd, unendedShifts } from './shift-acts.ts';
import { findVolunteer, viewOf, type VolunteerView } from './volunteers.ts';

/**
 * The volunteer types a PIN of their own before an approver. Until then whoever made the volunteer knows the PIN and
 * could be both people who vouch. Refuses with auth.weak_pin, volunteer.not_found, volunteer.nothing_to_confirm,
 * volunteer.confirm_own, auth.forbidden.
 */
export async function confirmVolunteer(
  { store, village, actor, nowMs, bookActs }: OpenContext,
  { id, pin }: { readonly id: string; readonly pin: string },
): Promise<VolunteerView> {
  if (isEasyPin(pin)) throw new Refusal('auth.weak_pin');
  const villageId = village.id;
  const pinHash = await hashSecret(pin);
  return store.transaction(async (tx) => {
    await tx.lockBook(villageId);
    const person = await findVolunteer(tx, villageId, id);
    if (!person) throw new Refusal('volunteer.not_found', { id });
    if (person.confirmedAtMs !== null || person.disabledAtMs !== null)
      throw new Refusal('volunteer.nothing_to_confirm');
    if (person.unconfirmedBy === actor.id) throw new Refusal('volunteer.confirm_own');
    // An account that nobody has confirmed yet confirms nobody else, nor does an administrator, who pairs kiosks.
    const by = await findStaff(tx, villageId, actor.id);
    const isAdministrator = by.roles.includes('admin');
    if (by.confirmedAtMs === null || by.disabledAtMs !== null || isAdministrator)
      throw new Refusal('auth.forbidden');
    const ended = await unendedShifts(tx, villageId, { volunteerId: id });
    const { volunteers } = tx.t;
    await tx.db
      .update(volunteers)
      .set({ pinHash, confirmedAtMs: nowMs, unconfirmedBy: null })
      .where(and(eq(volunteers.villageId, villageId), eq(volunteers.id, id)))
      .returning({ id: volunteers.id });
    await endShifts({ tx, villageId, nowMs }, { volunteerId: id });
    await forgive(tx, villageId, volunteerSubject(id));
    await bookActs(tx, { act: 'volunteers.confirmed', on: `volunteer:${id}` }, ...actsOfEnd(ended));
    return viewOf({ ...person, confirmedAtMs: nowMs, unconfirmedBy: null });
  }, villageId);
}
