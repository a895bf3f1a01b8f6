import type { Reader } from '../../db/index.ts';
import type { ComingDeed } from '../../shared/me/contract.ts';
import type { VillageContext } from '../http/index.ts';
import { deedsUnderWay } from '../proposals/index.ts';
import { readNotices } from './numbered-notices.ts';
import { nextBudgetFor, withoutBudget } from './without-budget.ts';

/** The good deeds of a household whose points are still to come, newest first, and how far each has come. */
export async function comingDeeds(
  reader: Reader,
  at: { readonly village: VillageContext; readonly today: string },
  householdId: string,
): Promise<ComingDeed[]> {
  const villageId = at.village.id;
  const deeds = await deedsUnderWay(reader, villageId, householdId);
  const ids = [...new Set(deeds.flatMap(({ noticeId }) => noticeId ?? []))];
  const notices = ids.length === 0 ? [] : await readNotices(reader, villageId, { ids, limit: ids.length });
  const byId = new Map(notices.map((notice) => [notice.id, notice]));
  const late = new Set<string>();
  for (const notice of notices) for (const id of await withoutBudget(reader, at, notice)) late.add(id);
  return deeds.map(({ id: proposalId, state, noticeId, head, ...deed }) => {
    const notice = byId.get(noticeId ?? '');
    const waitsForBudget = late.has(proposalId);
    const postsOn = notice?.up?.postsOn ?? null;
    return {
      ...{ ...deed, proposalId, isContested: state === 'contested', waitsForBudget },
      step: state === 'proposed' ? 'proposed' : notice?.up ? 'on_notice' : 'approved',
      notice: notice?.number ?? null,
      postsOn: waitsForBudget ? nextBudgetFor(at, { head, points: deed.points }) : postsOn,
    };
  });
}
