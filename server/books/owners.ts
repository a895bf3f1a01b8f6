import { and, eq, inArray } from 'drizzle-orm';
import { chunked } from '../../db/many-rows.ts';
import type { Reader } from '../../db/index.ts';
import { headDigest, ownerOfBudget } from '../budget/ledger-kinds.ts';
import { accountKinds } from '../households/ledger-kinds.ts';
import { splitAccountId } from '../ledger/index.ts';

/**
 * The names of the owners by account id: household number and head, the name of the goods, or the month of a budget. The
 * village's own accounts are missing.
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
  const ofMonths = await monthNames(
    reader,
    villageId,
    owners.map(({ id }) => id),
  );
  const ofHouseholds = owners.filter(({ kind }) => isHousehold(kind));
  const ofGoods = owners.filter(
    ({ kind, ownerId }) => !isHousehold(kind) && kind !== 'budget' && ownerId !== 'village',
  );
  const names = new Map([
    ...(await householdNames(reader, villageId, unique(ofHouseholds))),
    ...(await goodsNames(reader, villageId, unique(ofGoods))),
  ]);
  return new Map(owners.flatMap(({ id, ownerId }) => pair(id, ofMonths.get(id) ?? names.get(ownerId))));
}

/** The names of a month's budget by account id: "2026-05", or and its category, if it is a part. */
async function monthNames(
  reader: Reader,
  villageId: string,
  accountIds: readonly string[],
): Promise<ReadonlyMap<string, string>> {
  const owners = accountIds.flatMap((id) => {
    const owner = ownerOfBudget(id);
    return owner ? [{ id, ...owner }] : [];
  });
  const hasHeads = owners.some(({ digest }) => digest !== null);
  const heads = hasHeads ? await headsByDigest(reader, villageId) : new Map<string, string>();
  return new Map(
    owners.map(({ id, month, digest }) => [
      id,
      digest === null ? month : `${month} ${heads.get(digest) ?? digest}`,
    ]),
  );
}

/** Every category that a rule of the village was ever under. */
async function headsByDigest(
  { db, t: { ruleVersions } }: Reader,
  villageId: string,
): Promise<ReadonlyMap<string, string>> {
  const rows = await db
    .selectDistinct({ head: ruleVersions.category })
    .from(ruleVersions)
    .where(eq(ruleVersions.villageId, villageId));
  return new Map(rows.map(({ head }) => [headDigest(head), head]));
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
