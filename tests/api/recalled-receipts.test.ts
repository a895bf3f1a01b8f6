import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { withCard } from '../support/presence.ts';
import { openRaw } from '../support/raw.ts';
import {
  addressOf,
  type LooseSent,
  newKey,
  requestOf,
  startTestServer,
  type TestServer,
} from '../support/server.ts';
import { addGoods, addHousehold } from '../support/shop.ts';
import { ENGINES } from '../support/stores.ts';

/** Less is kept of a redemption's answer than the answer itself. */
describe.each(ENGINES)('the answer to a redemption on $engine', ({ engine, missing }) => {
  describe.skipIf(missing)('asked for again', () => {
    let server: TestServer;
    beforeAll(async () => {
      server = await startTestServer(engine);
    });
    afterAll(() => server.remove());

    async function ask(sent: LooseSent): Promise<{ text: string; isReplayed: boolean }> {
      const response = await fetch(
        server.url + addressOf('kiosk.redeem', sent),
        requestOf('kiosk.redeem', sent),
      );
      expect(response.status).toBe(200);
      return { text: await response.text(), isReplayed: response.headers.has('Idempotency-Replayed') };
    }

    async function raw<T>(work: (db: Awaited<ReturnType<typeof openRaw>>) => Promise<T>): Promise<T> {
      const db = await openRaw(server.test);
      try {
        return await work(db);
      } finally {
        await db.close();
      }
    }

    async function basket() {
      const kiosk = await server.asKiosk();
      const household = await addHousehold(server, 100_000, '王小明');
      const rice = await addGoods(server, { price: 1050 }, { quantity: 9, costFen: 9001 });
      const service = await addGoods(server, { kind: 'service', price: 300, unit: '次' });
      const lines = [
        { goodsId: service.id, quantity: 1 },
        { goodsId: rice.id, quantity: 2 },
        { goodsId: service.id, quantity: 1 },
      ];
      const wanted = { householdId: household.id, lines, expectedPoints: 2 * 1050 + 2 * 300 };
      const body = await withCard(server, kiosk, wanted);
      return { kiosk, household, goods: [rice, service], sent: { as: kiosk, body, key: newKey() } };
    }

    it('is the same to the byte, whatever was renamed, repriced and undone since', async () => {
      const { kiosk, household, goods, sent } = await basket();
      const first = await ask(sent);
      expect(first.isReplayed).toBe(false);
      expect(await ask(sent)).toEqual({ text: first.text, isReplayed: true });

      const { id } = JSON.parse(first.text) as { id: string };
      await server.must('kiosk.undo', { as: kiosk, params: { id }, body: {} });
      await server.must('households.update', {
        as: server.admin,
        params: { id: household.id },
        body: { head: '李改名', number: '088' },
      });
      for (const item of goods) {
        const body = { name: `${item.name}改`, unit: '箱', price: item.price + 100 };
        await server.must('goods.update', { as: server.admin, params: { id: item.id }, body });
      }
      await raw((db) => db.run("update volunteers set name = '改名的志愿者'"));
      const given = {
        as: kiosk,
        body: { ...sent.body, lines: sent.body.lines.slice(1, 2), expectedPoints: 2300 },
      };
      await ask({ ...given, key: newKey() });

      expect(await ask(sent)).toEqual({ text: first.text, isReplayed: true });
    });

    it('is made again of its rows: the key keeps no line of it', async () => {
      const { goods, sent } = await basket();
      const { text } = await ask(sent);
      const [kept] = await raw((db) =>
        db.rows(
          `select cast(response as text) as response from commands where idempotency_key = '${sent.key}'`,
        ),
      );
      const response = String(kept?.response);
      expect(response).toContain('王小明');
      for (const item of goods) expect(response).not.toContain(item.id);
      expect(Buffer.byteLength(response)).toBeLessThan(Buffer.byteLength(text) / 3);
    });

    it('is one of many that come at once, and the same for all', async () => {
      const { sent } = await basket();
      const answers = await Promise.all(Array.from({ length: 12 }, () => ask(sent)));
      expect(answers.filter(({ isReplayed }) => !isReplayed)).toHaveLength(1);
      expect(new Set(answers.map(({ text }) => text)).size).toBe(1);
    });
  });
});
