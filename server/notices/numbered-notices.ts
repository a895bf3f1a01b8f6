import { and, desc, eq, inArray, lt } from 'drizzle-orm';
import type { Reader, Tables } from '../../db/index.ts';
import { addDays, businessDay } from '../../shared/business-day.ts';
import { Refusal } from '../../shared/errors.ts';
import type { NoticeState } from '../../shared/notices/states.ts';
import { isAct, toldText } from '../acts/index.ts';
import { type ActEntry, actEntries } from '../ledger/index.ts';

type SignatureRow = Tables['signatures']['$inferSelect'];

/** A numbered notice as the book of acts, its frozen list and the supervisor's signature tell of it. */
export interface NoticeNow {
  readonly id: string;
  readonly number: number;
  readonly days: number;
  readonly count: number;
  /** Hundredths. */
  readonly points: number;
  readonly hash: string;
  readonly made: ActEntry;
  readonly review: SignatureRow | null;
  /** Null while it does not hang, unless it has ended. */
  readonly up: Up | null;
  /** The last time that it was taken down, unless it was put up again. */
  readonly down: ActEntry | null;
  readonly ended: ActEntry | null;
}

interface Up {
  readonly act: ActEntry;
  readonly postsOn: string;
  readonly isUnreviewed: boolean;
  /** The days on which a board showed it; null: somebody noted that it hangs. */
  readonly shownOn: ReadonlySet<string> | null;
}

/** The list of a notice as it is frozen: people and households by their ids alone. */
export interface FrozenNotice {
  readonly kind: 'notice';
  readonly villageId: string;
  readonly head: { readonly number: number; readonly hash: string };
  readonly number: number;
  readonly days: number;
  readonly madeBy: string;
  readonly madeAtMs: number;
  readonly lines: readonly {
    readonly proposal: string;
    readonly household: string;
    readonly rule: string | null;
    readonly version: number | null;
    /** Hundredths. */
    readonly points: number;
    readonly day: string;
  }[];
}

const KIND = 'notice';
/** A notice is put up and taken down a few times at most, and shown on a few days. Each is told by an act. */
const ACTS_A_NOTICE = 100;

/** Reads notices, the newest first. */
export async function readNotices(
  reader: Reader,
  villageId: string,
  {
    before,
    ids,
    limit,
  }: { readonly before?: string | undefined; readonly ids?: readonly string[]; readonly limit: number },
): Promise<NoticeNow[]> {
  const { frozenDocuments } = reader.t;
  const found = await reader.db
    .select({ id: frozenDocuments.id })
    .from(frozenDocuments)
    .where(
      and(
        eq(frozenDocuments.villageId, villageId),
        eq(frozenDocuments.kind, KIND),
        before === undefined ? undefined : lt(frozenDocuments.id, before),
        ids && inArray(frozenDocuments.id, [...ids]),
      ),
    )
    .orderBy(desc(frozenDocuments.id))
    .limit(limit);
  if (found.length === 0) return [];
  const acts = await actEntries(reader, villageId, {
    sources: found.map(({ id }) => `${KIND}:${id}`),
    limit: found.length * ACTS_A_NOTICE,
  });
  const bySource = Map.groupBy(acts, ({ source }) => source);
  const signed = await reviewsOf(
    reader,
    villageId,
    found.map(({ id }) => id),
  );
  return found.map(({ id }) => noticeFrom(id, bySource.get(`${KIND}:${id}`) ?? [], signed.get(id) ?? null));
}

/** Older ones have long ended, or are told of on their page alone. */
const LAST_NOTICES = 20;

/** Reads the last notices of a village, the newest first. */
export function lastNotices(reader: Reader, villageId: string): Promise<NoticeNow[]> {
  return readNotices(reader, villageId, { limit: LAST_NOTICES });
}

/** Finds a notice. Refuses with notice.not_found. */
export async function findNotice(reader: Reader, villageId: string, id: string): Promise<NoticeNow> {
  const [found] = await readNotices(reader, villageId, { ids: [id], limit: 1 });
  if (!found) throw new Refusal('notice.not_found');
  return found;
}

export function stateOf({ up, down, ended }: NoticeNow): NoticeState {
  if (ended) return 'ended';
  if (up) return 'up';
  return down ? 'down' : 'made';
}

/** Whether its days are over: it hung through each of them. */
export function isDue({ up }: NoticeNow, today: string): boolean {
  return up !== null && today >= up.postsOn;
}

/** The first of its whole days that is over and on which its board did not show it; null: there is none. */
export function missedDay({ up, days, ended }: NoticeNow, today: string): string | null {
  if (ended || !up?.shownOn) return null;
  for (let left = days; left > 0; left -= 1) {
    const day = addDays(up.postsOn, -left);
    if (day < today && !up.shownOn.has(day)) return day;
  }
  return null;
}

function noticeFrom(id: string, newestFirst: readonly ActEntry[], review: SignatureRow | null): NoticeNow {
  const acts = newestFirst.toReversed();
  const made = acts.find((act) => isAct(act, 'notices.made'));
  if (!made) throw new Error(`nothing tells of notice ${id}`);
  let [up, down, ended]: [NoticeNow['up'], ActEntry | null, ActEntry | null] = [null, null, null];
  for (const act of acts) {
    if (isAct(act, 'notices.ended')) ended = act;
    if (isAct(act, 'notices.put_up')) {
      const isUnreviewed = toldText(act, 'isUnreviewed') === 'true';
      const shownOn = toldText(act, 'isByScreen') === 'true' ? new Set<string>() : null;
      [up, down] = [{ act, postsOn: toldText(act, 'postsOn'), isUnreviewed, shownOn }, null];
    }
    if (isAct(act, 'notices.shown') && up?.shownOn) {
      up = { ...up, shownOn: new Set([...up.shownOn, toldText(act, 'day')]) };
    }
    if (isAct(act, 'notices.taken_down')) {
      down = act;
      if (toldText(act, 'isEarly') === 'true') up = null;
    }
  }
  const figure = (field: string) => Number(toldText(made, field));
  return {
    ...{ id, number: figure('number'), days: figure('days'), count: figure('count') },
    ...{ points: figure('points'), hash: toldText(made, 'document'), made, review, up, down, ended },
  };
}

/** The first signature on each of these notices. */
async function reviewsOf(
  { db, t: { signatures } }: Reader,
  villageId: string,
  ids: readonly string[],
): Promise<Map<string, SignatureRow>> {
  const rows = await db
    .select()
    .from(signatures)
    .where(
      and(
        eq(signatures.villageId, villageId),
        eq(signatures.kind, KIND),
        inArray(signatures.documentId, [...ids]),
      ),
    )
    .orderBy(desc(signatures.id));
  return new Map(rows.map((row) => [row.documentId, row]));
}

/** The day on which an act was done, in the village's time. */
export function dayOf({ bookedAtMs }: ActEntry, timeZone: string): string {
  return businessDay(bookedAtMs, timeZone);
}
