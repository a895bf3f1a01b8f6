import type { Reader } from '../../db/store.ts';
import type { Answer } from '../../shared/operation.ts';
import type { Operations } from '../../shared/contract.ts';
import { bookerNamesThen } from '../books/index.ts';
import type { VillageContext } from '../http/index.ts';
import { businessDay } from '../../shared/business-day.ts';
import { namesOf, proposalsOf, recentEntries } from './recent-entries.ts';
import { actEntries } from '../ledger/index.ts';
import { type LookItem, sharesOf, worthALook } from './worth-a-look.ts';

type Look = Answer<Operations['village.look']>;

const DAY_MS = 86_400_000;
const DAYS = 14;
/** A village books some sixty entries a week and two hundred redemptions a month. */
const ENTRIES_MOST = 1000;
const ITEMS_MOST = 50;
const SHARES_MOST = 5;

/** The events of the last fortnight that somebody who watches the books should look at. It is found in the journal, not reported. */
export async function look(reader: Reader, village: VillageContext, nowMs: number): Promise<Look> {
  const sinceMs = nowMs - DAYS * DAY_MS;
  const recent = await recentEntries(reader, village.id, { sinceMs, most: ENTRIES_MOST });
  const proposals = await proposalsOf(reader, village.id, recent);
  const nameThen = await bookerNamesThen(reader, village.id);
  const dayOf = (atMs: number) => businessDay(atMs, village.settings.timeZone);
  const looked = await lookedOften(reader, village.id, dayOf(sinceMs));
  const found = [...worthALook(recent, proposals, dayOf), ...looked]
    .sort((a, b) => b.atMs - a.atMs || b.number - a.number)
    .slice(0, ITEMS_MOST);
  const names = await namesOf(
    reader,
    village.id,
    recent.filter(({ number }) => found.some((one) => one.number === number)),
  );
  return {
    days: DAYS,
    entries: recent.length,
    items: found.map(({ actorId, householdId, goodsId, ...one }) => {
      const named = names.get(householdId ?? goodsId ?? '');
      return {
        ...one,
        householdId,
        by: nameThen(actorId, one.number) ?? '',
        name: named?.name ?? '',
        unit: goodsId === null ? '' : (named?.unit ?? ''),
      };
    }),
    shares: sharesOf(recent, proposals)
      .slice(0, SHARES_MOST)
      .map(({ proposedBy, ...share }) => ({ name: nameThen(proposedBy, Infinity) ?? '', ...share })),
  };
}

/** Volunteers who came to the limit of accesses without a card since this day. Acts tell of it. */
async function lookedOften(reader: Reader, villageId: string, from: string): Promise<LookItem[]> {
  const among = { sourceBegins: 'volunteer:', fact: 'is.times' };
  const acts = await actEntries(reader, villageId, { among, from, limit: ITEMS_MOST });
  return acts.map(({ number, bookedAtMs, actorId, facts }) => ({
    ...{ kind: 'looked', atMs: bookedAtMs, number, count: Number(facts.get('is.times') ?? 0), points: 0 },
    ...{ usual: null, title: '', actorId, householdId: null, goodsId: null },
  }));
}
