import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import pg from 'pg';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { isEmpty, readTable, tableShapes } from '../../db/copy/index.ts';
import { openStore, schemaState, type Store } from '../../db/index.ts';
import { readHead } from '../../server/ledger/index.ts';
import { openProxy } from '../faults/proxy.ts';
import { writeFullBook } from '../support/full-book.ts';
import { makePast, pastRows } from '../support/past.ts';
import { createTestDatabase, hasPostgres, type TestDatabase } from '../support/postgres.ts';
import { environmentOf, launchServer, runCommand, startServer } from '../support/server-process.ts';

const root = join(import.meta.dirname, '../..');

describe.skipIf(!hasPostgres)('moving to PostgreSQL', () => {
  let dataDir: string;
  let target: TestDatabase;
  const source = () => ({ dataDir, databaseUrl: undefined });
  const marker = () => join(dataDir, 'moved-to-postgres.json');
  const move = () => runCommand(source(), 'move-to-postgres', target.url, '--json');
  /** All rows of the file. Its bytes are not compared, because SQLite changes the header at each opening. */
  const held = async () => {
    const store = await openStore({ dataDir });
    try {
      return await everything(store);
    } finally {
      await store.close();
    }
  };

  beforeAll(async () => {
    dataDir = mkdtempSync(join(tmpdir(), 'jishan-move-'));
    const store = await openStore({ dataDir });
    await writeFullBook(store, 'v1');
    await writeFullBook(store, 'v2');
    await store.close();
  });
  afterAll(() => rmSync(dataDir, { recursive: true }));
  beforeEach(async () => {
    target = await createTestDatabase();
  });
  afterEach(async () => {
    rmSync(marker(), { force: true });
    await target.drop();
  });

  it('ends with equal heads, every row the same, and the file as it was', async () => {
    const before = await held();
    const { code, out } = await move();
    expect(code).toBe(0);
    const { books } = JSON.parse(out) as { books: { villageId: string; number: number; hash: string }[] };
    expect(await held()).toEqual(before);
    const [here, there] = [
      await openStore({ dataDir }),
      await openStore({ dataDir, databaseUrl: target.url }),
    ];
    for (const villageId of ['v1', 'v2']) {
      const head = await here.read((reader) => readHead(reader, villageId));
      expect(head?.number).toBeGreaterThan(10);
      expect(await there.read((reader) => readHead(reader, villageId))).toEqual(head);
      expect(books.find((book) => book.villageId === villageId)).toMatchObject({
        number: head?.number,
        hash: head?.hash,
      });
    }
    expect(await everything(there)).toEqual(await everything(here));
    await here.close();
    await there.close();
    expect(await runCommand({ dataDir, databaseUrl: target.url }, 'verify')).toMatchObject({ code: 0 });
  });

  it('takes the address from DATABASE_URL too, says what to do next, and refuses a second time', async () => {
    const place = { dataDir, databaseUrl: target.url };
    const first = await runCommand(place, 'move-to-postgres');
    expect(first).toMatchObject({ code: 0, out: expect.stringContaining('校验码') as string });
    expect(first.errors).toContain('DATABASE_URL');
    const second = await runCommand(place, 'move-to-postgres');
    expect(second).toMatchObject({ code: 1, out: '' });
    expect(second.errors).toContain('请换一个空的数据库');
  });

  it('leaves word beside the old book, and without DATABASE_URL nothing goes on with it until that is gone', async () => {
    const { out } = await move();
    expect(JSON.parse(out)).toMatchObject({ marker: marker() });
    const backup = join(dataDir, 'moved.backup');
    const there = { dataDir, databaseUrl: target.url };
    expect(await runCommand(there, 'backup', backup)).toMatchObject({ code: 0 });
    const before = await held();
    const server = launchServer(source());
    expect(await server.origin).toBe(null);
    expect(await server.gone).toBe(1);
    expect(server.said.errors).toMatch(/已于 \d{4}-.*搬到 PostgreSQL.*DATABASE_URL/);
    expect(server.said.errors).toMatch(/was moved to PostgreSQL on \d{4}-.*moved-to-postgres\.json/);
    for (const words of [
      ['verify'],
      ['export', '--format', 'journal'],
      ['backup', join(dataDir, 'old.backup')],
      ['create-admin', '--username', 'second', '--village', 'v1'],
      ['reset-password', 'admin'],
      ['restore', '--force', backup],
    ]) {
      const { code, out: said, errors } = await runCommand(source(), ...words);
      expect({ words, code, said }).toEqual({ words, code: 3, said: '' });
      expect(errors).toContain('DATABASE_URL');
    }
    expect(await held()).toEqual(before);
    expect(readdirSync(dataDir)).not.toContain('old.backup');
    rmSync(backup);
    const moved = await startServer(there);
    await moved.kill('SIGTERM');
    rmSync(marker());
    // The moved book had its backup booked, so the old one is behind it. Somebody must say that it goes on from here.
    const behind = await runCommand(source(), 'verify', '--json');
    expect({ code: behind.code, said: behind.out }).toMatchObject({
      ...{ code: 1, said: expect.stringContaining('heads.json') as string },
    });
    const refused = launchServer(source());
    expect(await refused.gone).toBe(1);
    expect(refused.said.errors).toContain('BOOK_MAY_GO_BACK=1');
    const goesOn = await startServer(source(), { env: { BOOK_MAY_GO_BACK: '1' } });
    await goesOn.kill('SIGTERM');
    expect(await runCommand(source(), 'verify')).toMatchObject({ code: 0 });
  });

  it('refuses while a server has the book', async () => {
    const server = await startServer(source());
    expect(await move()).toMatchObject({ code: 3, out: '' });
    await server.kill('SIGTERM');
    expect(await move()).toMatchObject({ code: 0 });
  });

  it('brings a book of an earlier version up to date first, as a start does: with a backup, or not at all', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'jishan-move-past-'));
    const past = { dataDir: join(folder, 'data'), databaseUrl: undefined };
    mkdirSync(past.dataDir);
    await makePast('sqlite', past, 1, await pastRows());
    const backups = join(past.dataDir, 'backups');
    const other = await createTestDatabase();
    const full = await openStore({ dataDir, databaseUrl: other.url });
    await writeFullBook(full, 'v9');
    await full.close();
    const refused = await runCommand(past, 'move-to-postgres', other.url);
    expect(refused).toMatchObject({
      code: 1,
      errors: expect.stringContaining('请换一个空的数据库') as string,
    });
    expect([await schemaState(past), existsSync(backups)]).toMatchObject([{ done: 1 }, false]);
    await other.drop();
    writeFileSync(backups, 'where the folder should be');
    const stopped = await runCommand(past, 'move-to-postgres', target.url);
    expect(stopped).toMatchObject({ code: 3, out: '' });
    expect(stopped.errors).toContain('数据库没有改动');
    expect(await schemaState(past)).toMatchObject({ done: 1 });
    rmSync(backups);
    expect(await runCommand(past, 'move-to-postgres', target.url)).toMatchObject({ code: 0 });
    expect(readdirSync(backups)).toEqual([expect.stringMatching(/-migration\.backup$/)]);
    expect(await schemaState(past)).toMatchObject({ pending: 0 });
    const there = { ...past, databaseUrl: target.url };
    expect(await runCommand(there, 'verify')).toMatchObject({ code: 0 });
    rmSync(folder, { recursive: true });
  });

  it('asks for an address, and for a book', async () => {
    expect(await runCommand(source(), 'move-to-postgres')).toMatchObject({ code: 2, out: '' });
    const nowhere = { dataDir: join(dataDir, 'nowhere'), databaseUrl: target.url };
    expect(await runCommand(nowhere, 'move-to-postgres')).toMatchObject({ code: 3, out: '' });
    expect(existsSync(nowhere.dataDir)).toBe(false);
  });

  it('has checked every reference before the commit, however long that takes', async () => {
    const made = await openStore({ dataDir, databaseUrl: target.url });
    await made.close();
    const watcher = new pg.Client({ connectionString: target.url });
    await watcher.connect();
    // The trigger is deferred like the journal's foreign keys, and one run outlasts the statement timeout.
    await watcher.query(`
      create table checked (query text);
      create function note_check() returns trigger language plpgsql as $$
      begin
        insert into checked values (current_query());
        if new.village_id = 'v1' and new.number = 1 and new.line = 0 then perform pg_sleep(4); end if;
        return null;
      end $$;
      create constraint trigger checking after insert on postings
        deferrable initially deferred for each row execute function note_check()`);
    const url = new URL(target.url);
    url.searchParams.set('query_timeout', '3000');
    const { code, errors } = await runCommand(source(), 'move-to-postgres', url.href);
    expect({ code, errors }).toMatchObject({ code: 0 });
    const { rows } = await watcher.query<{ query: string }>('select distinct query from checked');
    await watcher.end();
    expect(rows).toEqual([{ query: expect.stringMatching(/^set constraints/) as string }]);
  });

  it('says that somebody has to look, when the connection is lost at the commit', async () => {
    const road = await openProxy(target.url);
    road.loseNextCommit('after');
    const { code, out, errors } = await runCommand(source(), 'move-to-postgres', road.url);
    await road.close();
    expect({ code, out }).toEqual({ code: 3, out: '' });
    expect(errors).toContain('还不知道办成没有');
    // The commit had reached PostgreSQL before the connection was lost.
    expect(await runCommand({ dataDir, databaseUrl: target.url }, 'verify')).toMatchObject({ code: 0 });
  });

  it('killed half-way, it leaves nothing there and the file as it was, and can be run again', async () => {
    const made = await openStore({ dataDir, databaseUrl: target.url });
    await made.close();
    const before = await held();
    // The lock stops the move when it writes `villages`. The journal's rows are copied before that.
    const holder = new pg.Client({ connectionString: target.url });
    await holder.connect();
    await holder.query('begin');
    await holder.query('lock table villages in share mode');
    const child = spawn(process.execPath, [join(root, 'scripts/jishan.mjs'), 'move-to-postgres'], {
      env: environmentOf({ dataDir, databaseUrl: target.url }),
      cwd: root,
      stdio: 'ignore',
    });
    const gone = once(child, 'exit');
    for (let waits = false; !waits;) {
      const { rows } = await holder.query('select 1 from pg_locks where not granted');
      waits = rows.length > 0;
    }
    child.kill('SIGKILL');
    await gone;
    await holder.query('rollback');
    await holder.end();
    const after = await openStore({ dataDir, databaseUrl: target.url });
    expect(await after.read((reader) => isEmpty(reader, tableShapes()))).toBe(true);
    await after.close();
    expect(await move()).toMatchObject({ code: 0 });
    expect(await held()).toEqual(before);
  });
});

/** Every row of every table, in the order of its key. */
async function everything(store: Store): Promise<Record<string, unknown[]>> {
  return store.read(async (reader) => {
    const tables: Record<string, unknown[]> = {};
    for (const shape of tableShapes()) {
      const rows: unknown[] = [];
      for await (const page of readTable(reader, shape)) rows.push(...page);
      tables[shape.name] = rows;
    }
    return tables;
  });
}
