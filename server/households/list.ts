import { and, asc, count, eq, gt, isNull, like, min, or, sql, type SQL } from 'drizzle-orm';
import type { Reader } from '../../db/store.ts';
import { isCardCode } from '../../shared/card-code.ts';
import type { Household } from '../../shared/contract/households.ts';
import { householdNumberKey } from '../../shared/household-number.ts';
import { pinyinQuery } from './pinyin.ts';
import { selectHouseholds, withBalances } from './rows.ts';

export interface HouseholdsQuery {
  readonly q?: string | undefined;
  readonly group?: string | undefined;
  readonly after?: string | undefined;
  readonly limit: number;
}

/** One page in the order of numbers; what was typed as a whole number comes first. */
export async function listHouseholds(
  reader: Reader,
  villageId: string,
  query: HouseholdsQuery,
): Promise<{ items: Household[]; next: string | null; total: number }> {
  const { households } = reader.t;
  const q = query.q ?? '';
  const wanted = and(
    eq(households.villageId, villageId),
    query.group === undefined ? undefined : eq(households.groupName, query.group),
    q === '' ? undefined : await matching(reader, villageId, q),
  );
  const rank =
    sql<number>`case when ${households.numberKey} = ${householdNumberKey(q)} then 0 else 1 end`.mapWith(
      Number,
    );
  const rows = await selectHouseholds(reader)
    .where(and(wanted, query.after === undefined ? undefined : afterCursor(reader, rank, query.after)))
    .orderBy(asc(rank), asc(households.numberKey))
    .limit(query.limit + 1);
  const totals = await reader.db.select({ total: count() }).from(households).where(wanted);
  const page = rows.slice(0, query.limit);
  const last = page.at(-1);
  const isMore = rows.length > page.length && last !== undefined;
  return {
    items: await withBalances(reader, villageId, page),
    next: isMore ? `${last.numberKey === householdNumberKey(q) ? '0' : '1'}:${last.numberKey}` : null,
    total: totals[0]?.total ?? 0,
  };
}

/** Groups in the order of their first household. */
export async function listGroups(
  reader: Reader,
  villageId: string,
): Promise<{ name: string; households: number }[]> {
  const { households } = reader.t;
  return reader.db
    .select({ name: households.groupName, households: count() })
    .from(households)
    .where(and(eq(households.villageId, villageId), eq(households.state, 'active')))
    .groupBy(households.groupName)
    .orderBy(asc(min(households.numberKey)));
}

async function matching(reader: Reader, villageId: string, q: string): Promise<SQL | undefined> {
  const { households, cards } = reader.t;
  if (isCardCode(q)) {
    const found = await reader.db
      .select({ householdId: cards.householdId })
      .from(cards)
      .where(and(eq(cards.code, q), eq(cards.villageId, villageId), isNull(cards.revokedAtMs)));
    if (found[0]) return eq(households.id, found[0].householdId);
  }
  const plain = q.normalize('NFKC').toUpperCase().replace(/\s+/g, '');
  const digits = /^0*(\d+)$/.exec(plain)?.[1];
  const letters = pinyinQuery(q);
  return or(
    eq(households.numberKey, householdNumberKey(q)),
    contains(sql`upper(${households.number})`, '', plain),
    // In the key two signs that count the digits come first, and no zeros.
    digits === undefined ? undefined : like(households.numberKey, `__${digits}%`),
    contains(sql`upper(${households.head})`, '%', q.toUpperCase()),
    letters === null ? undefined : like(households.headPinyin, `% ${letters}%`),
  );
}

function contains(text: SQL, before: '' | '%', part: string): SQL {
  return sql`${text} like ${`${before}${part.replace(/[%_!]/g, '!$&')}%`} escape '!'`;
}

function afterCursor(reader: Reader, rank: SQL<number>, cursor: string): SQL | undefined {
  const { households } = reader.t;
  const at = cursor.indexOf(':');
  const lastRank = cursor.slice(0, at) === '0' ? 0 : 1;
  const key = cursor.slice(at + 1);
  return or(sql`${rank} > ${lastRank}`, and(sql`${rank} = ${lastRank}`, gt(households.numberKey, key)));
}
