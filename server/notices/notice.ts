import type { Reader } from '../../db/index.ts';
import { businessDay } from '../../shared/business-day.ts';
import type { Notice } from '../../shared/notices/contract.ts';
import { sameDeeds } from '../proposals/index.ts';
import { listGroups } from '../households/index.ts';
import type { VillageContext } from '../http/index.ts';
import { bookedBetween, entry, readHead } from '../ledger/index.ts';
import { listGoods } from '../goods/index.ts';
import { peopleOf, rememberedHeads } from '../village/index.ts';
import type { ActNames } from '../acts/index.ts';
import { findingsOf } from '../texts/index.ts';
import { type BookedDeed, bookedDeeds, movedOtherwise, takenBack } from './booked-deeds.ts';
import { changedAccounts } from './changed-accounts.ts';

interface Days {
  /** Business days, both included. */
  readonly from: string;
  readonly to: string;
}

const NOTHING = { rows: [], isMore: false, unnamed: { entries: 0, points: 0 } };

/** Tells of the entries that were booked in these days: good deeds, names masked unless the household agreed; the shop's goods; the seal of the book. */
export async function viewNotice(
  reader: Reader,
  names: ActNames,
  village: VillageContext,
  { days, today, nowMs }: { readonly days: Days; readonly today: string; readonly nowMs: number },
): Promise<Notice> {
  const { id, name, town, settings } = village;
  const shelf = await listGoods(reader, id, { enabledOnly: true, today });
  const words = shelf.flatMap((item) => [item.name, item.category]);
  const found = await findingsOf(reader, id, [settings.shopHours, ...words]);
  const goods = shelf.filter((item) => found.of(item.name, item.category).length === 0);
  const booked = await bookedBetween(reader, id, {
    hasBegun: (atMs) => businessDay(atMs, settings.timeZone) >= days.from,
    isOver: (atMs) => businessDay(atMs, settings.timeZone) > days.to,
  });
  const {
    rows,
    isMore,
    unnamed: given,
  } = booked ? await bookedDeeds(reader, { villageId: id, today }, booked) : NOTHING;
  const back = booked ? await takenBack(reader, { villageId: id, today }, booked) : NOTHING;
  const unnamed = { given, takenBack: back.unnamed };
  return {
    village: { name, town, shopHours: found.of(settings.shopHours).length > 0 ? '' : settings.shopHours },
    ...days,
    heads: underHeads(rows, await rememberedHeads(reader, id, today)),
    takenBack: back.rows,
    movedOtherwise: booked ? await movedOtherwise(reader, id, booked, unnamed) : [],
    groups: (await listGroups(reader, id)).map((group) => group.name),
    deeds: rows.length,
    households: new Set(rows.map(({ householdId }) => householdId)).size,
    isCut: isMore || back.isMore,
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

/** The same deed of the same day for the same points is one line with all who did it. */
function underHeads(rows: readonly BookedDeed[], inOrder: readonly string[]): Notice['heads'] {
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
