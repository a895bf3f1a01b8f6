/** Questions for a village's copy, for the test that counts what reads cost. */
import { and, desc, eq } from 'drizzle-orm';
import type { Shop } from '../bench/shop.ts';
import type { LooseSent } from './served.ts';
import type { TestServer } from './server.ts';

/** The question of a device whose copy is so old. */
export async function aHundredEntriesAgo(
  { villageId }: Shop,
  { store }: Pick<TestServer, 'store'>,
): Promise<LooseSent> {
  const [found] = await store.read(({ db, t: { journal } }) =>
    db
      .select({ since: journal.number, hash: journal.hash })
      .from(journal)
      .where(eq(journal.villageId, villageId))
      .orderBy(desc(journal.number))
      .limit(1)
      .offset(100),
  );
  return { query: { since: found?.since, mark: found?.hash.slice(0, 16), day: '2026-11-19' } };
}

/** Two people agreed that a kiosk keeps a copy, and an item is limited, so that what households were given is counted. */
export async function letCopy(
  { villageId, goodsIds }: Shop,
  { store }: Pick<TestServer, 'store'>,
): Promise<LooseSent> {
  await store.transaction(async ({ db, t: { villages, goods } }) => {
    const [village] = await db.select().from(villages).where(eq(villages.id, villageId));
    if (!village) throw new Error('the village is gone');
    await db
      .update(villages)
      .set({ settings: { ...village.settings, withoutNetworkHundredths: 8000 } })
      .where(eq(villages.id, villageId))
      .returning({ id: villages.id });
    await db
      .update(goods)
      .set({ monthlyLimit: 5 })
      .where(and(eq(goods.villageId, villageId), eq(goods.id, goodsIds[0] ?? '')))
      .returning({ id: goods.id });
  });
  return {};
}
