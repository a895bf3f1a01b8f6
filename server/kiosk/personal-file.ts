import {
  HANDED_OUT_TITLES,
  REDEMPTION_TITLES,
  REDEMPTIONS_PART,
} from '../../shared/kiosk/personal-file-words.ts';
import { pointsNumber } from '../../shared/points.ts';
import type { FilePart, FileSubject } from '../define-module.ts';
import { titled } from '../personal-part.ts';
import { redemptionsOf } from './personal.ts';

export async function redemptionsFile(subject: FileSubject): Promise<readonly FilePart[]> {
  return [[REDEMPTIONS_PART, await redemptionsPart(subject)]];
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
    }),
  );
}
