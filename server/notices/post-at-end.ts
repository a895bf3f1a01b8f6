import type { Logger } from 'pino';
import type { Store, Tx } from '../../db/index.ts';
import type { AnyAct } from '../../shared/acts/act.ts';
import { businessDay } from '../../shared/business-day.ts';
import { Refusal } from '../../shared/errors.ts';
import { bookActs } from '../acts/index.ts';
import { runCommand } from '../commands/index.ts';
import { readVillage } from '../http/index.ts';
import type { Job } from '../jobs/index.ts';
import type { Ledger } from '../ledger/index.ts';
import {
  type ClockServices,
  contestedOnNotice,
  decide,
  decideByClock,
  type DecisionAt,
  fatesOf,
  openNotices,
  waitingOnNotice,
  withinBudget,
} from '../proposals/index.ts';
import { findDocument } from '../documents/index.ts';
import {
  findNotice,
  type FrozenNotice,
  isDue,
  lastNotices,
  missedDay,
  type NoticeNow,
  readNotices,
} from './numbered-notices.ts';

interface Posting extends ClockServices {
  readonly store: Store;
  readonly clock: () => number;
  readonly logger: Logger;
  readonly signal: AbortSignal;
}

const MINUTE_MS = 60_000;
/** So many entries are booked in one commit: the counter waits no longer than for any other batch. */
const AT_ONCE = 100;

/**
 * Posts the awards of notices that have hung for their days. Several servers may run it, and it may run late: under the
 * village's lock each looks again at what is still to be posted.
 */
export function noticeClock(services: ClockServices): Job {
  return {
    name: 'posting at the end of notices',
    firstAfterMs: MINUTE_MS / 6,
    everyMs: MINUTE_MS,
    run: (at) => postDueNotices({ ...services, ...at }),
  };
}

/** Posts everything that is due now, in every village. */
export async function postDueNotices(posting: Posting): Promise<void> {
  const { store, signal } = posting;
  const villages = await store.read(({ db, t }) =>
    db.select({ id: t.villages.id }).from(t.villages).orderBy(t.villages.id),
  );
  for (const { id: villageId } of villages) {
    for (const noticeId of await dueIn(posting, villageId)) {
      if (signal.aborted) return;
      await postNotice(posting, villageId, noticeId);
    }
  }
}

async function dueIn({ store, clock }: Posting, villageId: string): Promise<string[]> {
  return store.read(async (reader) => {
    const village = await readVillage(reader, villageId);
    const open = await openNotices(reader, villageId);
    // A notice whose deeds were all taken off has none left to be found by.
    const last = await lastNotices(reader, villageId);
    const older = open.filter((id) => last.every((one) => one.id !== id));
    const notices = [...last, ...(await readNotices(reader, villageId, { ids: older, limit: older.length }))];
    const today = businessDay(clock(), village?.settings.timeZone ?? 'UTC');
    const isToDo = (notice: NoticeNow) =>
      !notice.ended && (isDue(notice, today) || missedDay(notice, today) !== null);
    return notices.flatMap((notice) => (isToDo(notice) ? notice.id : []));
  });
}

async function postNotice(posting: Posting, villageId: string, noticeId: string): Promise<void> {
  const stuck = new Set<string>();
  for (let atOnce = AT_ONCE; ;) {
    if (posting.signal.aborted) return;
    const outcome = await postSome(posting, villageId, { noticeId, atOnce, stuck });
    if (outcome === 'done') return;
    // One that cannot be posted holds up none of the others.
    atOnce = outcome === 'refused' ? 1 : AT_ONCE;
  }
}

interface Some {
  readonly noticeId: string;
  readonly atOnce: number;
  /** Cannot be posted now. They stay on notice, and are tried again in the next run. */
  readonly stuck: Set<string>;
}

async function postSome(
  posting: Posting,
  villageId: string,
  { noticeId, atOnce, stuck }: Some,
): Promise<'posted' | 'refused' | 'done'> {
  let tried: readonly string[] = [];
  try {
    return await posting.store.transaction(async (tx) => {
      await tx.lockBook(villageId);
      const at = await decideByClock(posting, tx, villageId);
      const listed = await endOrAwards(tx, posting.ledger, at, noticeId);
      // The others are posted in the first run of a month whose budget has points for them.
      const ids = await withinBudget(
        tx,
        at,
        listed.filter((id) => !stuck.has(id)),
      );
      tried = ids.slice(0, atOnce);
      if (tried.length === 0) return 'done';
      await runCommand(tx, villageId, decide.with({ action: 'post', ids: tried, reason: '', noticeId }, at));
      return 'posted';
    });
  } catch (error) {
    if (!(error instanceof Refusal)) throw error;
    // Nothing is booked in a village whose book is ahead of the server's clock, and no deed is at fault.
    if (error.code === 'server.clock') {
      posting.logger.warn({ notice: noticeId }, 'the clock is behind the book: a notice waits for it');
      return 'done';
    }
    const [only, ...others] = tried;
    if (only !== undefined && others.length === 0) {
      stuck.add(only);
      posting.logger.warn(
        { proposal: only, code: error.code },
        'a deed cannot be posted at the end of its notice',
      );
    }
    return 'refused';
  }
}

/**
 * The awards of a notice that are to be posted now. When none of them waits any more, the end of the notice is booked. One
 * whose board was off for a whole day hangs no more: its days begin anew. Call under the village's lock.
 */
export async function endOrAwards(
  tx: Tx,
  ledger: Ledger,
  at: DecisionAt,
  noticeId: string,
): Promise<string[]> {
  const { villageId, today } = at;
  const notice = await findNotice(tx, villageId, noticeId);
  const missedOn = missedDay(notice, today);
  if (notice.ended || (!isDue(notice, today) && missedOn === null)) return [];
  const waiting = await waitingOnNotice(tx, villageId, noticeId);
  // An answer puts a contested deed back on this notice, or takes it off.
  const isOpen = waiting.length > 0 || (await contestedOnNotice(tx, villageId, noticeId)) > 0;
  if (isOpen && missedOn !== null)
    await bookByClock(ledger, tx, at, {
      ...{ act: 'notices.taken_down', on: `notice:${noticeId}`, is: { isEarly: true, missedOn } },
    });
  else if (waiting.length > 0) return listedOf(tx, villageId, noticeId, waiting);
  else if (!isOpen && isDue(notice, today)) await bookEnd(ledger, tx, at, notice);
  return [];
}

/** Those that the frozen list names and that were approved before it was made: nothing else hung with it. */
async function listedOf(
  tx: Tx,
  villageId: string,
  noticeId: string,
  waiting: Awaited<ReturnType<typeof waitingOnNotice>>,
): Promise<string[]> {
  const { body } = await findDocument(tx, villageId, { kind: 'notice', id: noticeId });
  const { lines, madeAtMs } = JSON.parse(body) as FrozenNotice;
  const listed = new Set(lines.map(({ proposal }) => proposal));
  return waiting.flatMap(({ id, decidedAtMs }) =>
    listed.has(id) && decidedAtMs !== null && decidedAtMs <= madeAtMs ? id : [],
  );
}

async function bookEnd(ledger: Ledger, tx: Tx, at: DecisionAt, { id }: NoticeNow): Promise<void> {
  const { villageId } = at;
  const { body } = await findDocument(tx, villageId, { kind: 'notice', id });
  const { lines } = JSON.parse(body) as FrozenNotice;
  const fates = await fatesOf(
    tx,
    villageId,
    lines.map(({ proposal }) => proposal),
  );
  const count = [...fates.values()].filter(
    ({ noticeId, state }) => noticeId === id && state === 'posted',
  ).length;
  await bookByClock(ledger, tx, at, { act: 'notices.ended', on: `notice:${id}`, is: { count } });
}

function bookByClock(
  ledger: Ledger,
  tx: Tx,
  { villageId, actorId, today, newId }: DecisionAt,
  act: AnyAct,
): Promise<void> {
  return bookActs(ledger, tx, { villageId, actorId, today, newId, via: 'server' }, [act]);
}
