import type { Reader } from '../../db/index.ts';
import { addDays } from '../../shared/business-day.ts';
import type { NoticeOnBoard } from '../../shared/notices/public-notice.ts';
import { NO_OBJECTIONS, tallyOfNotices } from '../objections/index.ts';
import { isShown, sameDeeds } from '../proposals/index.ts';
import { DEEDS_ON_BOARD_MOST } from '../../shared/notices/states.ts';
import { type FrozenLine, frozenLines } from './notice-lines.ts';
import { type ReadyAt, readyForBoard } from './ready-for-board.ts';
import { lastNotices, type NoticeNow, readNotices } from './numbered-notices.ts';
import { toldDeed } from './told-deed.ts';

/** Whether a notice hangs now and has not ended. */
export async function isHanging(reader: Reader, villageId: string, id: string): Promise<boolean> {
  const [notice] = await readNotices(reader, villageId, { ids: [id], limit: 1 });
  return notice !== undefined && notice.up !== null && notice.ended === null;
}

/**
 * The notices that a board shows: those that hang now and have not ended, and those that may go out and wait for a board to
 * show them; of each kind the newest, as many as are asked for. One whose points were to move before `since`, or that was made
 * before and does not hang, is shown no more, whatever still holds a deed of it.
 */
export async function noticesOnBoard(
  reader: Reader,
  at: ReadyAt,
  { most, since }: { readonly most: number; readonly since: string },
): Promise<NoticeOnBoard[]> {
  const { village, today } = at;
  const last = await lastNotices(reader, village.id);
  const hanging = last
    .filter(({ up, ended }) => up !== null && ended === null && up.postsOn >= since)
    .slice(0, most);
  const recent = last.filter(({ made }) => made.effectiveOn >= since);
  const ready = await readyForBoard(reader, at, recent, most);
  const found: NoticeOnBoard[] = [];
  for (const notice of hanging) {
    const lines = await frozenLines(reader, { villageId: village.id, today }, notice.id);
    found.push(await onBoard(reader, village.id, { notice, lines, today }));
  }
  for (const one of ready) found.push(await onBoard(reader, village.id, { ...one, today }));
  return found;
}

/**
 * A notice as the board shows it: one that does not hang yet, as it would be if it were put up today. Deeds that were taken
 * off or posted are left out, and so is whatever the public may not see.
 */
export async function onBoard(
  reader: Reader,
  villageId: string,
  {
    notice: { id, number, days, up, review },
    lines,
    today,
  }: { readonly notice: NoticeNow; readonly lines: readonly FrozenLine[]; readonly today: string },
): Promise<NoticeOnBoard> {
  const waiting = lines.flatMap(({ line: { day }, found, fate }) => {
    const isContested = fate?.state === 'contested';
    const isWaiting = isContested || fate?.state === 'on_notice';
    return found && isWaiting && isShown(found) ? [{ ...found.deed, day, isContested }] : [];
  });
  const told = [false, true].flatMap((isContested) =>
    sameDeeds(waiting.filter((deed) => deed.isContested === isContested)).map((rows) => ({
      ...toldDeed(rows),
      isContested,
    })),
  );
  const tallies = await tallyOfNotices(reader, villageId, [id]);
  return {
    ...{ number, isUp: up !== null, isWhole: told.length <= DEEDS_ON_BOARD_MOST },
    postsOn: up?.postsOn ?? addDays(today, days + 1),
    isUnreviewed: up?.isUnreviewed ?? review === null,
    deeds: told.slice(0, DEEDS_ON_BOARD_MOST),
    objections: tallies.get(id) ?? NO_OBJECTIONS,
  };
}
