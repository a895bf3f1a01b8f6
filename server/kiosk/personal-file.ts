import { pointsNumber } from '../../shared/points.ts';
import type { FilePart, FileSubject } from '../define-module.ts';
import { redemptionsOf } from './personal.ts';

export async function redemptionsFile(subject: FileSubject): Promise<readonly FilePart[]> {
  return [['兑换', await redemptionsPart(subject)]];
}

async function redemptionsPart({ reader, villageId, householdId, moment, nameOf }: FileSubject) {
  const redemptions = await redemptionsOf(reader, villageId, householdId);
  return redemptions.map((one) => ({
    凭证号: one.journalNumber,
    日期: one.effectiveOn,
    时间: moment(one.bookedAtMs),
    积分: pointsNumber(one.points),
    商品: one.lines.map(({ name, unit, quantity, price }) => ({
      名称: name,
      单位: unit,
      数量: quantity,
      每件积分: pointsNumber(price),
    })),
    经手: nameOf(one.volunteerId),
    后来被撤销: one.undoneBy,
  }));
}
