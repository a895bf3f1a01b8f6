import { randomBytes } from 'node:crypto';
import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import pg from 'pg';
import { pino } from 'pino';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { openStore, StoreShut, type SwitchStore } from '../../db/index.ts';
import {
  apart,
  BackupFault,
  createKeeper,
  createUploads,
  inHere,
  type KeeperDeps,
  restore,
  type Shelf,
  type Shelved,
  type Worker,
} from '../../server/backups/index.ts';
import { backupKeysOf } from '../../server/config.ts';
import { readHead } from '../../server/ledger/index.ts';
import { readVersion } from '../../server/version.ts';
import { openProxy } from '../faults/proxy.ts';
import { Book, testLedger } from '../support/books.ts';
import { writeFullBook } from '../support/full-book.ts';
import { createTestDatabase } from '../support/postgres.ts';
import { lastRestore } from '../support/restored.ts';
import { permitToRestore } from '../support/second-person.ts';
import { PASSWORD, SECRETS, serveOver } from '../support/server.ts';
import { ENGINES, openTestStore, type TestStore } from '../support/stores.ts';

describe.each(ENGINES)('a restore that somebody disturbs on $engine', ({ engine, missing }) => {
  describe.skipIf(missing)('of a full book', () => {
    let test: TestStore;
    let folder: string;
    let shelf: Shelf;
    let worker: Worker;
    let made: Shelved;
    beforeEach(async () => {
      test = await openTestStore(engine);
      await writeFullBook(test.store);
      folder = mkdtempSync(join(tmpdir(), 'jishan-outage-'));
      shelf = { folder: join(folder, 'backups'), copyFolder: null };
      worker = workerOf(apart);
      made = await worker.make('asked', {}, test.store);
    });
    afterEach(async () => {
      vi.unstubAllEnvs();
      await test.remove();
      rmSync(folder, { recursive: true });
    });

    const place = () => ({ dataDir: test.dataDir, databaseUrl: test.databaseUrl });
    const file = () => join(shelf.folder, made.name);
    function workerOf(kind: typeof inHere, databaseUrl = test.databaseUrl): Worker {
      const { dataDir } = test;
      const keys = backupKeysOf(SECRETS);
      return kind({ dataDir, databaseUrl, shelf, version: readVersion(), clock: Date.now, keys });
    }
    function keeperOver(more: Partial<KeeperDeps>) {
      return createKeeper({
        ...{ store: test.store as SwitchStore, shelf, uploads: createUploads(shelf, 1e6, randomBytes) },
        ...{ hour: 3, clock: Date.now, logger: pino({ level: 'silent' }) },
        ...worker,
        ...more,
      });
    }
    const asked = { onlyMadeHere: false, by: { actorId: 'a1', via: 'desk' } } as const;
    async function bookOne(key: string): Promise<void> {
      const store = await openStore(place());
      expect(await new Book(store, testLedger()).award('h1', 100, { key })).toMatchObject({ ok: true });
      await store.close();
    }
    async function headNow() {
      const store = await openStore(place());
      try {
        return await store.read((reader) => readHead(reader, 'v1'));
      } finally {
        await store.close();
      }
    }

    it('is good where another process has booked before anybody looked', async () => {
      const keeper = keeperOver({
        async restore(...given) {
          const report = await worker.restore(...given);
          await bookOne('at-once');
          return report;
        },
      });
      const report = await keeper.restore(made.name, asked);
      expect(report?.books).toEqual(made.books);
      // The restore is an entry too.
      expect((await headNow())?.number).toBe((made.books[0]?.number ?? 0) + 2);
      expect((await keeper.state()).note.restored).toMatchObject({ name: made.name, by: 'a1' });
      await keeper.stop();
    });

    it('is not taken for done where what stands there is something else', async () => {
      await bookOne('another-way');
      const report = { ...made, rows: 1, madeAt: '', isMadeHere: true, keptAside: null };
      const [book] = made.books;
      if (!book) throw new Error('no book');
      const keeper = keeperOver({
        restore: () => Promise.resolve({ ...report, books: [{ ...book, hash: 'f'.repeat(64) }] }),
      });
      await expect(keeper.restore(made.name, asked)).rejects.toMatchObject({ code: 'outcome_unknown' });
      await keeper.stop();
    });

    it('has ended before anybody opens or judges what stands, when it is called off', async () => {
      await bookOne('later');
      const before = await headNow();
      await test.store.close();
      vi.stubEnv('TMPDIR', folder);
      const drafts = () =>
        [test.dataDir, folder]
          .flatMap((one) => readdirSync(one))
          .filter((name) => name.startsWith('.jishan-'));
      const seen: number[] = [];
      const ending = new AbortController();
      const onProgress = () => {
        if (ending.signal.aborted) return;
        seen.push(drafts().length);
        ending.abort(new Error('the server stops'));
      };
      const outcome = await worker
        .restore(file(), asked.by, { signal: ending.signal, onProgress })
        .catch(() => null);
      expect(seen).toEqual([1]);
      expect(drafts()).toEqual([]);
      const stands = outcome?.books[0] ?? before;
      expect(await headNow()).toMatchObject({ number: stands?.number, hash: stands?.hash });
    });

    it('hears that it is called off up to the last moment', async () => {
      await bookOne('later');
      const before = await headNow();
      await test.store.close();
      const ending = new AbortController();
      const atTurn = () => {
        setImmediate(() => ending.abort(new Error('the server stops')));
        return Promise.resolve();
      };
      const target = { ...place(), clock: Date.now, force: true };
      await expect(restore(target, file(), { signal: ending.signal, atTurn })).rejects.toThrow(
        'the server stops',
      );
      expect(await headNow()).toEqual(before);
    });

    it('and a backup are waited for by who stops, though another was refused meanwhile', async () => {
      const making = Promise.withResolvers<never>();
      const keeper = keeperOver({ make: () => making.promise });
      const outcome = keeper.make('asked').catch((error: unknown) => error);
      await expect.poll(async () => (await keeper.state()).running).not.toBeNull();
      expect(await keeper.make('asked')).toBeNull();
      let hasStopped = false;
      const stopping = keeper.stop().then(() => (hasStopped = true));
      await new Promise((resolve) => setTimeout(resolve, 50));
      expect(hasStopped).toBe(false);
      making.reject(new Error('ended'));
      await stopping;
      expect(await outcome).toMatchObject({ message: 'ended' });
      // The first backup has released its lease by now.
      const next = keeperOver({ make: () => Promise.reject(new Error('begun')) });
      await expect(next.make('asked')).rejects.toThrow('begun');
    });

    // Only PostgreSQL lets other processes read during a restore, and only its commits can lose their answer.
    if (engine === 'postgres') {
      it('shows other processes that read the old books or the new, never none', async () => {
        const other = await test.openAgain();
        const looker = new pg.Client({ connectionString: test.databaseUrl });
        await looker.connect();
        const reads: Promise<unknown>[] = [];
        // Just before the swap the restore locks all tables. These reads wait until it commits.
        const atTurn = async () => {
          reads.push(
            other.read((reader) => lastRestore(reader, 'v1')),
            other.read(({ db, t }) => db.select({ id: t.villages.id }).from(t.villages)),
          );
          for (let waiting = 0; waiting < reads.length;)
            waiting = (await looker.query('select 1 from pg_locks where not granted')).rows.length;
        };
        await restore({ ...place(), clock: Date.now, force: true }, file(), { atTurn });
        await looker.end();
        const { number, hash } = made.books[0] ?? {};
        expect(await Promise.all(reads)).toMatchObject([{ number, hash }, [{ id: 'v1' }]]);
      });

      it('is told as unknown where its commit was lost', async () => {
        const target = await createTestDatabase();
        const road = await openProxy(target.url);
        road.loseNextCommit('after');
        await expect(workerOf(apart, road.url).restore(file(), asked.by, {})).rejects.toMatchObject({
          code: 'outcome_unknown',
        });
        await road.close();
        const store = await openStore({ ...place(), databaseUrl: target.url });
        const head = await store.read((reader) => lastRestore(reader, 'v1'));
        await store.close();
        await target.drop();
        expect(head).toMatchObject({ number: made.books[0]?.number, hash: made.books[0]?.hash });
      });
    }
  });

  describe.skipIf(missing)('from the desk', () => {
    it('says that nobody knows, and calls off who verifies for long', async () => {
      const test = await openTestStore(engine);
      const shelf = { folder: join(test.dataDir, 'backups'), copyFolder: null };
      const keys = backupKeysOf(SECRETS);
      const own = inHere({ ...test, shelf, version: readVersion(), clock: Date.now, keys });
      let isLost = true;
      const worker: Worker = {
        ...own,
        restore: (...given) =>
          isLost ? Promise.reject(new BackupFault('outcome_unknown')) : own.restore(...given),
      };
      const server = await serveOver(test, { worker });
      try {
        const as = server.admin;
        const { name } = await server.must('backups.make', { as, body: {} });
        const sent = { as, params: { name }, body: { password: PASSWORD, villageName: '前洼村' } };
        await permitToRestore(server, as, name);
        expect(await server.refused('backups.restore', sent)).toBe('backup.outcome_unknown');
        isLost = false;
        // Nobody knows what became of the first: its permit is used up.
        await permitToRestore(server, as, name);
        const verifying = server.http.verifier.verify(server.id, { pauseMs: 3_000 });
        const told = expect(verifying).rejects.toThrow(StoreShut);
        await server.must('backups.restore', sent);
        await told;
      } finally {
        await server.remove();
      }
    });
  });
});
