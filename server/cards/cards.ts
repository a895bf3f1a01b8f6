import { and, eq, isNull } from 'drizzle-orm';
import { chunked } from '../../db/many-rows.ts';
import type { Tx } from '../../db/store.ts';
import { drawCardCode } from '../../shared/cards/code.ts';

export interface CardInk {
  readonly nowMs: number;
  /** Answers 0…below−1, unpredictably. */
  readonly randomInt: (below: number) => number;
}

/** Gives a card to each of these households, which must have none. Returns the codes by household. */
export async function giveCards(
  tx: Tx,
  villageId: string,
  householdIds: readonly string[],
  ink: CardInk,
): Promise<Map<string, string>> {
  const codes = new Map<string, string>();
  for (const some of chunked(householdIds)) {
    let left = some;
    // A code that some card already has is passed over by the insert, and drawn again.
    while (left.length > 0) {
      const rows = left.map((householdId) => ({
        villageId,
        code: drawCardCode(ink.randomInt),
        householdId,
        issuedAtMs: ink.nowMs,
        revokedAtMs: null,
      }));
      const { cards } = tx.t;
      const given = await tx.db
        .insert(cards)
        .values(rows)
        .onConflictDoNothing({ target: cards.code })
        .returning({ householdId: cards.householdId, code: cards.code });
      for (const card of given) codes.set(card.householdId, card.code);
      left = left.filter((householdId) => !codes.has(householdId));
    }
  }
  return codes;
}

/** Stops the household's card from this moment; false when it has none. Call under the village's lock. */
export async function revokeCards(
  tx: Tx,
  villageId: string,
  householdId: string,
  nowMs: number,
): Promise<boolean> {
  const { cards } = tx.t;
  const revoked = await tx.db
    .update(cards)
    .set({ revokedAtMs: nowMs })
    .where(and(eq(cards.villageId, villageId), eq(cards.householdId, householdId), isNull(cards.revokedAtMs)))
    .returning({ code: cards.code });
  return revoked.length > 0;
}
