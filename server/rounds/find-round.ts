import type { Reader } from '../../db/index.ts';
import { Refusal } from '../../shared/errors.ts';
import { readRound, type RoundNow, stateOf } from './told-rounds.ts';

/** Finds a round. Refuses with round.not_found. */
export async function findRound(reader: Reader, villageId: string, id: string): Promise<RoundNow> {
  const round = await readRound(reader, villageId, id);
  if (!round) throw new Refusal('round.not_found');
  return round;
}

/** Finds a round that is neither closed nor withdrawn. Refuses with round.not_found, round.state. */
export async function findOpenRound(reader: Reader, villageId: string, id: string): Promise<RoundNow> {
  const round = await findRound(reader, villageId, id);
  if (stateOf(round) !== 'open') throw new Refusal('round.state');
  return round;
}
