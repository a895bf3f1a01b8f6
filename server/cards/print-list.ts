import { and, asc, eq, inArray, isNull, sql } from 'drizzle-orm';
import { chunked, type Reader, type Tx } from '../../db/index.ts';

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

/** Reads the valid cards of a village, or of some of its households, by household. */
export async function validCards(
  reader: Reader,
  villageId: string,
  of: 'all' | readonly string[] = 'all',
): Promise<Map<string, ValidCard>> {
  const { householdId, code, issuedAtMs, printedAtMs, revokedAtMs, villageId: village } = reader.t.cards;
  const isValid = and(eq(village, villageId), isNull(revokedAtMs));
  const found = new Map<string, ValidCard>();
  for (const condition of of === 'all'
    ? [isValid]
    : chunked(of).map((some) => and(isValid, inArray(householdId, some)))) {
    const rows = await reader.db
      .select({ householdId, card: { code, issuedAtMs, printedAtMs } })
      .from(reader.t.cards)
      .where(condition);
    for (const row of rows) found.set(row.householdId, row.card);
  }
  return found;
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
  const valid = await validCards(reader, villageId, householdId === undefined ? 'all' : [householdId]);
  return open.flatMap(({ household, hasPin }) => {
    const card = valid.get(household.id);
    if (!card || (printed !== undefined && printed !== (card.printedAtMs !== null))) return [];
    return [{ household, ...card, hasPin }];
  });
}

/** Whether the village has a household of this id, whose card can be listed. */
export async function hasHousehold(reader: Reader, villageId: string, id: string): Promise<boolean> {
  const { households } = reader.t;
  const found = await reader.db
    .select({ id: households.id })
    .from(households)
    .where(and(eq(households.villageId, villageId), eq(households.id, id)));
  return found.length > 0;
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
