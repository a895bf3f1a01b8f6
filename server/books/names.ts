import type { Reader } from '../../db/index.ts';
import { type NameThen, namesThen, PROGRAM_NAMES } from '../acts/index.ts';
import { staffNames } from '../staff/index.ts';
import { kioskNames, volunteerNames } from '../kiosk/index.ts';

/** Display names of everybody who books entries, by id: staff, volunteers, devices and programs. */
export async function bookerNames(reader: Reader, villageId: string): Promise<Map<string, string>> {
  return new Map([
    ...PROGRAM_NAMES,
    ...(await staffNames(reader, villageId)),
    ...(await volunteerNames(reader, villageId)),
    ...(await kioskNames(reader, villageId)),
  ]);
}

/** The names that they had when they booked. */
export async function bookerNamesThen(reader: Reader, villageId: string): Promise<NameThen> {
  return namesThen(reader, villageId, await bookerNames(reader, villageId));
}
