import { and, eq, inArray, isNull } from 'drizzle-orm';
import { added, chunked, type Store, type Tx, type WrittenRow } from '../../db/index.ts';
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

/** Draws so many codes that no card has, for cards that are written later. */
export async function freeCardCodes(
  read: Store['read'],
  count: number,
  { randomInt }: Pick<CardInk, 'randomInt'>,
): Promise<string[]> {
  const free = new Set<string>();
  while (free.size < count) {
    const drawn = Array.from({ length: count - free.size }, () => drawCardCode(randomInt));
    const found = await read(({ db, t: { cards } }) =>
      db.select({ code: cards.code }).from(cards).where(inArray(cards.code, drawn)),
    );
    const taken = new Set(found.map(({ code }) => code));
    for (const code of drawn) if (!taken.has(code)) free.add(code);
  }
  return Array.from(free);
}

/** A new card with a code that was found free. */
export function newCard(villageId: string, householdId: string, code: string, nowMs: number): WrittenRow {
  const card = { villageId, householdId, code, issuedAtMs: nowMs };
  return added('cards', { ...card, revokedAtMs: null, printedAtMs: null });
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
