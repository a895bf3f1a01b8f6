import { isRedemption } from '../../shared/kiosk/entry-kinds.ts';
import type { Reader } from '../../db/store.ts';
import type { Answer } from '../../shared/operation.ts';
import type { Operations } from '../../shared/contract.ts';
import { type ActNames, shownActs } from '../acts/index.ts';
import { bookerNamesThen } from '../books/index.ts';
import type { VillageContext } from '../http/index.ts';
import { businessDay, DAY_MS } from '../../shared/business-day.ts';
import { withoutCard } from '../kiosk/index.ts';
import { actEntries, bookedBetween, readHead } from '../ledger/index.ts';
import { CLOCK, concernsOfPosted, seenTimes } from '../proposals/index.ts';
import { lateHandovers } from './handovers.ts';
import { actsToLookAt, type LookedAct } from './look-acts.ts';
import {
  type BookedProposal,
  entriesIn,
  namesOf,
  proposalsOf,
  type RecentEntry,
  type Span,
} from './recent-entries.ts';
import { type LookItem, sharesOf, worthALook } from './worth-a-look.ts';

type Look = Answer<Operations['village.look']>;
type Village = Pick<VillageContext, 'id' | 'settings'>;
type Watched = Pick<VillageContext, 'id' | 'settings' | 'openedAtMs'>;

const DAYS = 14;
/**
 * A look goes over no more of the book than this, whatever its history. A village books some sixty entries a week and two
 * hundred redemptions a month, and one that awards all of a thousand households has room for two such weeks.
 */
export const SPAN_MOST = 3_000;
const SHARES_MOST = 5;

export interface LookQuery {
  readonly after?: number | undefined;
  readonly through?: number | undefined;
  readonly from?: string | undefined;
  readonly to?: string | undefined;
  readonly skip: number;
  readonly limit: number;
}

/** The stretch of the book behind this number, as far as one look goes. */
export async function spanBehind(
  reader: Reader,
  villageId: string,
  after: number,
  through = Infinity,
): Promise<Span> {
  const head = await readHead(reader, villageId);
  return { after, through: Math.max(after, Math.min(through, head?.number ?? 0, after + SPAN_MOST)) };
}

/** The stretch that was booked since an instant, or in these days; of a long one the newest part. */
export async function spanSince(
  reader: Reader,
  { id, settings }: Village,
  {
    sinceMs,
    from,
    to,
  }: { readonly sinceMs: number; readonly from?: string | undefined; readonly to?: string | undefined },
): Promise<Span> {
  const dayOf = (atMs: number) => businessDay(atMs, settings.timeZone);
  const booked = await bookedBetween(reader, id, {
    hasBegun: (atMs) => (from === undefined ? atMs >= sinceMs : dayOf(atMs) >= from),
    isOver: (atMs) => to !== undefined && dayOf(atMs) > to,
  });
  if (booked === null) {
    const head = (await readHead(reader, id))?.number ?? 0;
    return { after: head, through: head };
  }
  return { after: Math.max(booked.first - 1, booked.last - SPAN_MOST), through: booked.last };
}

interface Found {
  readonly recent: readonly RecentEntry[];
  readonly proposals: ReadonlyMap<string, BookedProposal>;
  readonly items: readonly (LookItem | LookedAct)[];
}

/** Finds in a stretch of the book what somebody should look at, newest first. It is found in the journal, not reported. */
export async function findLooks(
  reader: Reader,
  { id, settings, openedAtMs }: Watched,
  span: Span,
): Promise<Found> {
  const booked = await entriesIn(reader, id, span);
  const proposals = await proposalsOf(reader, id, booked);
  const recent = booked.map((entry) => byDecider(entry, proposals));
  const redeemed = recent.filter(({ kind }) => isRedemption(kind)).map(({ number }) => number);
  const approved = recent.filter(({ proposalId }) => proposalId !== null).map(({ number }) => number);
  const dayOf = (atMs: number) => businessDay(atMs, settings.timeZone);
  const awards = recent.flatMap(({ kind, proposalId }) => (kind === 'award' ? (proposalId ?? []) : []));
  const { after, through } = span;
  const acts = await actEntries(reader, id, { after, before: through + 1, limit: SPAN_MOST });
  const items = [
    ...worthALook(recent, proposals, dayOf, {
      withoutCard: await withoutCard(reader, id, redeemed),
      seenAtMs: await seenTimes(reader, id, approved),
      concerns: await concernsOfPosted(reader, id, awards, dayOf),
    }),
    ...actsToLookAt(acts, openedAtMs),
    ...(await lateHandovers(reader, { id, settings }, span)),
  ].sort((a, b) => b.atMs - a.atMs || b.number - a.number);
  return { recent, proposals, items };
}

/** The clock posts what somebody approved before: that person is who did it. */
function byDecider(entry: RecentEntry, proposals: ReadonlyMap<string, BookedProposal>): RecentEntry {
  const decidedBy = entry.actorId === CLOCK.id ? proposals.get(entry.proposalId ?? '')?.decidedBy : null;
  return { ...entry, actorId: decidedBy ?? entry.actorId };
}

/** A page of what somebody who watches the books should look at: of the last fortnight, of days, or of a stretch of the book. */
export async function look(
  reader: Reader,
  names: ActNames,
  village: VillageContext,
  query: LookQuery,
  nowMs: number,
): Promise<Look> {
  const { after, through, from, to, skip, limit } = query;
  const sinceMs = nowMs - DAYS * DAY_MS;
  const span =
    after === undefined
      ? await spanSince(reader, village, { sinceMs, from, to })
      : await spanBehind(reader, village.id, after, through);
  const { recent, proposals, items } = await findLooks(reader, village, span);
  const page = items.slice(skip, skip + limit);
  const nameThen = await bookerNamesThen(reader, village.id);
  const kinds = Map.groupBy(items, ({ kind }) => kind);
  return {
    days: DAYS,
    ...span,
    entries: recent.length,
    count: items.length,
    kinds: Array.from(kinds, ([kind, own]) => ({ kind, count: own.length })),
    items: await shownItems(reader, names, village.id, page, recent),
    next: skip + limit < items.length ? skip + limit : null,
    shares: sharesOf(recent, proposals)
      .slice(0, SHARES_MOST)
      .map(({ proposedBy, ...share }) => ({ name: nameThen(proposedBy, Infinity) ?? '', ...share })),
  };
}

async function shownItems(
  reader: Reader,
  actNames: ActNames,
  villageId: string,
  page: readonly (LookItem | LookedAct)[],
  recent: readonly RecentEntry[],
): Promise<Look['items']> {
  const nameThen = await bookerNamesThen(reader, villageId);
  const numbers = new Set(page.map(({ number }) => number));
  const names = await namesOf(
    reader,
    villageId,
    recent.filter(({ number }) => numbers.has(number)),
  );
  const entriesOfActs = page.flatMap((one) => ('entry' in one ? [one.entry] : []));
  const acts = await shownActs(reader, actNames, villageId, entriesOfActs);
  const actOf = new Map(acts.map((act) => [act.number, act]));
  return page.map(({ actorId, householdId, goodsId, seconds, ...item }) => {
    const { kind, atMs, number, count, points, usual, title } = item;
    const named = names.get(householdId ?? goodsId ?? '');
    const act = actOf.get(number);
    return {
      ...{ kind, atMs, number, count, points, usual, seconds, title, householdId },
      by: act?.by ?? nameThen(actorId, number) ?? '',
      name: named?.name ?? '',
      unit: goodsId === null ? '' : (named?.unit ?? ''),
      act: act ? { words: act.words, thing: act.thing, changes: act.changes, isErased: act.isErased } : null,
    };
  });
}
