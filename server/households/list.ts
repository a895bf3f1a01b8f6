import { and, asc, count, desc, eq, gt, isNotNull, isNull, like, min, or, sql, type SQL } from 'drizzle-orm';
import type { Reader } from '../../db/store.ts';
import { isCardCode } from '../../shared/cards/code.ts';
import type { Household } from '../../shared/households/contract.ts';
import { Refusal } from '../../shared/errors.ts';
import { householdNumberKey } from '../../shared/households/number.ts';
import { balancesByOwner } from '../ledger/index.ts';
import { soughtNumber } from '../../shared/households/original-number.ts';
import { pinyinQuery } from './pinyin.ts';
import { mayBeMeant } from './by-number.ts';
import { selectHouseholds, withBalances } from './rows.ts';

/** The filters and the order of the list. */
export interface HouseholdsFilter {
  readonly q?: string | undefined;
  readonly group?: string | undefined;
  readonly state?: 'active' | 'closed' | undefined;
  readonly card?: 'none' | 'unprinted' | 'printed' | undefined;
  /** Hundredths, both included. */
  readonly min?: number | undefined;
  readonly max?: number | undefined;
  readonly sort: 'number' | 'balance' | 'balanceDown';
}

export interface HouseholdsQuery extends HouseholdsFilter {
  readonly after?: string | undefined;
  readonly limit: number;
}

/** One page. When sorted by number, a household whose whole number was typed comes first. */
export async function listHouseholds(
  reader: Reader,
  villageId: string,
  query: HouseholdsQuery,
): Promise<{ items: Household[]; next: string | null; total: number; points: number }> {
  const { households, cards } = reader.t;
  const balances = balancesByOwner(reader, villageId, 'household');
  const points = sql<number>`coalesce(${balances.balance}, 0)`;
  const wanted = await wantedBy(reader, villageId, points, query);
  const order = orderOf(reader, query, points);
  const rows = await selectHouseholds(reader)
    .leftJoin(balances, eq(balances.ownerId, households.id))
    .where(and(wanted, query.after === undefined ? undefined : order.after(query.after)))
    .orderBy(order.isDown ? desc(order.first) : asc(order.first), asc(households.numberKey))
    .limit(query.limit + 1);
  const [totals] = await reader.db
    .select({ total: count(), points: sql`coalesce(sum(${balances.balance}), 0)`.mapWith(Number) })
    .from(households)
    .leftJoin(
      cards,
      and(
        eq(cards.villageId, households.villageId),
        eq(cards.householdId, households.id),
        isNull(cards.revokedAtMs),
      ),
    )
    .leftJoin(balances, eq(balances.ownerId, households.id))
    .where(wanted);
  const items = await withBalances(reader, villageId, rows.slice(0, query.limit));
  const last = rows.length > query.limit ? rows[query.limit - 1] : undefined;
  return {
    items,
    next: last ? order.cursorOf(last.numberKey, items.at(-1)?.balance ?? 0) : null,
    total: totals?.total ?? 0,
    points: totals?.points ?? 0,
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

async function wantedBy(
  reader: Reader,
  villageId: string,
  points: SQL<number>,
  { q = '', group, state, card, min: least, max: most }: HouseholdsFilter,
): Promise<SQL | undefined> {
  const { households, cards } = reader.t;
  return and(
    eq(households.villageId, villageId),
    group === undefined ? undefined : eq(households.groupName, group),
    state === undefined ? undefined : eq(households.state, state),
    card === 'none' ? isNull(cards.code) : undefined,
    card === 'unprinted' ? and(isNotNull(cards.code), isNull(cards.printedAtMs)) : undefined,
    card === 'printed' ? isNotNull(cards.printedAtMs) : undefined,
    least === undefined ? undefined : sql`${points} >= ${least}`,
    most === undefined ? undefined : sql`${points} <= ${most}`,
    q === '' ? undefined : await matching(reader, villageId, q),
  );
}

interface Order {
  readonly first: SQL<number>;
  readonly isDown: boolean;
  cursorOf(numberKey: string, balance: number): string;
  after(cursor: string): SQL | undefined;
}

/** Sorts by rank (the typed number first) or by balance, then by number. */
function orderOf(reader: Reader, { q = '', sort }: HouseholdsFilter, points: SQL<number>): Order {
  const { households } = reader.t;
  const typed = householdNumberKey(q);
  const isDown = sort === 'balanceDown';
  const first =
    sort === 'number' ? sql<number>`case when ${households.numberKey} = ${typed} then 0 else 1 end` : points;
  return {
    first,
    isDown,
    cursorOf(numberKey, balance) {
      const key = sort === 'number' ? (numberKey === typed ? 0 : 1) : balance;
      return `${String(key)}:${numberKey}`;
    },
    after(cursor) {
      const at = cursor.indexOf(':');
      const key = Number(cursor.slice(0, at));
      if (sort === 'number' && key !== 0 && key !== 1) throw new Refusal('request.invalid');
      const further = isDown ? sql`${first} < ${key}` : sql`${first} > ${key}`;
      return or(further, and(sql`${first} = ${key}`, gt(households.numberKey, cursor.slice(at + 1))));
    },
  };
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
    mayBeMeant(households, soughtNumber(q)),
    contains(sql`upper(${households.number})`, '', plain),
    contains(sql`upper(${households.originalNumber})`, '%', plain),
    // In the key each run of digits begins with two signs for its length and has no leading zeros.
    digits === undefined ? undefined : like(households.numberKey, `__${digits}%`),
    contains(sql`upper(${households.head})`, '%', q.toUpperCase()),
    letters === null ? undefined : like(households.headPinyin, `% ${letters}%`),
  );
}

function contains(text: SQL, before: '' | '%', part: string): SQL {
  return sql`${text} like ${`${before}${part.replace(/[%_!]/g, '!$&')}%`} escape '!'`;
}
