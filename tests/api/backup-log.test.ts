import { randomBytes } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { sql } from 'drizzle-orm';
import { pino } from 'pino';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { createSwitch, openStore } from '../../db/index.ts';
import {
  apart,
  createKeeper,
  createUploads,
  inHere,
  type KeeperDeps,
  makeOnShelf,
  type Shelf,
  dailyBackup,
} from '../../server/backups/index.ts';
import { startJobs } from '../../server/jobs/index.ts';
import { run } from '../../server/cli/main.ts';
import { backupKeysOf } from '../../server/config.ts';
import { readVersion } from '../../server/version.ts';
import { writeFullBook } from '../support/full-book.ts';
import { createTestDatabase } from '../support/postgres.ts';
import { openRaw } from '../support/raw.ts';
import { SECRETS } from '../support/server.ts';
import { ENGINES, openTestStore, type TestStore } from '../support/stores.ts';

const loggerTo = (lines: string[]) =>
  pino({ level: 'trace' }, { write: (line: string) => void lines.push(line) });

/** The village's name. No log line may contain it. */
const NAME = '古旦村';

/** The query builder's errors repeat every value of the failed statement, among them the names of a whole village. */
describe.each(ENGINES)('a backup or restore that fails by our mistake, on $engine', ({ engine, missing }) => {
  describe.skipIf(missing)('over a village', () => {
    let test: TestStore;
    let shelf: Shelf;
    let place: Parameters<typeof apart>[0];
    const lines: string[] = [];
    beforeAll(async () => {
      test = await openTestStore(engine);
      await writeFullBook(test.store);
      shelf = { folder: mkdtempSync(join(tmpdir(), 'jishan-failing-')), copyFolder: null };
      const { dataDir, databaseUrl } = test;
      place = { dataDir, databaseUrl, shelf, version: readVersion(), keys: backupKeysOf(SECRETS) };
    });
    afterAll(async () => {
      await test.remove();
      rmSync(shelf.folder, { recursive: true });
    });
    beforeEach(() => void lines.splice(0));

    function keeperWith(deps: Partial<KeeperDeps>) {
      const { store } = test;
      return createKeeper({
        ...{ store: createSwitch(store, () => Promise.resolve(store)), shelf, hour: 3, clock: Date.now },
        ...{ ...inHere({ ...place, clock: Date.now }), uploads: createUploads(shelf, 1e6, randomBytes) },
        ...deps,
        logger: loggerTo(lines),
      });
    }

    it('leaves nothing of what was asked or written in the log, nor in the note the desk shows', async () => {
      const keeper = keeperWith({
        make: (_kind, _work, store) =>
          store.read(({ db, t }) =>
            db
              .select({ id: t.villages.id })
              .from(t.villages)
              .where(sql`no_such_column = ${NAME}`)
              .then(() => Promise.reject(new Error('it did not fail'))),
          ),
      });
      const jobs = startJobs([dailyBackup(keeper)], {
        store: test.store,
        clock: Date.now,
        logger: loggerTo(lines),
        firstAfterMs: 0,
      });
      await expect.poll(() => lines.join('')).toContain('the daily backup failed');
      await Promise.all([jobs.stop(), keeper.stop()]);
      expect(lines.join('')).toContain('no_such_column');
      expect(lines.join('')).not.toContain(NAME);
      const { note } = await keeper.state();
      expect(note.failure).toMatchObject({ code: 'failed', what: expect.stringContaining('no_such_column') });
      expect(JSON.stringify(note)).not.toContain(NAME);
    });

    // SQLite’s own messages repeat no values.
    if (engine === 'postgres')
      it('nor when it fails in a process of its own, or at the command line', async () => {
        const other = await createTestDatabase();
        await (await openStore({ dataDir: test.dataDir, databaseUrl: other.url })).close();
        const raw = await openRaw({ dataDir: test.dataDir, databaseUrl: other.url });
        await raw.run(`alter table villages add constraint nobody check (name <> '${NAME}')`);
        await raw.close();
        const maker = { store: test.store, clock: Date.now, version: '0.0.0-test' };
        const { name } = await makeOnShelf(maker, shelf, 'asked');
        const worker = apart({ ...place, databaseUrl: other.url });
        const keeper = keeperWith({ restore: (...given) => worker.restore(...given) });
        await expect(
          keeper.restore(name, { onlyMadeHere: false, by: { actorId: 'a1', via: 'desk' } }),
        ).rejects.toThrow(/insert into/);
        await keeper.stop();
        const log = lines.join('');
        expect(log).toContain('restoring failed');
        expect(log).toContain('a query failed: insert into');
        expect(log).toContain('violates check constraint');
        expect(log).toMatch(/db\/copy\/write\.ts/);
        expect(log).not.toContain(NAME);

        const said = { out: '', notes: '' };
        const code = await run(
          ['restore', join(shelf.folder, name)],
          { DATA_DIR: test.dataDir, DATABASE_URL: other.url },
          {
            out: (text) => (said.out += text),
            note: (text) => (said.notes += text),
            readStdin: () => Promise.resolve(''),
          },
        );
        expect(code).toBe(70);
        expect(said.notes).toContain('a query failed: insert into');
        expect(said.notes).toContain('nobody');
        expect(said.notes).not.toContain(NAME);
        await other.drop();
      });
  });
});
