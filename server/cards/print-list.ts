import { and, asc, eq, inArray, isNotNull, isNull, sql } from 'drizzle-orm';
import { chunked } from '../../db/many-rows.ts';
import type { Reader, Tx } from '../../db/store.ts';

export interface CardsFilter {
  readonly group?: string | undefined;
  readonly printed?: boolean | undefined;
  readonly householdId?: string | undefined;
}

/** Valid cards of households that are open, in the order of their numbers. */
export async function listCards(
  reader: Reader,
  villageId: string,
  { group, printed, householdId }: CardsFilter,
) {
  const { cards, households } = reader.t;
  return reader.db
    .select({
      household: {
        id: households.id,
        number: households.number,
        head: households.head,
        group: households.groupName,
      },
      code: cards.code,
      issuedAtMs: cards.issuedAtMs,
      printedAtMs: cards.printedAtMs,
      hasPin: sql<boolean>`${households.pinHash} is not null`.mapWith(Boolean),
    })
    .from(cards)
    .innerJoin(
      households,
      and(eq(households.villageId, cards.villageId), eq(households.id, cards.householdId)),
    )
    .where(
      and(
        eq(cards.villageId, villageId),
        isNull(cards.revokedAtMs),
        eq(households.state, 'active'),
        group === undefined ? undefined : eq(households.groupName, group),
        householdId === undefined ? undefined : eq(households.id, householdId),
        printed === undefined
          ? undefined
          : printed
            ? isNotNull(cards.printedAtMs)
            : isNull(cards.printedAtMs),
      ),
    )
    .orderBy(asc(households.numberKey));
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
