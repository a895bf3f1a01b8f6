import type { Tx } from '../../db/index.ts';
import type { Act } from '../../shared/acts/act.ts';
import type { VillageContext } from '../http/index.ts';
import { hasSupervisor } from '../village/index.ts';
import { onBoard } from './hanging.ts';
import { lastNotices, type NoticeNow } from './numbered-notices.ts';
import { type ReadyAt, readyForBoard, type ReadyNotice } from './ready-for-board.ts';

interface ShownAt {
  readonly village: VillageContext;
  readonly today: string;
  readonly nowMs: number;
}

type Shown = Act<'notices.put_up'> | Act<'notices.shown'>;

/**
 * Notes that a board has shown all of these notices on a screen that was on. One that may go out hangs from now on; of one
 * that hangs by a board it is noted once a day. Others are left as they are: a board may be a minute behind.
 */
export async function noteShown(
  tx: Tx,
  { village, today, nowMs }: ShownAt,
  numbers: readonly number[],
): Promise<{ readonly noted: number[]; readonly acts: Shown[] }> {
  await tx.lockBook(village.id);
  const last = await lastNotices(tx, village.id);
  const told = last.filter(({ number }) => numbers.includes(number));
  const at = { village, hasSupervisor: await hasSupervisor(tx, village, nowMs), today, nowMs };
  const ready = await readyForBoard(tx, at, told, told.length);
  const noted: number[] = [];
  const acts: Shown[] = [];
  for (const notice of told) {
    const waits = ready.find((one) => one.notice === notice);
    const act = waits ? await begun(tx, at, waits) : shownToday(notice, today);
    if (act === null) continue;
    noted.push(notice.number);
    acts.push(act);
  }
  return { noted, acts };
}

/** A notice with more deeds than a board shows needs its paper. */
async function begun(tx: Tx, { village, today }: ReadyAt, ready: ReadyNotice): Promise<Shown | null> {
  const { isWhole, postsOn, isUnreviewed } = await onBoard(tx, village.id, { ...ready, today });
  if (!isWhole) return null;
  const told = { postsOn, isUnreviewed, isByScreen: true };
  return { act: 'notices.put_up', on: `notice:${ready.notice.id}`, is: told };
}

function shownToday({ id, up, ended }: NoticeNow, today: string): Shown | null {
  if (ended || !up?.shownOn || up.shownOn.has(today)) return null;
  return { act: 'notices.shown', on: `notice:${id}`, is: { day: today } };
}
