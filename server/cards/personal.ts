import { and, asc, eq } from 'drizzle-orm';
import type { Reader, Tx } from '../../db/index.ts';

/** Every card it ever had, the first one first. */
export async function cardsOf(reader: Reader, villageId: string, householdId: string) {
  const { cards } = reader.t;
  return reader.db
    .select()
    .from(cards)
    .where(and(eq(cards.villageId, villageId), eq(cards.householdId, householdId)))
    .orderBy(asc(cards.issuedAtMs), asc(cards.code));
}

/** The codes of all its cards. */
export async function cardCodes(reader: Reader, villageId: string, householdId: string): Promise<string[]> {
  const { cards } = reader.t;
  const rows = await reader.db
    .select({ code: cards.code })
    .from(cards)
    .where(and(eq(cards.villageId, villageId), eq(cards.householdId, householdId)));
  return rows.map(({ code }) => code);
}

export async function eraseCards(tx: Tx, villageId: string, householdId: string): Promise<void> {
  const { cards } = tx.t;
  await tx.db
    .delete(cards)
    .where(and(eq(cards.villageId, villageId), eq(cards.householdId, householdId)))
    .returning({ code: cards.code });
}
