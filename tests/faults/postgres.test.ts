import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import pg from 'pg';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createDice } from '../../server/demo/dice.ts';
import { createTestDatabase, hasPostgres, type TestDatabase } from '../support/postgres.ts';
import { startPrivatePostgres } from '../support/postgres-server.ts';
import type { EndpointId } from '../../shared/endpoints.ts';
import { addressOf, type LooseSent, PASSWORD, requestOf } from '../support/server.ts';
import { type Place, runCommand, type ServerProcess, startServer } from '../support/server-process.ts';
import { Clients } from './clients.ts';
import { deliver, expectRefused } from './desk.ts';
import { chosenSeed } from './options.ts';
import { type CommitLoss, openProxy, type Proxy } from './proxy.ts';
import { differences, NO_DIFFERENCES } from './truth.ts';
import { ask, foundVillage, type WorkingVillage } from './working-village.ts';

const CRASHES = process.env.JISHAN_LONG ? 20 : 4;
const CUTS = process.env.JISHAN_LONG ? 200 : 10;

describe.skipIf(!hasPostgres)('PostgreSQL taken away from the running server', () => {
  let folder: string;
  let server: ServerProcess & { readonly url: string };
  let village: WorkingVillage;
  let place: Place;
  let clients: Clients;
  const closings: (() => Promise<unknown>)[] = [];

  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'jishan-away-'));
  });
  afterEach(async () => {
    await server.kill();
    for (const close of closings.splice(0).reverse()) await close();
    rmSync(folder, { recursive: true, force: true });
  });

  async function start(databaseUrl: string, road = databaseUrl): Promise<void> {
    place = { dataDir: join(folder, 'data'), databaseUrl };
    server = await startServer({ ...place, databaseUrl: road });
    village = await foundVillage(server.url);
    clients = new Clients(village, createDice(chosenSeed('PostgreSQL away')));
    clients.url = server.url;
  }

  async function ownDatabase(): Promise<TestDatabase> {
    const database = await createTestDatabase();
    closings.push(() => database.drop());
    return database;
  }

  async function openRoad(databaseUrl: string): Promise<Proxy> {
    const proxy = await openProxy(databaseUrl);
    closings.push(() => proxy.close());
    return proxy;
  }

  const deliverOne = (key?: string) => deliver(server.url, village, key);

  async function expectTruth(): Promise<void> {
    expect(server.child.exitCode).toBe(null);
    expect(await clients.askAgain()).toEqual([]);
    expect(await differences(place, clients.intents)).toEqual(NO_DIFFERENCES);
    const { code, errors } = await runCommand(place, 'verify');
    expect({ code, errors }).toMatchObject({ code: 0 });
  }

  function tell(what: string): void {
    const { intents, triedAgain } = clients;
    const done = intents.filter(({ answer }) => answer?.status === 200).length;
    const again = Array.from(triedAgain, ([code, count]) => `${String(count)} × ${code}`).join(', ');
    console.info(`${what}: ${intents.length} writes, ${done} done and kept; told to ask again: ${again}`);
  }

  it(
    `says to come again while it is killed and started, ${String(CRASHES)} times, and goes on by itself`,
    { timeout: 120_000 + CRASHES * 10_000 },
    async () => {
      const postgres = await startPrivatePostgres();
      if (!postgres) throw new Error('no PostgreSQL');
      closings.push(() => postgres.stop());
      await start(postgres.url);
      const ending = new AbortController();
      const working = clients.persist(ending.signal);
      for (let crash = 1; crash <= CRASHES; crash++) {
        await sleep(300);
        await postgres.order(crash % 2 === 1 ? 'kill' : 'stop');
        // A connection that is reset at that moment is no answer. A server that is still there gives one to the next request.
        expectRefused(await deliverOne().catch(() => deliverOne()), 'server.busy');
        await postgres.order('start');
        const before = clients.intents.length;
        await expect.poll(() => clients.intents.length, { timeout: 20_000 }).toBeGreaterThan(before + 30);
      }
      ending.abort();
      await working;
      expect(clients.triedAgain.get('server.busy')).toBeGreaterThan(0);
      await expectTruth();
      tell(`${String(CRASHES)} crashes`);
    },
  );

  it('is asked again until it is back, when it went away under a restore', { timeout: 120_000 }, async () => {
    const postgres = await startPrivatePostgres();
    if (!postgres) throw new Error('no PostgreSQL');
    closings.push(() => postgres.stop());
    await start(postgres.url);
    const as = village.keyring.of('maker');
    const { name } = await ask<'backups.make'>(server.url, 'backups.make', { as, body: {} });
    const reader = new pg.Client({ connectionString: postgres.url });
    reader.on('error', () => undefined);
    await reader.connect();
    // This open read makes the restore wait before it sets the tables aside.
    await reader.query('begin');
    await reader.query('select 1 from villages');
    const sent = { as, params: { name }, body: { password: PASSWORD, villageName: '前洼村' } };
    const restoring = fetch(
      `${server.url}${addressOf('backups.restore', sent)}`,
      requestOf('backups.restore', sent),
    );
    for (let waits = false; !waits;) {
      const { rows } = await reader.query('select 1 from pg_locks where not granted');
      waits = rows.length > 0;
    }
    await postgres.order('kill');
    await sleep(2_000);
    expectRefused(await deliverOne(), 'server.restoring');
    await postgres.order('start');
    await expect.poll(async () => (await deliverOne()).status, { timeout: 30_000 }).toBe(200);
    expect(await (await restoring).json()).toMatchObject({ code: 'backup.not_restored' });
    const { code, errors } = await runCommand(place, 'verify');
    expect({ code, errors }).toMatchObject({ code: 0 });
  });

  it(
    `loses nothing when its connections are ended in the midst of transactions, ${String(CUTS)} times`,
    { timeout: 120_000 + CUTS * 1_000 },
    async () => {
      const { url } = await ownDatabase();
      const road = await openRoad(url);
      await start(url, road.url);
      const killer = new pg.Client({ connectionString: url });
      await killer.connect();
      closings.push(() => killer.end());
      const ending = new AbortController();
      const working = clients.persist(ending.signal);
      for (let cut = 1; cut <= CUTS; cut++) {
        await sleep(60);
        if (cut % 3 === 0) road.cut();
        else
          await killer.query(
            `select pg_terminate_backend(pid) from pg_stat_activity
             where datname = current_database() and application_name = 'jishan' and state <> 'idle'`,
          );
        if (cut % 5 > 0) continue;
        // Connections cut this often let hardly any write through, so some rounds leave them alone.
        const before = clients.intents.length;
        await expect.poll(() => clients.intents.length, { timeout: 20_000 }).toBeGreaterThan(before + 30);
      }
      ending.abort();
      await working;
      expect([...clients.triedAgain.values()].reduce((sum, count) => sum + count, 0)).toBeGreaterThan(0);
      await expectTruth();
      tell(`${String(CUTS)} cuts`);
    },
  );

  it.each<{ which: CommitLoss; replayed: string | null }>([
    { which: 'before', replayed: null },
    { which: 'after', replayed: 'true' },
  ])(
    'says that it does not know when the commit is lost $which it arrived, and the key tells',
    async ({ which, replayed }) => {
      const { url } = await ownDatabase();
      const road = await openRoad(url);
      await start(url, road.url);
      road.loseNextCommit(which);
      const lost = await deliverOne();
      expect({ status: lost.status, code: lost.body.code, moved: lost.body.moved }).toEqual({
        status: 503,
        code: 'server.unknown_outcome',
        moved: 'unknown',
      });
      const again = await deliverOne(lost.key);
      expect(again.status).toBe(200);
      expect(again.headers.get('Idempotency-Replayed')).toBe(replayed);
      expect(again.body.journalNumber).toBe(1);
      expect((await deliverOne()).body.journalNumber).toBe(2);
    },
  );

  it.each<{ which: CommitLoss; told: number }>([
    { which: 'before', told: 200 },
    { which: 'after', told: 401 },
  ])(
    'knows at the next request whom it ended by a commit that was lost $which it arrived, and so does another process',
    async ({ which, told }) => {
      const { url } = await ownDatabase();
      const road = await openRoad(url);
      await start(url, road.url);
      const second = await startServer(place);
      closings.push(() => second.kill());
      const [as, approver] = [village.keyring.of('maker'), village.keyring.of('approver')];
      const asked = (origin: string, sent: LooseSent, id: EndpointId = 'session.me') =>
        fetch(`${origin}${addressOf(id, sent)}`, requestOf(id, sent));
      const statuses = async () =>
        (await Promise.all([server.url, second.url].map((origin) => asked(origin, { as: approver })))).map(
          ({ status }) => status,
        );
      const { staff } = await ask<'session.me'>(server.url, 'session.me', { as: approver });
      for (let round = 0; round < 2; round += 1) expect(await statuses()).toEqual([200, 200]);
      // The first backup of the day may commit its act just now.
      road.loseNextCommit(which, staff.id);
      const sent = { as, params: { id: staff.id }, body: { disabled: true } };
      const lost = await asked(server.url, sent, 'staff.update');
      expect(await lost.json()).toMatchObject({ code: 'server.unknown_outcome', moved: 'unknown' });
      expect(await statuses()).toEqual([told, told]);
    },
  );

  it('waits for nobody for ever: a road that swallows everything is told of, and works again once it is free', async () => {
    const { url } = await ownDatabase();
    const road = await openRoad(url);
    await start(url, `${road.url}?query_timeout=1500&connect_timeout=1`);
    expect((await deliverOne()).status).toBe(200);
    road.block();
    const during = await Promise.all(Array.from({ length: 30 }, () => deliverOne()));
    for (const { status, body } of during)
      expect({ status, kind: body.kind }).toEqual({ status: 503, kind: 'retry' });
    road.unblock();
    await expect.poll(async () => (await deliverOne()).status, { timeout: 20_000 }).toBe(200);
    for (const { key } of during) expect((await deliverOne(key)).status).toBe(200);
    const { code, errors } = await runCommand(place, 'verify');
    expect({ code, errors }).toMatchObject({ code: 0 });
  });
});
