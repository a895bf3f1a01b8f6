import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { readFileSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import { type AddressInfo, connect } from 'node:net';
import { networkInterfaces } from 'node:os';
import { join } from 'node:path';
import { gunzipSync, gzipSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { pino } from 'pino';
import { createSwitch } from '../../db/index.ts';
import { createKeeper } from '../../server/backups/index.ts';
import { createVerifier } from '../../server/books/index.ts';
import { createIds } from '../../server/http/index.ts';
import { createMetrics } from '../../server/system/index.ts';
import { PRICE_HUNDREDTHS, openShop, redemption, type Shop } from '../bench/shop.ts';
import { runCommand, type ServerProcess, startServer } from '../support/server-process.ts';
import { isAccountOf, LEDGER_KINDS } from '../support/ledger.ts';
import { newKey, SECRETS } from '../support/server.ts';
import { ENGINES, openTestStore, type TestStore } from '../support/stores.ts';

const CLIENTS = 16;
const ROUNDS = 5;
const DONE = CLIENTS * ROUNDS;

/** Each metric's value by its name and labels, as they stand in the text. */
type Figures = ReadonlyMap<string, number>;

describe.each(ENGINES)('the figures on $engine', ({ engine, missing }) => {
  describe.skipIf(missing)('of the program at work', () => {
    let test: TestStore;
    let shop: Shop;
    let server: ServerProcess & { readonly url: string };
    let port = 0;
    let text = '';
    let before: { postings: Map<string, number>; entries: number };

    beforeAll(async () => {
      test = await openTestStore(engine);
      const place = { dataDir: test.dataDir, databaseUrl: test.databaseUrl };
      shop = await openShop(place, { households: 20 });
      before = await booked();
      await test.store.close();
      expect(await runCommand(place, 'verify')).toMatchObject({ code: 0 });
      port = await freePort();
      server = await startServer(place, {
        env: { METRICS_PORT: String(port), JISHAN_SECRET: SECRETS.current },
      });
      await Promise.all(Array.from({ length: CLIENTS }, (_, client) => work(client)));
      const dear = redemption(shop, 0);
      const body = dear.body.replace(`"expectedPoints":${PRICE_HUNDREDTHS}`, '"expectedPoints":5');
      expect((await redeem(dear.key, body)).status).toBe(409);
      expect((await redeem(dear.key, '{"no":"basket"}')).status).toBe(400);
      expect((await fetch(`${server.url}/api/v1/households/王小明`)).status).toBe(401);
      expect((await fetch(`${server.url}/api/v1/nowhere/王小明`)).status).toBe(404);
      text = await (await fetch(`http://127.0.0.1:${port}/metrics`)).text();
    });
    afterAll(async () => {
      await server.kill('SIGTERM');
      await test.remove();
    });

    it('are what was done: answers, refusals, entries and postings', async () => {
      const figures = read(text);
      const answers = (method: string, route: string, status: number) =>
        figures.get(`jishan_http_requests_total{method="${method}",route="${route}",status="${status}"}`);
      expect(answers('POST', '/kiosk/redemptions', 200)).toBe(DONE);
      expect(answers('POST', '/kiosk/redemptions', 409)).toBe(1);
      expect(answers('POST', '/kiosk/redemptions', 400)).toBe(1);
      expect(answers('GET', '/households/:id', 401)).toBe(1);
      expect(answers('GET', 'none', 404)).toBe(1);
      expect(figures.get('jishan_http_request_seconds_count{method="POST"}')).toBe(DONE + 2);
      const refused = (code: string) => figures.get(`jishan_refused_total{code="${code}",kind="refused"}`);
      expect(refused('goods.price_changed')).toBe(1);
      expect(refused('request.invalid')).toBe(1);
      expect(refused('auth.required')).toBe(1);

      const after = await booked(await test.openAgain());
      const more = (unit: string) => (after.postings.get(unit) ?? 0) - (before.postings.get(unit) ?? 0);
      expect(after.entries - before.entries).toBe(DONE);
      expect(figures.get('jishan_entries_total{kind="redemption"}')).toBe(DONE);
      for (const unit of ['point', 'goods', 'cny']) {
        expect(more(unit)).toBeGreaterThan(0);
        expect(figures.get(`jishan_postings_total{unit="${unit}"}`)).toBe(more(unit));
      }
    });

    it('tell of commits, of who waits, of the disk and of the process', () => {
      const figures = read(text);
      const commits = figures.get('jishan_commit_works_count') ?? 0;
      const commands = figures.get('jishan_commands_together_sum') ?? 0;
      // Refused commands share commits as well.
      expect(commands).toBeGreaterThanOrEqual(DONE);
      expect(commits).toBeLessThan(commands);
      expect(figures.get('jishan_command_waves_count')).toBe(figures.get('jishan_commands_together_count'));
      expect(figures.get('jishan_commit_seconds_count')).toBe(commits);
      expect(figures.get('jishan_store_waiting')).toBe(0);
      expect(figures.get('jishan_disk_free_bytes')).toBeGreaterThan(0);
      expect(figures.get('process_resident_memory_bytes')).toBeGreaterThan(0);
    });

    it('tell from the first look when the books were last verified, and how they stood', async () => {
      const ready = (await (await fetch(`${server.url}/api/v1/ready`)).json()) as {
        lastVerification: { at: string };
      };
      const figures = read(text);
      expect(figures.get('jishan_books_ok')).toBe(1);
      expect(figures.get('jishan_books_verified_seconds')).toBe(Date.parse(ready.lastVerification.at) / 1000);
    });

    it('say nothing of books that nobody has verified yet: no alarm on a fresh server', async () => {
      const fresh = await openTestStore(engine);
      await fresh.store.close();
      const own = await freePort();
      const place = { dataDir: fresh.dataDir, databaseUrl: fresh.databaseUrl };
      const begun = await startServer(place, { env: { METRICS_PORT: String(own) } });
      const said = await (await fetch(`http://127.0.0.1:${own}/metrics`)).text();
      await begun.kill('SIGTERM');
      await fresh.remove();
      expect(said).toContain('# TYPE jishan_books_ok gauge');
      expect(Array.from(read(said).keys()).filter((name) => name.startsWith('jishan_books'))).toEqual([]);
      expect(read(said).get('jishan_backup_verified_seconds')).toBe(0);
    });

    it('tell when the latest verified backup was made, and say 0 before the first', async () => {
      expect(read(text).get('jishan_backup_verified_seconds')).toBe(0);
      const place = { dataDir: test.dataDir, databaseUrl: test.databaseUrl };
      const { code, out } = await runCommand(place, 'backup', '--json');
      expect(code).toBe(0);
      const { madeAtMs, path } = JSON.parse(out) as { madeAtMs: number; path: string };
      // An uploaded backup does not count as a backup of this database.
      const [header = '', ...rest] = gunzipSync(readFileSync(path)).toString().split('\n');
      const later = header.replace(/"madeAt":"[^"]*"/, '"madeAt":"2199-01-01T00:00:00.000Z"');
      writeFileSync(
        join(path, '../jishan-20260101-000000-upload.backup'),
        gzipSync([later, ...rest].join('\n')),
      );
      const now = await (await fetch(`http://127.0.0.1:${port}/metrics`)).text();
      expect(read(now).get('jishan_backup_verified_seconds')).toBe(madeAtMs / 1000);
    });

    it('are given out while the database is being replaced, as they were', async () => {
      const store = createSwitch(await test.openAgain(), () => test.openAgain());
      const clock = Date.now;
      const verifier = createVerifier({
        store,
        kinds: LEDGER_KINDS,
        clock,
        newId: createIds(clock, randomBytes),
      });
      const folder = join(test.dataDir, 'backups');
      const keeper = createKeeper({
        ...{
          store,
          clock,
          hour: 3,
          shelf: { folder, copyFolder: null },
          uploads: { clear: () => undefined },
        },
        ...{ make: never, restore: never, take: never, isMadeHere: never },
        logger: pino({ level: 'silent' }),
      });
      const metrics = await createMetrics();
      metrics.watch({ verifier, keeper, dataDir: test.dataDir });
      metrics.server.listen(0, '127.0.0.1');
      await once(metrics.server, 'listening');
      const { port: own } = metrics.server.address() as AddressInfo;
      const look = async () => {
        const answer = await fetch(`http://127.0.0.1:${own}/metrics`);
        return { status: answer.status, figures: read(await answer.text()) };
      };
      const wanted = ['jishan_books_verified_seconds', 'jishan_books_ok', 'jishan_backup_verified_seconds'];
      const of = (figures: Figures) => wanted.map((name) => figures.get(name));
      const before = await look();
      expect(before.status).toBe(200);
      const during = await store.exchange(() => Promise.resolve(), look);
      expect([during.status, of(during.figures)]).toEqual([200, of(before.figures)]);
      expect(during.figures.get('jishan_disk_free_bytes')).toBeGreaterThan(0);
      await new Promise((done) => metrics.server.close(done));
    });

    it('hold nobody and no address', () => {
      expect(text).not.toMatch(/王|127\.0\.0\.1|nowhere/);
      for (const id of [shop.villageId, ...shop.householdIds, ...shop.goodsIds])
        expect(text).not.toContain(id);
    });

    it('are to be had on this machine alone, and nothing else there', async () => {
      expect((await fetch(`http://127.0.0.1:${port}/`)).status).toBe(404);
      expect((await fetch(`http://127.0.0.1:${port}/metrics`, { method: 'POST' })).status).toBe(404);
      expect((await fetch(`${server.url}/metrics`)).status).toBe(404);
      const outside = Object.values(networkInterfaces())
        .flatMap((list) => list ?? [])
        .find(({ family, internal }) => family === 'IPv4' && !internal)?.address;
      if (outside !== undefined) {
        const socket = connect(port, outside);
        const [error] = (await once(socket, 'error')) as [NodeJS.ErrnoException];
        expect(error.code).toBe('ECONNREFUSED');
      }
    });

    async function work(client: number): Promise<void> {
      for (let round = 0; round < ROUNDS; round += 1) {
        const { key, body } = redemption(shop, client * ROUNDS + round, newKey, 0);
        expect((await redeem(key, body)).status).toBe(200);
      }
    }

    function redeem(key: string, body: string): Promise<Response> {
      return fetch(`${server.url}/api/v1/kiosk/redemptions`, {
        method: 'POST',
        headers: { 'Content-Type': 'application/json', 'Idempotency-Key': key, ...shop.kiosks[0] },
        body,
      });
    }

    /** The postings by unit and the entries, counted from the journal. */
    async function booked(store = test.store): Promise<{ postings: Map<string, number>; entries: number }> {
      return store.read(async ({ db, t }) => {
        const units = await db
          .select({ unit: t.accounts.unit })
          .from(t.postings)
          .innerJoin(t.accounts, isAccountOf(t.accounts, t.postings));
        const postings = Map.groupBy(units, ({ unit }) =>
          unit === 'POINT' ? 'point' : unit === 'CNY' ? 'cny' : 'goods',
        );
        return {
          postings: new Map(Array.from(postings, ([unit, rows]) => [unit, rows.length])),
          entries: (await db.select({ number: t.journal.number }).from(t.journal)).length,
        };
      });
    }
  });
});

function never(): Promise<never> {
  return Promise.reject(new Error('nothing is backed up here'));
}

function read(text: string): Figures {
  const lines = text.split('\n').filter((line) => line !== '' && !line.startsWith('#'));
  return new Map(
    lines.map((line) => {
      const space = line.lastIndexOf(' ');
      return [line.slice(0, space), Number(line.slice(space + 1))];
    }),
  );
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  await new Promise((resolve) => server.close(resolve));
  return port;
}
