import type { Reader } from '../../db/index.ts';
import { COMMAND_LINE } from '../../shared/acts/program-words.ts';
import { businessDay } from '../../shared/business-day.ts';
import { Refusal } from '../../shared/errors.ts';
import type { ActAt } from '../at.ts';
import { createIds, type RandomBytes, readVillage } from '../http/index.ts';

/** Nobody logs in at the server's own command line, so its acts bear its name. */
export async function commandLineAt(
  reader: Reader,
  villageId: string,
  { clock, random }: { readonly clock: () => number; readonly random: RandomBytes },
): Promise<ActAt> {
  const village = await readVillage(reader, villageId);
  if (!village) throw new Refusal('village.not_found');
  const today = businessDay(clock(), village.settings.timeZone);
  return { villageId, actorId: COMMAND_LINE, today, newId: createIds(clock, random), via: 'command_line' };
}
