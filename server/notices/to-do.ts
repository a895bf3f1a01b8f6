import type { Reader } from '../../db/index.ts';
import { tallyUnannounced } from '../proposals/index.ts';
import { lastNotices, stateOf } from './numbered-notices.ts';

/** Counts the deeds that are on no notice yet, the notices that nobody has signed, and those that do not hang. */
export async function noticesToDo(
  reader: Reader,
  villageId: string,
): Promise<{ readonly deeds: number; readonly toReview: number; readonly toPutUp: number }> {
  const last = await lastNotices(reader, villageId);
  const open = last.filter(({ ended }) => ended === null);
  return {
    deeds: (await tallyUnannounced(reader, villageId)).count,
    toReview: open.filter(({ review }) => review === null).length,
    toPutUp: open.filter((one) => stateOf(one) !== 'up').length,
  };
}
