import type { HomeFacts, HomeItem } from '../shell/feature-contract.ts';

type Waiting = NonNullable<HomeFacts['summary']['handover']>;

/** The row of the home page that tells of a hand-over which both sides have not signed. */
export function handoverItem(
  { id, from, to, dueOn, isOverdue, waitsForMe }: Waiting,
  { t, day }: Pick<HomeFacts, 't' | 'day'>,
): HomeItem {
  return {
    ...{ name: 'handover', to: { name: 'handover', params: { id } }, icon: 'swap' },
    text: t(waitsForMe ? 'handovers.home.sign' : 'handovers.home.waits', { from, to }),
    more: t(isOverdue ? 'handovers.home.late' : 'handovers.home.due', { day: day(dueOn) }),
    isUrgent: waitsForMe || isOverdue,
  };
}
