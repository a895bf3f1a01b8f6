import { copyFileSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { openStore, schemaState } from '../../db/index.ts';
import { makeOnShelf } from '../../server/backups/index.ts';
import { run } from '../../server/cli/main.ts';
import { writeFullBook } from '../support/full-book.ts';
import { makePast, readRows } from '../support/past.ts';
import { createTestDatabase } from '../support/postgres.ts';
import { openRaw, type Raw } from '../support/raw.ts';
import { lastRestore } from '../support/restored.ts';
import { ENGINES, openTestStore, type TestStore } from '../support/stores.ts';

/** A newer program was tried and is taken away again: its database goes aside, and a backup of before takes its place. */
describe.each(ENGINES)('a backup over a database of another version on $engine', ({ engine, missing }) => {
  describe.skipIf(missing)('by the command line', () => {
    let folder: string;
    let test: TestStore;
    let backup: string;
    beforeEach(async () => {
      folder = mkdtempSync(join(tmpdir(), 'jishan-back-'));
      test = await openTestStore(engine);
      await writeFullBook(test.store);
      const maker = { store: test.store, clock: Date.now, version: '0.0.0-test' };
      const { name } = await makeOnShelf(maker, { folder, copyFolder: null }, 'asked');
      backup = join(folder, name);
      await test.store.close();
    });
    afterEach(async () => {
      await test.remove();
      rmSync(folder, { recursive: true });
    });

    async function raw<T>(work: (raw: Raw) => Promise<T>, place: Place = test): Promise<T> {
      const opened = await openRaw(place);
      try {
        return await work(opened);
      } finally {
        await opened.close();
      }
    }
    const hashes = (opened: Raw, schema = '') =>
      opened.rows(`select hash from ${schema}schema_migrations order by position`);
    const restoring = (...flags: string[]) => jishan(test, 'restore', backup, ...flags);

    it.each([
      ['a newer program’s', "insert into schema_migrations (hash) values ('of tomorrow')"],
      [
        'a newer program’s, with a table and a view more',
        "insert into schema_migrations (hash) values ('of tomorrow'); create table later (id integer); create view lately as select * from villages",
      ],
      ['one of changed steps', "update schema_migrations set hash = 'edited' where position = 2"],
      ['one whose list of steps was cut by other hands', 'delete from schema_migrations where position > 1'],
    ])('sets aside what is there as it is when told to: %s', async (_, change) => {
      await raw((opened) => opened.run(change));
      const count = 'select count(*) as n from';
      const before = await raw(async (opened) => [
        await hashes(opened),
        await opened.rows(`${count} journal`),
      ]);
      const refused = await restoring();
      expect(refused).toMatchObject({ code: 1, out: '' });
      expect(refused.notes).toContain('--force');
      expect(await raw((opened) => hashes(opened))).toEqual(before[0]);

      const { code, out } = await restoring('--force', '--json');
      expect(code).toBe(0);
      const { keptAside, books } = JSON.parse(out) as {
        keptAside: string;
        books: { number: number; hash: string }[];
      };
      expect(await jishan(test, 'verify')).toMatchObject({ code: 0 });
      const store = await openStore(test);
      expect(await store.read((reader) => lastRestore(reader, 'v1'))).toMatchObject({
        ...{ number: books[0]?.number, hash: books[0]?.hash, gone: 0 },
        ...{ backup: basename(backup), via: 'command_line' },
      });
      await store.close();
      const kept =
        engine === 'postgres'
          ? await raw(async (opened) => [
              await hashes(opened, `${keptAside}.`),
              await opened.rows(`${count} ${keptAside}.journal`),
            ])
          : await looked(keptAside, async (opened) => [
              await hashes(opened),
              await opened.rows(`${count} journal`),
            ]);
      expect(kept).toEqual(before);
    });

    it('brings nothing up to date that it refuses to replace, nor what it sets aside', async () => {
      const full = await openStore(test);
      const rows = await readRows(full);
      await full.close();
      const past = await newPlace(folder, engine);
      await makePast(engine, past, 1, rows);
      expect(await jishan(past, 'restore', backup)).toMatchObject({ code: 1 });
      expect(await schemaState(past)).toMatchObject({ done: 1 });
      const { code, out } = await jishan(past, 'restore', backup, '--force', '--json');
      expect(code).toBe(0);
      const { keptAside } = JSON.parse(out) as { keptAside: string };
      expect(await schemaState(past)).toMatchObject({ pending: 0 });
      const steps =
        engine === 'postgres'
          ? await raw((opened) => hashes(opened, `${keptAside}.`), past)
          : await looked(keptAside, (opened) => hashes(opened));
      expect(steps).toHaveLength(1);
      await past.drop();
    });

    if (engine === 'postgres')
      it('never touches another program’s tables', async () => {
        const other = await newPlace(folder, engine);
        await raw((opened) => opened.run('create table orders (id integer primary key)'), other);
        expect(await jishan(other, 'restore', backup, '--force')).toMatchObject({ code: 3 });
        expect(await raw((opened) => opened.rows('select * from orders'), other)).toEqual([]);
        await other.drop();
      });
  });
});

interface Place {
  readonly dataDir: string;
  readonly databaseUrl: string | undefined;
}

async function newPlace(folder: string, engine: 'sqlite' | 'postgres') {
  const database = engine === 'postgres' ? await createTestDatabase() : null;
  const dataDir = mkdtempSync(join(folder, 'data-'));
  return { dataDir, databaseUrl: database?.url, drop: async () => database?.drop() };
}

/** Into a SQLite file that was kept aside. */
async function looked<T>(path: string, look: (opened: Raw) => Promise<T>): Promise<T> {
  const folder = mkdtempSync(join(tmpdir(), 'jishan-kept-'));
  copyFileSync(path, join(folder, 'jishan.db'));
  const opened = await openRaw({ dataDir: folder, databaseUrl: undefined });
  try {
    return await look(opened);
  } finally {
    await opened.close();
    rmSync(folder, { recursive: true });
  }
}

async function jishan({ dataDir, databaseUrl }: Place, ...args: string[]) {
  const said = { out: '', notes: '' };
  const env = { DATA_DIR: dataDir, ...(databaseUrl === undefined ? {} : { DATABASE_URL: databaseUrl }) };
  const code = await run(args, env, {
    out: (text) => (said.out += text),
    note: (text) => (said.notes += `${text}\n`),
    readStdin: () => Promise.resolve(''),
  });
  return { code, ...said };
}
