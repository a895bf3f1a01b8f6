import { and, desc, eq, gte } from 'drizzle-orm';
import type { Reader } from '../../db/index.ts';

export interface Thanks {
  readonly donor: string;
  /** Names of what was given, as the items are called now. */
  readonly goods: string[];
  /** The day of the newest gift. */
  readonly day: string;
}

/** More rows than this are not read: a board thanks for what is in everybody's mind. */
const READ_AT_MOST = 200;

/** Donors who agreed to be thanked in public for what they gave since this day, newest first. */
export async function thanksSince(reader: Reader, villageId: string, from: string): Promise<Thanks[]> {
  const { donations, goods } = reader.t;
  const rows = await reader.db
    .select({ donor: donations.donor, name: goods.name, day: donations.effectiveOn })
    .from(donations)
    .innerJoin(goods, and(eq(goods.villageId, donations.villageId), eq(goods.id, donations.goodsId)))
    .where(
      and(eq(donations.villageId, villageId), gte(donations.effectiveOn, from), eq(donations.isNamed, true)),
    )
    .orderBy(desc(donations.effectiveOn), desc(donations.journalNumber))
    .limit(READ_AT_MOST);
  return [...Map.groupBy(rows, ({ donor }) => donor)].map(([donor, gifts]) => ({
    donor,
    goods: [...new Set(gifts.map(({ name }) => name))],
    day: gifts[0]?.day ?? from,
  }));
}
