import { and, asc, desc, eq, gte, sql } from 'drizzle-orm';
import type { z } from 'zod';
import type { Reader } from '../../db/index.ts';
import { addDays, businessDay } from '../../shared/business-day.ts';
import type { Answer } from '../../shared/operation.ts';
import type { Operations } from '../../shared/contract.ts';
import { Refusal } from '../../shared/errors.ts';
import { withDeeds } from '../proposals/index.ts';
import { readVillage } from '../http/index.ts';
import { reversalsOf } from '../ledger/index.ts';
import { type Popularity, shopShelf } from '../goods/index.ts';
import { shopCover } from '../village/index.ts';

type BoardView = Answer<Operations['board.view']>;
type Deed = z.input<Operations['board.view']['response']>['deeds'][number];

/** The board shows the deeds of this many days, and earlier ones until it has `DEEDS_AT_LEAST`. */
const WEEK_DAYS = 7;
const DEEDS_AT_LEAST = 10;
const DEEDS_AT_MOST = 60;
/** Nothing older is read, so that a board costs the same at any length of history. */
const OLDEST_DAYS = 92;

export async function listVillages(reader: Reader): Promise<Answer<Operations['board.villages']>['items']> {
  const { villages } = reader.t;
  return reader.db
    .select({ id: villages.id, name: villages.name, town: villages.town })
    .from(villages)
    .orderBy(asc(villages.createdAtMs), asc(villages.id));
}

/**
 * The public board: the shop's goods and good deeds. Names are masked unless the household agreed to be named.
 * Deductions, balances and reversed deeds are left out.
 */
export async function viewBoard(
  reader: Reader,
  { villageId, nowMs, popularity }: { villageId: string; nowMs: number; popularity: Popularity },
): Promise<BoardView> {
  const village = await readVillage(reader, villageId);
  if (!village) throw new Refusal('village.not_found', { id: villageId });
  const { id, name, town, settings } = village;
  const { coverRatioPercent } = await shopCover(reader, village);
  const today = businessDay(nowMs, settings.timeZone);
  const goods = await shopShelf(reader, id, await popularity.ranks(reader, id, today), today);
  return {
    village: { id, name, town, shopHours: settings.shopHours },
    goods: goods.map((item) => ({
      id: item.id,
      category: item.category,
      name: item.name,
      unit: item.unit,
      price: item.price,
      pictureId: item.pictureId,
      drawing: item.drawing,
      available: item.stock === null || item.stock > 0,
      stock: item.stock,
    })),
    deeds: await recentDeeds(reader, id, today),
    weekFrom: addDays(today, 1 - WEEK_DAYS),
    coverRatioPercent,
  };
}

async function recentDeeds(reader: Reader, villageId: string, today: string): Promise<Deed[]> {
  const entries = await recentAwards(reader, villageId, addDays(today, -OLDEST_DAYS));
  const reversed = await reversalsOf(
    reader,
    villageId,
    entries.map(({ number }) => number),
  );
  const standing = entries.filter(({ number }) => !reversed.has(number));
  const since = addDays(today, -WEEK_DAYS);
  const shown = standing
    .filter(({ day }, index) => day > since || index < DEEDS_AT_LEAST)
    .slice(0, DEEDS_AT_MOST);
  const deeds = await withDeeds(reader, villageId, shown);
  return deeds.map(({ day, name, group, title, category, points }) => ({
    day,
    name,
    group,
    title,
    category,
    points,
  }));
}

interface AwardEntry {
  readonly number: number;
  readonly day: string;
  readonly source: string | null;
}

/**
 * The newest awards first, along the index of days. It reads more than are shown, because some may have been
 * reversed.
 */
async function recentAwards(reader: Reader, villageId: string, from: string): Promise<AwardEntry[]> {
  return reader.prepared(
    'public.recentAwards',
    ({ db, t: { journal } }) =>
      db
        .select({ number: journal.number, day: journal.effectiveOn, source: journal.source })
        .from(journal)
        .where(
          and(
            eq(journal.villageId, sql.placeholder('villageId')),
            gte(journal.effectiveOn, sql.placeholder('from')),
            eq(journal.kind, 'award'),
          ),
        )
        .orderBy(desc(journal.effectiveOn), desc(journal.number))
        .limit(2 * DEEDS_AT_MOST),
    { villageId, from },
  );
}
