import { and, asc, eq, inArray, isNull, sql } from 'drizzle-orm';
import { chunked, type Reader, type Tx } from '../../db/index.ts';
import { lastDigits } from '../../shared/cards/code.ts';

export interface CardsFilter {
  readonly group?: string | undefined;
  readonly printed?: boolean | undefined;
  readonly householdId?: string | undefined;
}

export interface ValidCard {
  readonly lastDigits: string;
  readonly issuedAtMs: number;
  readonly printedAtMs: number | null;
}

/** Reads the valid cards of a village, or of some of its households, by household. Their codes stay here. */
export async function validCards(
  reader: Reader,
  villageId: string,
  of: 'all' | readonly string[] = 'all',
): Promise<Map<string, ValidCard>> {
  const found = await cardsWithCodes(reader, villageId, of);
  return new Map(
    Array.from(found, ([id, { code, ...card }]) => [id, { lastDigits: lastDigits(code), ...card }] as const),
  );
}

export interface CardWithCode {
  readonly code: string;
  readonly issuedAtMs: number;
  readonly printedAtMs: number | null;
}

/** The same with the codes, for paper alone. */
export async function cardsWithCodes(
  reader: Reader,
  villageId: string,
  of: 'all' | readonly string[],
): Promise<Map<string, CardWithCode>> {
  const { householdId, code, issuedAtMs, printedAtMs, revokedAtMs, villageId: village } = reader.t.cards;
  const isValid = and(eq(village, villageId), isNull(revokedAtMs));
  const found = new Map<string, CardWithCode>();
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

/** Names a card without its code. */
export interface NamedCard {
  readonly householdId: string;
  readonly issuedAtMs: number;
}

/** Notes the day of those that are still valid; answers how many. Call under the village's lock. */
export async function markPrinted(
  tx: Tx,
  villageId: string,
  printed: readonly NamedCard[],
  nowMs: number,
): Promise<number> {
  const { cards } = tx.t;
  const valid = await cardsWithCodes(
    tx,
    villageId,
    printed.map(({ householdId }) => householdId),
  );
  const codes = new Set(
    printed.flatMap(({ householdId, issuedAtMs }) => {
      const card = valid.get(householdId);
      return card?.issuedAtMs === issuedAtMs ? [card.code] : [];
    }),
  );
  let marked = 0;
  for (const some of chunked(Array.from(codes))) {
    const rows = await tx.db
      .update(cards)
      .set({ printedAtMs: nowMs })
      .where(and(eq(cards.villageId, villageId), inArray(cards.code, some), isNull(cards.revokedAtMs)))
      .returning({ code: cards.code });
    marked += rows.length;
  }
  return marked;
}
