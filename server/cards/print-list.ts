import { and, asc, eq, inArray, isNull, sql } from 'drizzle-orm';
import { chunked, keyTable, keyValues, type Reader, type Tx } from '../../db/index.ts';

export interface CardsFilter {
  readonly group?: string | undefined;
  readonly printed?: boolean | undefined;
  readonly householdId?: string | undefined;
}

export interface ValidCard {
  readonly code: string;
  readonly issuedAtMs: number;
  readonly printedAtMs: number | null;
}

/** Reads the valid cards of these households, by household. */
export async function validCards(
  reader: Reader,
  villageId: string,
  householdIds: readonly string[],
): Promise<Map<string, ValidCard>> {
  const rows = await reader.prepared(
    'cards.valid',
    ({ db, t: { cards } }) => {
      const keys = keyTable(reader.engine);
      const { householdId, code, issuedAtMs, printedAtMs } = cards;
      return db
        .select({ householdId, card: { code, issuedAtMs, printedAtMs } })
        .from(keys.table)
        .crossJoin(cards)
        .where(
          and(eq(cards.villageId, keys.villageOfKey), eq(householdId, keys.part(0)), isNull(cards.revokedAtMs)),
        );
    },
    keyValues(
      villageId,
      householdIds.map((id) => [id]),
    ),
  );
  return new Map(rows.map(({ householdId, card }) => [householdId, card]));
}

/** Valid cards of households that are open, in the order of their numbers. */
export async function listCards(
  reader: Reader,
  villageId: string,
  { group, printed, householdId }: CardsFilter,
) {
  const { households } = reader.t;
  const open = await reader.db
    .select({
      household: {
        id: households.id,
        number: households.number,
        head: households.head,
        group: households.groupName,
      },
      hasPin: sql<boolean>`${households.pinHash} is not null`.mapWith(Boolean),
    })
    .from(households)
    .where(
      and(
        eq(households.villageId, villageId),
        eq(households.state, 'active'),
        group === undefined ? undefined : eq(households.groupName, group),
        householdId === undefined ? undefined : eq(households.id, householdId),
      ),
    )
    .orderBy(asc(households.numberKey));
  const ids = open.map(({ household }) => household.id);
  const valid = await validCards(reader, villageId, ids);
  return open.flatMap(({ household, hasPin }) => {
    const card = valid.get(household.id);
    if (!card || (printed !== undefined && printed !== (card.printedAtMs !== null))) return [];
    return [{ household, ...card, hasPin }];
  });
}

/** Notes the day of those that are still valid; answers how many. */
export async function markPrinted(
  tx: Tx,
  villageId: string,
  codes: readonly string[],
  nowMs: number,
): Promise<number> {
  const { cards } = tx.t;
  let marked = 0;
  for (const some of chunked(codes)) {
    const rows = await tx.db
      .update(cards)
      .set({ printedAtMs: nowMs })
      .where(and(eq(cards.villageId, villageId), inArray(cards.code, some), isNull(cards.revokedAtMs)))
      .returning({ code: cards.code });
    marked += rows.length;
  }
  return marked;
}
