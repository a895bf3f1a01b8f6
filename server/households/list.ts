import { and, asc, count, eq, isNull, like, min, or, sql, type SQL } from 'drizzle-orm';
import type { Reader } from '../../db/store.ts';
import { isCardCode } from '../../shared/cards/code.ts';
import type { Household } from '../../shared/households/contract.ts';
import { Refusal } from '../../shared/errors.ts';
import { householdNumberKey } from '../../shared/households/number.ts';
import { validCards } from '../cards/index.ts';
import { runningBalances } from '../ledger/index.ts';
import { soughtNumber } from '../../shared/households/original-number.ts';
import { pinyinQuery } from './pinyin.ts';
import { mayBeMeant } from './by-number.ts';
import { readHouseholds } from './rows.ts';

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

/**
 * One page. When sorted by number, a household whose whole number was typed comes first. Households, balances and cards of the
 * village are read apart and put together here, so that the database has no join of whole lists to plan.
 */
export async function listHouseholds(
  reader: Reader,
  villageId: string,
  query: HouseholdsQuery,
): Promise<{ items: Household[]; next: string | null; total: number; points: number }> {
  const all = await placesOf(reader, villageId, query);
  const from = query.after === undefined ? 0 : firstAfter(all, query.after, query.sort);
  const page = all.slice(from, from + query.limit);
  const last = from + page.length < all.length ? page.at(-1) : undefined;
  return {
    items: await readHouseholds(
      reader,
      villageId,
      page.map(({ id }) => id),
    ),
    next: last ? `${String(last.rank)}:${last.numberKey}` : null,
    total: all.length,
    points: all.reduce((sum, { balance }) => sum + balance, 0),
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

/** A household in the order of the list: by rank, then by number. */
interface Place {
  readonly id: string;
  readonly numberKey: string;
  readonly balance: number;
  readonly rank: number;
}

/** All households that are wanted, in the order of the list. */
async function placesOf(
  reader: Reader,
  villageId: string,
  { q = '', group, state, card, min: least, max: most, sort }: HouseholdsFilter,
): Promise<Place[]> {
  const { households } = reader.t;
  const rows = await reader.db
    .select({ id: households.id, numberKey: households.numberKey })
    .from(households)
    .where(
      and(
        eq(households.villageId, villageId),
        group === undefined ? undefined : eq(households.groupName, group),
        state === undefined ? undefined : eq(households.state, state),
        q === '' ? undefined : await matching(reader, villageId, q),
      ),
    )
    .orderBy(asc(households.numberKey));
  const balances = new Map(
    (await runningBalances(reader, villageId)).flatMap(({ kind, ownerId, balance }) =>
      kind === 'household' ? [[ownerId, balance]] : [],
    ),
  );
  const cards = card === undefined ? undefined : await validCards(reader, villageId);
  const typed = householdNumberKey(q);
  const places = rows.flatMap(({ id, numberKey }): Place[] => {
    const balance = balances.get(id) ?? 0;
    if (balance < (least ?? balance) || balance > (most ?? balance)) return [];
    if (cards && card !== printingOf(cards.get(id))) return [];
    const rank = sort === 'number' ? Number(numberKey !== typed) : sort === 'balance' ? balance : 0 - balance;
    return [{ id, numberKey, balance, rank }];
  });
  return places.sort((one, other) => one.rank - other.rank);
}

function printingOf(card: { readonly printedAtMs: number | null } | undefined) {
  if (!card) return 'none';
  return card.printedAtMs === null ? 'unprinted' : 'printed';
}

/** The index of the first place behind the cursor. */
function firstAfter(places: readonly Place[], cursor: string, sort: HouseholdsFilter['sort']): number {
  const at = cursor.indexOf(':');
  const [rank, numberKey] = [Number(cursor.slice(0, at)), Buffer.from(cursor.slice(at + 1))];
  if (Number.isNaN(rank) || (sort === 'number' && rank !== 0 && rank !== 1))
    throw new Refusal('request.invalid');
  const index = places.findIndex(
    (place) =>
      place.rank > rank ||
      (place.rank === rank && Buffer.compare(Buffer.from(place.numberKey), numberKey) > 0),
  );
  return index === -1 ? places.length : index;
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
