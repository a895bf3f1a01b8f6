import { and, eq, inArray } from 'drizzle-orm';
import { chunked } from '../../db/many-rows.ts';
import type { Reader } from '../../db/index.ts';
import { accountKinds } from '../households/ledger-kinds.ts';
import { splitAccountId } from '../ledger/index.ts';

/**
 * The names of the owners by account id: household number and head, or the name of the goods. The village's own
 * accounts are missing.
 */
export async function ownerNames(
  reader: Reader,
  villageId: string,
  accountIds: Iterable<string>,
): Promise<Map<string, string>> {
  const owners = [...new Set(accountIds)].flatMap((id) => {
    const account = splitAccountId(id);
    return account ? [{ id, ...account }] : [];
  });
  const isHousehold = (kind: string) => Object.hasOwn(accountKinds, kind);
  const ofHouseholds = owners.filter(({ kind }) => isHousehold(kind));
  const ofGoods = owners.filter(({ kind, ownerId }) => !isHousehold(kind) && ownerId !== 'village');
  const names = new Map([
    ...(await householdNames(reader, villageId, unique(ofHouseholds))),
    ...(await goodsNames(reader, villageId, unique(ofGoods))),
  ]);
  return new Map(owners.flatMap(({ id, ownerId }) => pair(id, names.get(ownerId))));
}

export function goodsNames(
  reader: Reader,
  villageId: string,
  ids: readonly string[],
): Promise<Map<string, string>> {
  const { goods } = reader.t;
  return namesOf(ids, (some) =>
    reader.db
      .select({ id: goods.id, name: goods.name })
      .from(goods)
      .where(and(eq(goods.villageId, villageId), inArray(goods.id, [...some]))),
  );
}

function householdNames(
  reader: Reader,
  villageId: string,
  ids: readonly string[],
): Promise<Map<string, string>> {
  const { households } = reader.t;
  return namesOf(ids, async (some) => {
    const rows = await reader.db
      .select({ id: households.id, number: households.number, head: households.head })
      .from(households)
      .where(and(eq(households.villageId, villageId), inArray(households.id, [...some])));
    return rows.map(({ id, number, head }) => ({ id, name: `${number} ${head}` }));
  });
}

async function namesOf(
  ids: readonly string[],
  read: (some: readonly string[]) => PromiseLike<readonly { id: string; name: string }[]>,
): Promise<Map<string, string>> {
  const names = new Map<string, string>();
  for (const some of chunked(ids)) {
    for (const { id, name } of await read(some)) names.set(id, name);
  }
  return names;
}

function unique(owners: readonly { readonly ownerId: string }[]): string[] {
  return Array.from(new Set(owners.map(({ ownerId }) => ownerId)));
}

function pair(id: string, name: string | undefined): [string, string][] {
  return name === undefined ? [] : [[id, name]];
}
