import { type EndpointsOf, type Handlers, type RandomBytes, withBefore } from '../http/index.ts';
import { forgive, hashSecret, newPin } from '../identity/index.ts';
import { volunteerSubject } from './kiosk.ts';
import { actsOfEnd, unendedShifts } from './shift-acts.ts';
import { volunteersWithFigures } from './volunteer-figures.ts';
import { requireHouseholds } from '../households/index.ts';
import { confirmVolunteer, waitingFor } from './confirm-volunteer.ts';
import { actsOfKin } from './volunteer-kin.ts';
import { changeVolunteer, createVolunteer, type VolunteerView } from './volunteers.ts';

interface FreshPin {
  readonly pin: string;
  readonly pinHash: string;
}

export function volunteersHandlers(random: RandomBytes): Handlers<EndpointsOf<'volunteers'>> {
  const freshPin = async (): Promise<FreshPin> => {
    const pin = newPin(random);
    return { pin, pinHash: await hashSecret(pin) };
  };
  return {
    'volunteers.list': async (_, { reader, village, actor, today }) => {
      const all = await volunteersWithFigures(reader, village.id, today);
      const waiting = await waitingFor(reader, { village, actor }, all);
      return { items: all.map((one) => ({ ...one, mayConfirm: waiting.includes(one) })) };
    },
    'volunteers.create': withBefore<'volunteers.create', FreshPin>({
      before: freshPin,
      async run({ body: { name, householdIds } }, context, { pin, pinHash }) {
        const { tx, village, nowMs, act, actor } = context;
        await requireHouseholds(tx, village.id, householdIds);
        const made = {
          ...{ villageId: village.id, id: context.newId(), name, householdIds, pinHash, nowMs },
          unconfirmedBy: actor.id,
        };
        const volunteer = await createVolunteer(tx, made);
        act({ act: 'volunteers.created', on: `volunteer:${volunteer.id}`, is: { name } });
        act(...actsOfKin(volunteer));
        return { volunteer, pin };
      },
    }),
    'volunteers.update': withBefore<'volunteers.update', FreshPin | null>({
      before: async ({ body }) => (body.newPin ? freshPin() : null),
      async run({ params: { id }, body }, { tx, village, actor, nowMs, act }, fresh) {
        const { disabled, householdIds } = body;
        await requireHouseholds(tx, village.id, householdIds ?? []);
        const change = {
          ...{ villageId: village.id, id, nowMs, disabled, householdIds, pinHash: fresh?.pinHash },
          actorId: actor.id,
        };
        const endsShifts = disabled === true || fresh !== null;
        const ended = endsShifts ? await unendedShifts(tx, village.id, { volunteerId: id }) : [];
        const { was, now: volunteer } = await changeVolunteer(tx, change);
        if (fresh) await forgive(tx, village.id, volunteerSubject(id));
        const on = `volunteer:${id}` as const;
        act({ act: 'volunteers.changed', on, was: toldOf(was), is: toldOf(volunteer) });
        act(...actsOfKin(volunteer, was.householdIds));
        if (fresh) act({ act: 'volunteers.pin_set', on });
        act(...actsOfEnd(ended));
        return { volunteer, pin: fresh?.pin ?? null };
      },
    }),
    'volunteers.confirm': ({ params: { id }, body }, context) => confirmVolunteer(context, { id, ...body }),
  };
}

function toldOf({ name, disabled }: VolunteerView) {
  return { name, disabled };
}
