import { and, asc, eq, gte, lte } from 'drizzle-orm';
import type { Reader } from '../../db/index.ts';
import { businessDay } from '../../shared/business-day.ts';
import type { Notice } from '../../shared/notices/contract.ts';
import { type Deed, sameDeeds, withDeeds } from '../proposals/index.ts';
import { listGroups } from '../households/index.ts';
import type { VillageContext } from '../http/index.ts';
import { bookedBetween, entry, readHead, withoutReversed } from '../ledger/index.ts';
import { listGoods } from '../goods/index.ts';
import { peopleOf, rememberedHeads } from '../village/index.ts';
import type { ActNames } from '../acts/index.ts';
import { changedAccounts } from './changed-accounts.ts';

/** More deeds than this would fill over forty sheets, which is no notice any more. */
const DEEDS_AT_MOST = 2_000;

interface Days {
  /** Business days, both included. */
  readonly from: string;
  readonly to: string;
}

/** Good deeds of these days, names masked unless the household agreed; the shop's goods; the seal of the book. */
export async function viewNotice(
  reader: Reader,
  names: ActNames,
  village: VillageContext,
  { days, today, nowMs }: { readonly days: Days; readonly today: string; readonly nowMs: number },
): Promise<Notice> {
  const { id, name, town, settings } = village;
  const { rows, isMore } = await goodDeeds(reader, id, days);
  const goods = await listGoods(reader, id, { enabledOnly: true, today });
  const booked = await bookedBetween(reader, id, {
    hasBegun: (atMs) => businessDay(atMs, settings.timeZone) >= days.from,
    isOver: (atMs) => businessDay(atMs, settings.timeZone) > days.to,
  });
  return {
    village: { name, town, shopHours: settings.shopHours },
    ...days,
    heads: underHeads(rows, await rememberedHeads(reader, id)),
    groups: (await listGroups(reader, id)).map((group) => group.name),
    deeds: rows.length,
    households: new Set(rows.map(({ householdId }) => householdId)).size,
    isCut: isMore,
    book: await bookHead(reader, id),
    booked,
    people: await peopleOf(reader, village, nowMs),
    ...(await changedAccounts(reader, names, id, booked)),
    goods: goods.map((item) => ({
      category: item.category,
      name: item.name,
      drawing: item.drawing,
      unit: item.unit,
      price: item.price,
      available: item.stock === null || item.stock > 0,
    })),
  };
}

interface DeedRow extends Deed {
  readonly day: string;
}

/** Awards along the index of days, without reversed ones. */
async function goodDeeds(
  reader: Reader,
  villageId: string,
  { from, to }: Days,
): Promise<{ rows: DeedRow[]; isMore: boolean }> {
  const { journal } = reader.t;
  const found = await reader.db
    .select({ number: journal.number, day: journal.effectiveOn, source: journal.source })
    .from(journal)
    .where(
      and(
        eq(journal.villageId, villageId),
        gte(journal.effectiveOn, from),
        lte(journal.effectiveOn, to),
        eq(journal.kind, 'award'),
      ),
    )
    .orderBy(asc(journal.effectiveOn), asc(journal.number))
    .limit(DEEDS_AT_MOST + 1);
  const standing = await withoutReversed(reader, villageId, found.slice(0, DEEDS_AT_MOST));
  const rows = await withDeeds(reader, villageId, standing);
  return { rows: rows.sort(inReadingOrder), isMore: found.length > DEEDS_AT_MOST };
}

function inReadingOrder(a: DeedRow, b: DeedRow): number {
  const [one, other] = [a, b].map(({ day, ruleId, numberKey }) => `${day} ${ruleId ?? ''} ${numberKey}`);
  return (one ?? '') < (other ?? '') ? -1 : 1;
}

/** The same deed of the same day for the same points is one line with all who did it. */
function underHeads(rows: readonly DeedRow[], inOrder: readonly string[]): Notice['heads'] {
  const byHead = Map.groupBy(rows, ({ category }) => category);
  const known = inOrder.filter((name) => byHead.has(name));
  const others = [...byHead.keys()].filter((name) => !inOrder.includes(name)).sort();
  return [...known, ...others].map((name) => {
    const deeds = sameDeeds(byHead.get(name) ?? []).map((rows) => {
      const [{ day, title, points }] = rows;
      return { day, title, points, households: rows.map(({ name, group }) => ({ name, group })) };
    });
    return { name, deeds };
  });
}

async function bookHead(reader: Reader, villageId: string): Promise<Notice['book']> {
  const head = await readHead(reader, villageId);
  const last = head && head.number > 0 ? await entry(reader, villageId, head.number) : null;
  return last && { number: last.number, hash: last.hash, bookedAtMs: last.bookedAtMs };
}
