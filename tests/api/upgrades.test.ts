import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import { gte } from 'drizzle-orm';
import pg from 'pg';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { readMigrations } from '../../db/migrate.ts';
import { openAsItIs, openStore, schemaState, sqlitePath, UnknownSchema } from '../../db/index.ts';
import type { Engine } from '../../db/store.ts';
import { openUpToDate, restore, UpgradeStopped } from '../../server/backups/index.ts';
import { capOf } from '../support/capped.ts';
import { verifyBook } from '../support/ledger.ts';
import {
  type Columns,
  makePast,
  pick,
  type Place,
  readRows,
  type Rows,
  takeFirstBook,
} from '../support/past.ts';
import { createTestDatabase, hasPostgres } from '../support/postgres.ts';
import { confirmedSupervisor, furnish } from '../support/samples.ts';
import { addGoods } from '../support/shop.ts';
import { startTestServer } from '../support/server.ts';
import { ENGINES } from '../support/stores.ts';

const main = join(import.meta.dirname, '../../server/main.mjs');

interface PastPlace extends Place {
  readonly folder: string;
  remove(): Promise<void>;
}

async function newPlace(engine: Engine): Promise<PastPlace> {
  const folder = mkdtempSync(join(tmpdir(), 'jishan-upgrade-'));
  const database = engine === 'postgres' ? await createTestDatabase() : null;
  const dataDir = join(folder, 'data');
  mkdirSync(dataDir);
  return {
    folder,
    dataDir,
    databaseUrl: database?.url,
    async remove() {
      await database?.drop();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

/** Runs a statement in a database that this program's schema does not fit yet. */
async function runIn({ dataDir, databaseUrl }: Place, statement: string): Promise<void> {
  if (databaseUrl === undefined) {
    const raw = new Database(sqlitePath(dataDir));
    raw.exec(statement);
    raw.close();
    return;
  }
  const client = new pg.Client({ connectionString: databaseUrl });
  await client.connect();
  await client.query(statement);
  await client.end();
}

function upgraderIn({ folder }: PastPlace) {
  const shelf = { folder: join(folder, 'backups'), copyFolder: null };
  return { clock: Date.now, version: '0.0.0-test', shelf };
}

/** Any migration may be the last one that a village's database has. */
const STEPS = ENGINES.filter(({ missing }) => !missing).flatMap(({ engine }) =>
  readMigrations(engine).map(({ name }, index) => ({ engine, name, done: index + 1 })),
);

describe('upgrading a filled database', () => {
  let rows: Rows;
  beforeAll(async () => {
    const server = await startTestServer('sqlite');
    const own = await furnish(server, server, '前洼');
    const { toSign } = own;
    await server.must('kiosk.return', {
      ...{ as: own.kiosk, params: { id: own.kept.id } },
      body: { lines: [{ goodsId: own.goodsId, quantity: 1 }], presence: own.presence },
    });
    const counted = { goodsId: own.goodsId, counted: 3, shown: 5, reason: 'unknown', remark: '' } as const;
    await server.must('kiosk.takeOver', { as: own.kiosk, body: { countId: null, counts: [counted] } });
    await server.store.transaction(({ db, t }) =>
      db
        .insert(t.printJobs)
        .values({
          ...{ villageId: server.id, kioskId: own.kioskId, key: 'a slip of before' },
          ...{ redemptionId: own.redemptionId, askedAtMs: server.clock.nowMs, outcome: 'printed' },
        })
        .returning({ key: t.printJobs.key }),
    );
    const supervisor = await confirmedSupervisor(server, await server.asStaff('approver'));
    await server.must('signatures.sign', { as: supervisor, body: { ...toSign, remark: '看过了' } });
    await takeFirstBook(server.store);
    const given = await addGoods(server);
    await server.must('goods.stockIn', {
      as: server.admin,
      params: { id: given.id },
      body: { quantity: 5, totalCostFen: 900, source: 'donated', donor: '县工会', thanksDonor: true },
    });
    await server.must('village.noteStep', { as: server.admin, body: { step: 'balances' } });
    for (let times = 0; times < 2; times += 1) {
      await server.must('ledger.verify', { as: server.admin });
      server.clock.nowMs += 1000;
    }
    await server.refused('session.login', { body: { username: 'nobody', password: 'wrong password' } });
    await server.store.transaction(({ db, t }) =>
      db
        .insert(t.installation)
        .values({ id: 'first', villageId: server.id, setUpAtMs: server.clock.nowMs })
        .returning({ id: t.installation.id }),
    );
    rows = await readRows(server.store);
    await server.remove();
  });

  it('has something in every table that its schema had', () => {
    const empty = [...rows].filter(([, table]) => table.rows.length === 0).map(([name]) => name);
    expect(empty).toEqual([]);
  });

  it.each(STEPS)('from "$name" on $engine: every row, every head', async ({ engine, done }) => {
    const place = await newPlace(engine);
    const had = await makePast(engine, place, done, rows);
    expect(had.size).toBeGreaterThan(20);
    const migrations = readMigrations(engine).length;
    const store = await openUpToDate(place, upgraderIn(place));
    expect(await schemaState(place)).toEqual({ done: migrations, pending: 0 });
    expectAllAnd([], await readRows(store), had);
    const villages = (rows.get('villages')?.rows ?? []).map(([id]) => String(id));
    for (const id of villages) {
      const { ok, bad } = await store.read((reader) => verifyBook(reader, id));
      expect({ id, ok, bad }).toEqual({ id, ok: true, bad: null });
    }
    await store.close();
    // The upgrade backed up the old database. The backup must restore on the other engine.
    const [backup] = done < migrations ? readdirSync(join(place.folder, 'backups')) : [];
    if (backup !== undefined) await restoreElsewhere(engine, join(place.folder, 'backups', backup), had);
    await place.remove();
  });

  it.each(STEPS.filter(({ name }) => name === 'shift_counts'))(
    'the limit of a rule is a cap of its households afterwards, on $engine',
    async ({ engine, done }) => {
      const place = await newPlace(engine);
      const had = await makePast(engine, place, done, rows);
      const limits = [
        { is: ["'month'", '1', 'null'], caps: [capOf('month', { times: 1 })] },
        { is: ["'year'", 'null', '5000'], caps: [capOf('year', { points: 5000 })] },
        { is: ["'week'", '2', '900'], caps: [capOf('week', { times: 2, points: 900 })] },
        // A limit that was not whole limited nothing.
        { is: ["'day'", 'null', 'null'], caps: [] },
        { is: ['null', '3', 'null'], caps: [] },
        { is: ['null', 'null', 'null'], caps: [] },
      ];
      const columns = (had.get('rule_versions') ?? []).filter((name) => name !== 'version').join(', ');
      for (const [index, { is }] of limits.entries())
        await runIn(
          place,
          `insert into rule_versions (${columns}, version, limit_period, limit_times, limit_points)
           select ${columns}, ${String(100 + index)}, ${is.join(', ')} from rule_versions where version = 1`,
        );
      const store = await openUpToDate(place, upgraderIn(place));
      const found = await store.read(({ db, t: { ruleVersions } }) =>
        db
          .select({ version: ruleVersions.version, caps: ruleVersions.caps })
          .from(ruleVersions)
          .where(gte(ruleVersions.version, 100)),
      );
      const byVersion = Map.groupBy(found, ({ version }) => version);
      for (const [index, { caps }] of limits.entries()) {
        const ofLimit = byVersion.get(100 + index) ?? [];
        expect(ofLimit.length).toBeGreaterThan(0);
        for (const one of ofLimit) expect(one.caps).toEqual(caps);
      }
      await store.close();
      await place.remove();
    },
  );

  /** Expects every row that was there, and these acts alone behind the last entry of each village. */
  function expectAllAnd(acts: readonly string[], after: Rows, had: Columns): void {
    const heads = new Map(pick(rows, 'ledger_heads', ['village_id', 'number']) as [string, number][]);
    const villages = Array.from(heads.keys());
    const isNew = ([villageId, number]: unknown[]) => Number(number) > (heads.get(String(villageId)) ?? 0);
    const keys = (table: string) => pick(after, table, ['village_id', 'number']);
    for (const [table, columns] of had) {
      const found = pick(after, table, columns);
      const grows = table === 'journal' || table === 'journal_facts';
      const kept = grows ? found.filter((_, index) => !isNew(keys(table)[index] ?? [])) : found;
      const number = table === 'ledger_heads' ? columns.indexOf('number') : -1;
      const before = pick(rows, table, columns).map((row) =>
        row.map((cell, index) => (index === number ? Number(cell) + acts.length : cell)),
      );
      expect([table, kept]).toEqual([table, before]);
    }
    const added = pick(after, 'journal', ['village_id', 'number', 'kind']).filter(isNew);
    const facts = pick(after, 'journal_facts', ['village_id', 'number', 'name', 'value']).filter(isNew);
    const named = facts
      .filter(([, , name]) => name === 'act')
      .map(([id, number, , act]) => [id, number, act]);
    const each = <T>(what: (act: string) => T) =>
      villages.flatMap((id) => acts.map((act, index) => [id, (heads.get(id) ?? 0) + index + 1, what(act)]));
    expect(added).toEqual(each(() => 'act'));
    expect(named).toEqual(each((act) => act));
  }

  async function restoreElsewhere(engine: Engine, backup: string, had: Columns): Promise<void> {
    expect(backup).toMatch(/-migration\.backup$/);
    const place = await newPlace(engine === 'sqlite' && hasPostgres ? 'postgres' : 'sqlite');
    await restore({ ...place, clock: Date.now, force: false }, backup);
    const store = await openStore(place);
    expectAllAnd(['backups.restored'], await readRows(store), had);
    await store.close();
    await place.remove();
  }

  it.each(STEPS.filter(({ done }) => done === 1))(
    'the program itself starts on the oldest on $engine',
    async ({ engine, done }) => {
      const place = await newPlace(engine);
      await makePast(engine, place, done, rows);
      const { url, child, out } = await startOn(place);
      expect(out()).toContain('-migration.backup');
      const ready = (await (await fetch(`${url}/api/v1/ready`)).json()) as object;
      expect(ready).toMatchObject({ status: 'ready' });
      child.kill('SIGTERM');
      await once(child, 'exit');
      await place.remove();
    },
  );

  it('stops before the first change when the backup cannot be made', async () => {
    for (const { engine, missing } of ENGINES) {
      if (missing) continue;
      const place = await newPlace(engine);
      await makePast(engine, place, 1, rows);
      // A file in place of the folder makes the backup fail.
      writeFileSync(join(place.folder, 'backups'), '');
      const stopped = openUpToDate(place, upgraderIn(place));
      await expect(stopped).rejects.toThrow(UpgradeStopped);
      await expect(stopped).rejects.toThrow(/没有改动[\s\S]*was not changed/);
      expect(await schemaState(place)).toMatchObject({ done: 1 });
      await place.remove();
    }
  });

  it('refuses a book that does not verify before the first change', async () => {
    const place = await newPlace('sqlite');
    await makePast('sqlite', place, 1, rows);
    const raw = new Database(sqlitePath(place.dataDir));
    raw.exec('update postings set amount = amount + 1 where number = 3 and line = 0');
    raw.close();
    await expect(openUpToDate(place, upgraderIn(place))).rejects.toMatchObject({
      fault: { code: 'does_not_verify' },
    });
    expect(await schemaState(place)).toMatchObject({ done: 1 });
    await place.remove();
  });
});

describe.each(ENGINES)('what the program does not know on $engine', ({ engine, missing }) => {
  let place: PastPlace;
  beforeAll(async () => {
    if (!missing) place = await newPlace(engine);
  });
  afterAll(async () => {
    if (!missing) await place.remove();
  });

  const unknown = [
    ['a newer schema', 'newer', "insert into schema_migrations (hash) values ('of tomorrow')"],
    [
      'the trial version 0.1.0',
      'trial',
      "update schema_migrations set hash = '7eb09293f53f94ced0e8358e18f8550c2d1c0a510c58202e631082f377d8be14' where position = 1",
    ],
    ['an edited migration', 'edited', "update schema_migrations set hash = 'edited' where position = 2"],
    [
      'an unknown migration in place of one of ours',
      'edited',
      "delete from schema_migrations where position = (select max(position) from schema_migrations); insert into schema_migrations (hash) values ('of another branch')",
    ],
    ['another program’s tables', 'foreign', 'create table orders (id integer primary key)'],
    [
      'another program’s tables and its list of migrations',
      'foreign',
      'create table schema_migrations (version text primary key); create table orders (id integer)',
    ],
  ] as const;

  it.skipIf(missing).each(unknown)('is refused and left as it is: %s', async (_, reason, change) => {
    const own = await newPlace(engine);
    if (reason !== 'foreign') await (await openStore(own)).close();
    await run(own, change);
    const before = await look(own);
    for (const open of [openStore, (options: Place) => openUpToDate(options, upgraderIn(own))]) {
      const refused = open(own);
      await expect(refused).rejects.toThrow(UnknownSchema);
      await expect(refused).rejects.toMatchObject({ reason });
    }
    expect(await look(own)).toEqual(before);
    const { out, code } = await startOn(own);
    expect(await code).toBe(1);
    expect(out()).toMatch(/没有改动[\s\S]*nothing was changed/);
    expect(out()).not.toContain(' at ');
    await own.remove();
  });
});

async function run(place: Place, statements: string): Promise<void> {
  if (place.databaseUrl === undefined) {
    const raw = new Database(sqlitePath(place.dataDir));
    raw.exec(statements);
    raw.close();
    return;
  }
  const client = new pg.Client({ connectionString: place.databaseUrl });
  await client.connect();
  await client.query(statements);
  await client.end();
}

/** The tables that exist and the migrations that are noted. */
async function look(place: Place): Promise<unknown> {
  if (place.databaseUrl === undefined) {
    const raw = new Database(sqlitePath(place.dataDir), { readonly: true });
    const found = [
      raw.prepare('select name, sql from sqlite_master order by name').all(),
      raw.prepare("select name from sqlite_master where name = 'schema_migrations'").get() === undefined
        ? []
        : raw.prepare('select * from schema_migrations').all(),
    ];
    raw.close();
    return found;
  }
  const client = new pg.Client({ connectionString: place.databaseUrl });
  await client.connect();
  const tables = await client.query<{ name: string }>(
    "select relname as name from pg_class where relnamespace = 'public'::regnamespace order by 1",
  );
  const there = tables.rows.some(({ name }) => name === 'schema_migrations');
  const rows = there ? (await client.query('select * from schema_migrations')).rows : [];
  await client.end();
  return [tables.rows, rows as unknown[]];
}

async function startOn(place: Place) {
  const child: ChildProcess = spawn(process.execPath, [main], {
    env: {
      ...{ PATH: process.env.PATH, PORT: '0', HOST: '127.0.0.1', DATA_DIR: place.dataDir },
      // With metrics on, the counters are attached to each database that the start opens.
      METRICS_PORT: '0',
      ...(place.databaseUrl === undefined ? {} : { DATABASE_URL: place.databaseUrl }),
    },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let out = '';
  const code = once(child, 'exit').then(([exit]) => exit as number | null);
  const url = await new Promise<string>((resolve) => {
    void code.then(() => resolve(''));
    for (const stream of [child.stdout, child.stderr]) {
      stream?.on('data', (chunk: Buffer) => {
        out += chunk.toString();
        if (out.includes('Ctrl-C')) resolve(/http:\/\/127\.0\.0\.1:\d+/.exec(out)?.[0] ?? '');
      });
    }
  });
  return { child, url, code, out: () => out };
}

/** `openStore` alone does not migrate an old database. */
describe('a database opened as it is', () => {
  it('stays on its schema', async () => {
    const place = await newPlace('sqlite');
    await makePast('sqlite', place, 2, new Map());
    const store = await openAsItIs(place);
    await store.read(({ db, t }) => db.select({ id: t.villages.id }).from(t.villages));
    await store.close();
    expect(await schemaState(place)).toMatchObject({ done: 2 });
    await place.remove();
  });
});
