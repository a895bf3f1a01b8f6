import type { Reader } from '../../db/index.ts';
import { staffNames } from '../staff/index.ts';
import { volunteerNames } from '../kiosk/index.ts';

/** Display names of everybody who books entries, by id: staff and volunteers. */
export async function bookerNames(reader: Reader, villageId: string): Promise<Map<string, string>> {
  return new Map([...(await staffNames(reader, villageId)), ...(await volunteerNames(reader, villageId))]);
}
