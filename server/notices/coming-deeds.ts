import type { Reader } from '../../db/index.ts';
import type { ComingDeed } from '../../shared/me/contract.ts';
import { deedsUnderWay } from '../proposals/index.ts';
import { readNotices } from './numbered-notices.ts';

/** The good deeds of a household whose points are still to come, newest first, and how far each has come. */
export async function comingDeeds(
  reader: Reader,
  villageId: string,
  householdId: string,
): Promise<ComingDeed[]> {
  const deeds = await deedsUnderWay(reader, villageId, householdId);
  const ids = [...new Set(deeds.flatMap(({ noticeId }) => noticeId ?? []))];
  const notices = ids.length === 0 ? [] : await readNotices(reader, villageId, { ids, limit: ids.length });
  const byId = new Map(notices.map((notice) => [notice.id, notice]));
  return deeds.map(({ id: proposalId, state, noticeId, ...deed }) => {
    const notice = byId.get(noticeId ?? '');
    return {
      ...{ ...deed, proposalId, isContested: state === 'contested' },
      step: state === 'proposed' ? 'proposed' : notice?.up ? 'on_notice' : 'approved',
      notice: notice?.number ?? null,
      postsOn: notice?.up?.postsOn ?? null,
    };
  });
}
