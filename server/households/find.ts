import { and, asc, eq, like, or, sql } from 'drizzle-orm';
import type { Reader } from '../../db/store.ts';
import { pinyinQuery } from './pinyin.ts';

export interface FoundHousehold {
  readonly id: string;
  readonly number: string;
  readonly head: string;
  readonly group: string;
}

/** One letter matches a third of a village, so two are needed. */
const LETTERS_MIN = 2;

/** Households in use by part of the head's name, or by its pinyin or initials; by number, `limit` at most. */
export async function findByName(
  reader: Reader,
  villageId: string,
  name: string,
  limit: number,
): Promise<FoundHousehold[]> {
  const { households } = reader.t;
  const part = name.normalize('NFKC').toUpperCase().replace(/\s+/g, '');
  const letters = pinyinQuery(name);
  if (part === '' || (letters !== null && letters.length < LETTERS_MIN)) return [];
  return reader.db
    .select({
      id: households.id,
      number: households.number,
      head: households.head,
      group: households.groupName,
    })
    .from(households)
    .where(
      and(
        eq(households.villageId, villageId),
        eq(households.state, 'active'),
        or(
          sql`upper(${households.head}) like ${`%${part.replace(/[%_!]/g, '!$&')}%`} escape '!'`,
          letters === null ? undefined : like(households.headPinyin, `% ${letters}%`),
        ),
      ),
    )
    .orderBy(asc(households.numberKey))
    .limit(limit);
}
