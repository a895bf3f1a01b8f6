import { Agent, request } from 'node:http';
import { setTimeout as wait } from 'node:timers/promises';
import { describe, expect, it } from 'vitest';
import { verify } from '../support/ledger.ts';
import { openShop, redemption, type Shop } from '../bench/shop.ts';
import { startServer } from '../support/server-process.ts';
import { newKey, SECRETS } from '../support/server.ts';
import { ENGINES, openTestStore } from '../support/stores.ts';

const CLIENTS = 64;

interface Told {
  readonly key: string;
  /** Null if no answer came. */
  readonly status: number | null;
  readonly code: string;
}

/** The program gets SIGTERM while all clients work, like at each upgrade. */
describe.each(ENGINES)('a server told to stop under load, on $engine', ({ engine, missing }) => {
  it.skipIf(missing)(
    'answers every request it has read, leaves nothing half done, and exits with 0',
    async () => {
      const test = await openTestStore(engine);
      const place = { dataDir: test.dataDir, databaseUrl: test.databaseUrl };
      const shop = await openShop(place, { households: 40, kiosks: 4 });
      // One process at a time has the file.
      await test.store.close();

      const server = await startServer(place, { env: { JISHAN_SECRET: SECRETS.current } });
      const told: Told[] = [];
      const clients = Array.from({ length: CLIENTS }, (_, index) =>
        workUntilTurnedAway(server.url, shop, index, told),
      );
      while (told.length < 4 * CLIENTS) await wait(5);
      const before = told.length;
      server.child.kill('SIGTERM');
      expect(await server.gone).toBe(0);
      await Promise.all(clients);

      const lines = server.said.out
        .split('\n')
        .filter((line) => line.startsWith('{'))
        .map((line) => JSON.parse(line) as { msg: string; status?: number });
      const answered = told.filter(({ status }) => status !== null);
      // A line a request that was read; 499 where the caller got nothing.
      expect(lines.filter(({ msg }) => msg === 'request').map(({ status }) => status)).not.toContain(499);
      expect(lines.filter(({ msg }) => msg === 'request')).toHaveLength(answered.length);
      expect(lines.map(({ msg }) => msg)).toEqual(expect.arrayContaining(['stopping', 'stopped']));
      expect(told.length).toBeGreaterThanOrEqual(before + CLIENTS);
      const done = answered.filter(({ status }) => status === 200).map(({ key }) => key);
      expect(done.length).toBeGreaterThan(before);
      const others = answered.filter(({ status }) => status !== 200).map(({ code }) => code);
      expect(others.filter((code) => code !== 'server.stopping')).toEqual([]);

      const again = await test.openAgain();
      const kept = await again.read(async ({ db, t }) => ({
        keys: await db.select({ key: t.commands.idempotencyKey }).from(t.commands),
        redemptions: await db.select({ id: t.redemptions.id }).from(t.redemptions),
      }));
      const sent = new Set(told.map(({ key }) => key));
      expect(
        kept.keys
          .map(({ key }) => key)
          .filter((key) => sent.has(key))
          .sort(),
      ).toEqual(done.sort());
      expect(kept.redemptions).toHaveLength(done.length);
      expect(await verify(again, shop.villageId)).toMatchObject({ ok: true });
      await test.remove();
    },
  );
});

/** One kiosk that redeems, and again as soon as it has its answer, over a connection it keeps. */
async function workUntilTurnedAway(url: string, shop: Shop, client: number, told: Told[]): Promise<void> {
  const agent = new Agent({ keepAlive: true, maxSockets: 1 });
  for (let index = client; ; index += CLIENTS) {
    const { key, body } = redemption(shop, index, newKey, client);
    const answer = await redeem(
      agent,
      url,
      { ...shop.kiosks[client % shop.kiosks.length], 'Idempotency-Key': key },
      body,
    );
    told.push({ key, ...answer });
    if (answer.status !== 200) break;
  }
  agent.destroy();
}

function redeem(
  agent: Agent,
  url: string,
  headers: Readonly<Record<string, string>>,
  body: string,
): Promise<Omit<Told, 'key'>> {
  return new Promise((resolve) => {
    const options = { agent, method: 'POST', headers: { 'Content-Type': 'application/json', ...headers } };
    request(`${url}/api/v1/kiosk/redemptions`, options, (response) => {
      let text = '';
      response.on('data', (chunk: Buffer) => (text += chunk.toString()));
      response.on('error', () => resolve({ status: null, code: 'cut' }));
      response.on('end', () => {
        const { code = '' } = JSON.parse(text) as { code?: string };
        resolve({ status: response.statusCode ?? null, code });
      });
    })
      .on('error', (error: NodeJS.ErrnoException) => resolve({ status: null, code: error.code ?? '' }))
      .end(body);
  });
}
