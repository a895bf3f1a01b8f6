import type { Reader } from '../../db/index.ts';
import { roundsOf } from './told-rounds.ts';

/** The names of rounds by their ids, for the book of acts. */
export async function roundNames(
  reader: Reader,
  villageId: string,
  ids: readonly string[],
): Promise<ReadonlyMap<string, string>> {
  const rounds = await roundsOf(reader, villageId, ids);
  return new Map(Array.from(rounds, ([id, { name }]) => [id, name]));
}
