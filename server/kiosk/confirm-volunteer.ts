import { and, eq } from 'drizzle-orm';
import type { Reader } from '../../db/index.ts';
import { Refusal } from '../../shared/errors.ts';
import { isEasyPin } from '../../shared/pin.ts';
import type { Actor, OpenContext, VillageContext } from '../http/index.ts';
import {
  ADDRESS_POLICY,
  forgive,
  guardFrom,
  hashSecret,
  NOBODYS_HASH,
  verifySecret,
} from '../identity/index.ts';
import { findStaff } from '../staff/index.ts';
import { volunteerSubject } from './kiosk.ts';
import { endShifts } from './kiosks.ts';
import { actsOfEnd, unendedShifts } from './shift-acts.ts';
import {
  findVolunteer,
  listVolunteers,
  viewOf,
  type VolunteerRow,
  type VolunteerView,
} from './volunteers.ts';

interface Typed {
  readonly id: string;
  /** The PIN until now. The one who confirms does not know it. */
  readonly currentPin: string;
  readonly pin: string;
}

/**
 * The volunteer types the PIN until now and then one of their own, before an approver. Until then whoever made the volunteer
 * may know the PIN and could be both people who vouch. An approver who types everything alone does not know the PIN that was
 * given, and so confirms nobody. Refuses with auth.weak_pin, volunteer.same_pin, volunteer.not_found,
 * volunteer.nothing_to_confirm, volunteer.confirm_own, auth.forbidden, auth.wrong, auth.locked.
 */
export async function confirmVolunteer(
  { store, village, actor, nowMs, bookActs }: OpenContext,
  { id, currentPin, pin }: Typed,
): Promise<VolunteerView> {
  if (isEasyPin(pin)) throw new Refusal('auth.weak_pin');
  if (pin === currentPin) throw new Refusal('volunteer.same_pin');
  const villageId = village.id;
  const at = { village, actor, id };
  // A person who may not confirm is refused before a PIN is tried.
  await store.read((reader) => requireWaiting(reader, at));
  const from = { villageId, subject: `confirming:${actor.id}`, nowMs, policy: ADDRESS_POLICY };
  const subject = { villageId, subject: volunteerSubject(id), nowMs, what: 'pin' } as const;
  const checked = await guardFrom(store, from, subject, async () => {
    const row = await store.read((reader) => findVolunteer(reader, villageId, id));
    const isRight = await verifySecret(row?.pinHash ?? NOBODYS_HASH, currentPin);
    return row && isRight ? row : null;
  });
  const pinHash = await hashSecret(pin);
  return store.transaction(async (tx) => {
    await tx.lockBook(villageId);
    const person = await requireWaiting(tx, at);
    // Another PIN was given since the check.
    if (person.pinHash !== checked.pinHash) throw new Refusal('auth.wrong', { what: 'pin' });
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

interface Confirming {
  readonly village: Pick<VillageContext, 'id' | 'openedAtMs'>;
  readonly actor: Pick<Actor, 'id' | 'roles'>;
}

/** Finds a volunteer whom this person may confirm, or refuses. */
async function requireWaiting(
  reader: Reader,
  { id, ...at }: Confirming & { readonly id: string },
): Promise<VolunteerRow> {
  const person = await findVolunteer(reader, at.village.id, id);
  if (!person) throw new Refusal('volunteer.not_found', { id });
  if (person.confirmedAtMs !== null || person.disabledAtMs !== null)
    throw new Refusal('volunteer.nothing_to_confirm');
  if (person.unconfirmedBy === at.actor.id) throw new Refusal('volunteer.confirm_own');
  if (!(await mayConfirm(reader, at))) throw new Refusal('auth.forbidden');
  return person;
}

/**
 * An account that nobody has confirmed yet confirms nobody else, once the books are open, nor does an administrator, who
 * pairs kiosks.
 */
async function mayConfirm(reader: Reader, { village, actor }: Confirming): Promise<boolean> {
  if (!actor.roles.includes('approver')) return false;
  const by = await findStaff(reader, village.id, actor.id);
  const counts = by.confirmedAtMs !== null || village.openedAtMs === null;
  return counts && by.disabledAtMs === null && !by.roles.includes('admin');
}

/** The volunteers among these who wait to be confirmed, and whom this person may confirm. */
export async function waitingFor<V extends Pick<VolunteerView, 'confirmed' | 'disabled' | 'unconfirmedBy'>>(
  reader: Reader,
  at: Confirming,
  volunteers: readonly V[],
): Promise<V[]> {
  if (!(await mayConfirm(reader, at))) return [];
  return volunteers.filter(
    ({ confirmed, disabled, unconfirmedBy }) => !confirmed && !disabled && unconfirmedBy !== at.actor.id,
  );
}

/** How many volunteers wait to be confirmed by this person. */
export async function countToConfirm(reader: Reader, at: Confirming): Promise<number> {
  return (await waitingFor(reader, at, await listVolunteers(reader, at.village.id))).length;
}
