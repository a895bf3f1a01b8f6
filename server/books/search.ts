import { and, eq } from 'drizzle-orm';
import type { Reader } from '../../db/index.ts';
import { Refusal } from '../../shared/errors.ts';
import { meantBy } from '../../shared/households/original-number.ts';
import { missingHouseholds, numberColumns } from '../households/index.ts';
import { heldAccount, householdAccount } from '../households/ledger-kinds.ts';
import { goodsAccount } from '../goods/ledger-kinds.ts';
import { accountId, type EntrySearch } from '../ledger/index.ts';

/** If the words match more households than this, they do not say whom somebody looks for. */
const HOUSEHOLDS_AT_MOST = 50;

/** Parses the text of the ledger's search field: words, the number of an entry, or a household. */
export async function searchFor(
  reader: Reader,
  villageId: string,
  q: string | undefined,
): Promise<EntrySearch | undefined> {
  const words = q?.normalize('NFKC').trim() ?? '';
  if (words === '') return undefined;
  const digits = /^(?:no\.?|#|第)?\s*(\d{1,15})\s*号?$/i.exec(words)?.[1];
  const theirs = await householdsNamed(reader, villageId, words);
  return {
    words,
    number: digits === undefined ? null : Number(digits),
    accountIds: theirs.flatMap(accountsOfHousehold),
  };
}

/** The accounts that a filter by household or goods stands for. Refuses if there is no such household or goods. */
export async function accountsAskedFor(
  reader: Reader,
  villageId: string,
  { householdId, goodsId }: { householdId?: string | undefined; goodsId?: string | undefined },
): Promise<string[][]> {
  const moving: string[][] = [];
  // A filter that means nothing is refused: an empty list would say that nothing happened.
  if (householdId !== undefined) {
    const [missing] = await missingHouseholds(reader, villageId, [householdId]);
    if (missing !== undefined) throw new Refusal('household.not_found');
    moving.push(accountsOfHousehold(householdId));
  }
  if (goodsId !== undefined) {
    const { goods } = reader.t;
    const there = await reader.db
      .select({ id: goods.id })
      .from(goods)
      .where(and(eq(goods.villageId, villageId), eq(goods.id, goodsId)));
    if (there.length === 0) throw new Refusal('goods.not_found', { id: goodsId });
    moving.push([accountId(goodsAccount('shelf', goodsId))]);
  }
  return moving;
}

function accountsOfHousehold(id: string): string[] {
  return [accountId(householdAccount(id)), accountId(heldAccount(id))];
}

/** Finds households by their whole number or part of the head's name. */
async function householdsNamed(reader: Reader, villageId: string, words: string): Promise<string[]> {
  const { households } = reader.t;
  const rows = await reader.db
    .select({ ...numberColumns(households), id: households.id, head: households.head })
    .from(households)
    .where(eq(households.villageId, villageId));
  const meant = meantBy(words, rows);
  const named = rows.filter((row) => row === meant || row.head.includes(words));
  return named.slice(0, HOUSEHOLDS_AT_MOST).map(({ id }) => id);
}
