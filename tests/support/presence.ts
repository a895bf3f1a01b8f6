/** A household that shows its card at a kiosk, for the tests in which something is handed out. */
import { and, eq, isNull } from 'drizzle-orm';
import { giveCards } from '../../server/cards/index.ts';
import type { Caller, TestServer } from './served.ts';

interface ForHousehold {
  readonly householdId: string;
}

/**
 * The basket with the presence of its household, whose card was scanned at this kiosk just now. A household without a
 * card gets one. If the look-up is refused, the basket has no presence: the server says why nothing is handed out.
 */
export async function withCard<Basket extends ForHousehold>(
  server: TestServer,
  as: Caller,
  basket: Basket,
): Promise<Basket & { presence?: string }> {
  const card = await cardCodeOf(server, basket.householdId);
  if (card === undefined) return basket;
  const { status, data } = await server.call('kiosk.lookup', { as, body: { card } });
  return status === 200 ? { ...basket, presence: data.presence.token } : basket;
}

/** Issues a card at the desk, whose answer holds no code, and reads the code from the table. */
export async function newCardCode(
  server: TestServer,
  id: string,
  as: Caller = server.admin,
): Promise<string> {
  await server.must('households.issueCard', { as, params: { id }, body: {} });
  return (await cardCodeOf(server, id)) ?? '';
}

/** The code of the household's valid card, which is given now if there is none; undefined for no household. */
export async function cardCodeOf({ store, clock }: TestServer, id: string): Promise<string | undefined> {
  return store.transaction(async (tx) => {
    const { households, cards } = tx.t;
    const [found] = await tx.db
      .select({ villageId: households.villageId, code: cards.code })
      .from(households)
      .leftJoin(
        cards,
        and(
          eq(cards.villageId, households.villageId),
          eq(cards.householdId, households.id),
          isNull(cards.revokedAtMs),
        ),
      )
      .where(eq(households.id, id));
    if (found?.code !== null) return found?.code;
    const ink = { nowMs: clock.nowMs, randomInt: (below: number) => Math.floor(Math.random() * below) };
    return (await giveCards(tx, found.villageId, [id], ink)).get(id);
  });
}
