import {
  HANDED_OUT_TITLES,
  REDEMPTION_TITLES,
  RETURN_TITLES,
  RETURNED_TITLES,
  REDEMPTIONS_PART,
  VOLUNTEER_KIN_PART,
} from '../../shared/kiosk/personal-file-words.ts';
import { maskName } from '../../shared/mask-name.ts';
import { pointsNumber } from '../../shared/points.ts';
import type { FilePart, FileSubject } from '../define-module.ts';
import { titled } from '../personal-part.ts';
import { redemptionsOf } from './personal.ts';
import { volunteerKinOf } from './volunteer-kin.ts';

export async function redemptionsFile(subject: FileSubject): Promise<readonly FilePart[]> {
  const { reader, villageId, householdId } = subject;
  const kin = await volunteerKinOf(reader, villageId, householdId);
  return [
    [REDEMPTIONS_PART, await redemptionsPart(subject)],
    [VOLUNTEER_KIN_PART, kin.map((name) => maskName(name))],
  ];
}

async function redemptionsPart({ reader, villageId, householdId, moment, nameOf }: FileSubject) {
  const redemptions = await redemptionsOf(reader, villageId, householdId);
  return redemptions.map((one) =>
    titled(REDEMPTION_TITLES, {
      number: one.journalNumber,
      effectiveOn: one.effectiveOn,
      booked: moment(one.bookedAtMs),
      points: pointsNumber(one.points),
      goods: one.lines.map(({ name, unit, quantity, price }) =>
        titled(HANDED_OUT_TITLES, {
          name,
          unit,
          quantity,
          price: pointsNumber(price),
        }),
      ),
      volunteer: nameOf(one.volunteerId),
      undoneBy: one.undoneBy,
      returns: one.returns.map((back) =>
        titled(RETURN_TITLES, {
          number: back.journalNumber,
          effectiveOn: back.effectiveOn,
          booked: moment(back.bookedAtMs),
          points: pointsNumber(back.points),
          goods: back.lines.map(({ goodsId, quantity }) => {
            const name = one.lines.find((line) => line.goodsId === goodsId)?.name ?? '';
            return titled(RETURNED_TITLES, { name, quantity });
          }),
          by: nameOf(back.actorId, back.journalNumber),
          undoneBy: back.undoneBy,
        }),
      ),
    }),
  );
}
