import type { Reader } from '../../db/index.ts';
import type { VillageContext } from '../http/index.ts';
import { CLOCK } from '../proposals/index.ts';
import { mayGoOutAtMs } from './may-go-out.ts';
import { type FrozenLine, frozenLines } from './notice-lines.ts';
import type { NoticeNow } from './numbered-notices.ts';
import { unfitLines } from './unfit-texts.ts';

export interface ReadyAt {
  readonly village: Pick<VillageContext, 'id'>;
  /** Whether anybody holds the supervisor's seat. */
  readonly hasSupervisor: boolean;
  readonly today: string;
  readonly nowMs: number;
}

export interface ReadyNotice {
  readonly notice: NoticeNow;
  readonly lines: readonly FrozenLine[];
}

/**
 * The newest of these notices whose days begin once a board has shown all of them: a supervisor has signed, or has had the
 * time; nothing in them is unfit for the public; and nobody took them down. One that the clock took down, because its board
 * was off for a day, begins anew.
 */
export async function readyForBoard(
  reader: Reader,
  { village, hasSupervisor, today, nowMs }: ReadyAt,
  notices: readonly NoticeNow[],
  most: number,
): Promise<ReadyNotice[]> {
  const waiting = notices.filter(
    ({ up, ended, down }) => !up && !ended && (!down || down.actorId === CLOCK.id),
  );
  const ready: ReadyNotice[] = [];
  for (const notice of waiting) {
    if (ready.length === most) break;
    if (!notice.review && nowMs < mayGoOutAtMs(notice, hasSupervisor)) continue;
    const lines = await frozenLines(reader, { villageId: village.id, today }, notice.id);
    if (unfitLines(lines).length === 0) ready.push({ notice, lines });
  }
  return ready;
}
