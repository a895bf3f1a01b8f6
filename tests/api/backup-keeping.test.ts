import { spawn } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { existsSync, mkdirSync, mkdtempSync, readdirSync, rmSync, utimesSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pino } from 'pino';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { createSwitch, schemaState } from '../../db/index.ts';
import {
  apart,
  createKeeper,
  createUploads,
  listShelf,
  makeOnShelf,
  type Shelf,
  type Worker,
  dailyBackup,
} from '../../server/backups/index.ts';
import { BY_COMMAND_LINE } from '../../server/acts/index.ts';
import { startJobs } from '../../server/jobs/index.ts';
import { backupKeysOf } from '../../server/config.ts';
import { readVersion } from '../../server/version.ts';
import type { BackupKind, BackupNote } from '../../shared/backups/contract.ts';
import { makeSmallDisk, mayMount } from '../faults/disks.ts';
import { writeFullBook } from '../support/full-book.ts';
import { openRaw } from '../support/raw.ts';
import { SECRETS } from '../support/server.ts';
import { ENGINES, openTestStore, type TestStore } from '../support/stores.ts';

const logger = pino({ level: 'silent' });

const MINUTE_MS = 60_000;
const DAY_MS = 86_400_000;
/** An instant on 20 May 2026, the day of these tests. */
const at = (hour: number, seconds = 0) => new Date(2026, 4, 20, hour, 0, seconds).getTime();

describe.each(ENGINES)('backups where not all is as it should be on $engine', ({ engine, missing }) => {
  describe.skipIf(missing)('of a village', () => {
    let test: TestStore;
    let other: TestStore;
    let folder: string;
    let shelf: Shelf;
    let stick: string;
    beforeAll(async () => {
      [test, other] = [await openTestStore(engine), await openTestStore(engine)];
      await writeFullBook(test.store);
      await writeFullBook(other.store, 'v2');
    });
    beforeEach(() => {
      if (folder) rmSync(folder, { recursive: true });
      folder = mkdtempSync(join(tmpdir(), 'jishan-keeping-'));
      stick = join(folder, 'stick');
      mkdirSync(stick);
      shelf = { folder: join(folder, 'backups'), copyFolder: stick };
    });
    afterAll(async () => {
      rmSync(folder, { recursive: true });
      await test.remove();
      await other.remove();
    });

    const make = (kind: BackupKind, atMs: number, { store } = test, on = shelf) =>
      makeOnShelf({ store, clock: () => atMs, version: '0.0.0-test' }, on, kind);
    const namesIn = (place: string) => readdirSync(place).filter((name) => name.startsWith('jishan-'));
    const workerOf = (version = readVersion(), of = test): Worker =>
      apart({ ...of, shelf, version, keys: backupKeysOf(SECRETS) });
    function keeperOver(worker = workerOf(), { store } = test) {
      return createKeeper({
        ...worker,
        store: createSwitch(store, () => Promise.resolve(store)),
        ...{ shelf, clock: Date.now, hour: 3 },
        uploads: createUploads(shelf, 1e6, randomBytes),
        logger,
      });
    }

    it('a new village on a new machine, or another server, takes nothing of this one’s from the second place', async () => {
      const mine = await make('daily', at(3, 5));
      const anew = { folder: join(folder, 'new machine'), copyFolder: stick };
      const theirs = await make('daily', at(9), other, anew);
      const inTheSameSecond = await make('daily', at(3, 5), other, anew);
      expect(theirs.copyFault).toBeNull();
      expect(namesIn(stick).sort()).toEqual([mine.name, inTheSameSecond.name, theirs.name].sort());
      // Each server then removes only its own old backups from the stick.
      const later = await make('daily', at(3, 40));
      expect(namesIn(stick).sort()).toEqual([later.name, inTheSameSecond.name, theirs.name].sort());
      expect(await listShelf(shelf)).toMatchObject([{ name: later.name, isCopied: true }]);
    });

    it('one made by hand leaves the morning’s daily one where it is', async () => {
      const daily = await make('daily', at(3));
      const asked = await make('asked', at(10));
      expect(namesIn(shelf.folder)).toEqual([daily.name, asked.name]);
      expect(namesIn(stick)).toEqual([daily.name, asked.name]);
    });

    it.each(['migration', 'restore', 'asked', 'daily'] as const)(
      'a fresh one stays where the clock is behind: %s',
      async (kind) => {
        for (let days = 1; days <= 8; days += 1) await make(kind, at(3) + days * DAY_MS);
        const made = await make(kind, at(3));
        expect(namesIn(shelf.folder)).toContain(made.name);
        expect(namesIn(stick)).toContain(made.name);
      },
    );

    it('is begun and made though a process died that held the lease by a clock that was ahead', async () => {
      const ahead = Date.now() + 5 * 365 * DAY_MS;
      const failure = { atMs: ahead, kind: 'daily', code: 'failed', what: '' } as const;
      await make('daily', ahead);
      const keeper = keeperOver();
      await leftBehind(ahead, { madeAtMs: ahead, failure });
      const jobs = startJobs([dailyBackup(keeper)], {
        store: test.store,
        clock: Date.now,
        logger,
        firstAfterMs: 0,
      });
      await expect.poll(async () => (await keeper.state()).backups.length, { timeout: 20_000 }).toBe(2);
      await expect.poll(async () => (await keeper.state()).note.failure).toBeNull();
      await Promise.all([jobs.stop(), keeper.stop()]);
      await forget();
    });

    it('waits for another process whose clock is a little ahead', async () => {
      const keeper = keeperOver();
      await leftBehind(Date.now() + 7 * MINUTE_MS, { madeAtMs: null, failure: null });
      expect(await keeper.make('asked')).toBeNull();
      await forget();
      expect(await keeper.make('asked')).not.toBeNull();
      await keeper.stop();
      await forget();
    });

    it('what a killed process left goes at once, and what a living one works in stays', async () => {
      await make('daily', at(3));
      const module = new URL('../../server/backups/temp-folder.ts', import.meta.url).href;
      const script = `const { inScratch } = await import('${module}');
        setInterval(() => undefined, 1000);
        await inScratch(process.argv[1], (folder) => new Promise(() => console.log(folder)));`;
      const child = spawn(process.execPath, ['--input-type=module', '-e', script, shelf.folder], {
        stdio: ['ignore', 'pipe', 'inherit'],
      });
      const [said] = (await once(child.stdout, 'data')) as [Buffer];
      const scratch = said.toString().trim();
      writeFileSync(join(scratch, 'copy.db'), 'as large as the database');
      const aWhileAgo = new Date(Date.now() - MINUTE_MS);
      utimesSync(scratch, aWhileAgo, aWhileAgo);
      await make('asked', at(4));
      expect(existsSync(scratch)).toBe(true);
      child.kill('SIGKILL');
      await once(child, 'exit');
      await make('asked', at(5));
      expect(readdirSync(shelf.folder).filter((name) => name.startsWith('.'))).toEqual([]);
    });

    it('what a killed process had copied half goes, and what another server is copying stays', async () => {
      const [left, live] = [3, 4].map((hour) =>
        join(stick, `.jishan-20260519-0${hour}0000-daily.backup.part`),
      );
      for (const path of [left, live]) writeFileSync(path ?? '', 'half');
      const longAgo = new Date(Date.now() - 11 * MINUTE_MS);
      utimesSync(left ?? '', longAgo, longAgo);
      await make('daily', at(3));
      expect([left, live].map((path) => existsSync(path ?? ''))).toEqual([false, true]);
    });

    it.skipIf(!mayMount)('is not begun where it would fill the disk, and says so', async () => {
      const disk = makeSmallDisk(12);
      if (!disk) throw new Error('no disk to be had');
      const before = shelf;
      shelf = { folder: join(disk.folder, 'backups'), copyFolder: null };
      const keeper = keeperOver();
      try {
        await expect(keeper.make('daily')).rejects.toMatchObject({ code: 'no_room' });
        const { note, backups } = await keeper.state();
        expect(note.failure).toMatchObject({ kind: 'daily', code: 'no_room' });
        expect(note.failure?.what).toMatch(/backups.*: 1\d MB < \d+ MB$/);
        expect([backups, readdirSync(shelf.folder)]).toEqual([[], []]);
      } finally {
        await keeper.stop();
        await forget();
        shelf = before;
        disk.remove();
      }
    });

    it('is not made by the files of another version than the server that runs, which leave the database alone', async () => {
      const keeper = keeperOver(workerOf('0.0.1'));
      await expect(keeper.make('daily')).rejects.toMatchObject({ code: 'replaced' });
      const { failure } = (await keeper.state()).note;
      expect(failure).toMatchObject({ code: 'replaced', what: `0.0.1 → ${readVersion()}` });
      await keeper.stop();
      await forget();

      // The version matches, but the database has one migration less or more than the server.
      const own = await openTestStore(engine);
      await writeFullBook(own.store);
      const raw = await openRaw(own);
      const worker = workerOf(readVersion(), own);
      const tail = 'where position = (select max(position) from schema_migrations)';
      for (const change of [
        `delete from schema_migrations ${tail}`,
        "insert into schema_migrations (hash) values ('of tomorrow'), ('of the day after')",
      ]) {
        await raw.run(change);
        const before = await raw.rows('select * from schema_migrations order by position');
        await expect(worker.make('daily', {}, own.store)).rejects.toMatchObject({ code: 'replaced' });
        await expect(worker.restore('no such file', BY_COMMAND_LINE, {})).rejects.toMatchObject({
          code: 'replaced',
        });
        expect(await raw.rows('select * from schema_migrations order by position')).toEqual(before);
      }
      await raw.close();
      await expect(schemaState(own)).rejects.toThrow();
      await own.remove();
    });

    async function leftBehind(heldUntilMs: number, note: BackupNote): Promise<void> {
      await test.store.transaction(({ db, t }) =>
        db
          .insert(t.leases)
          .values({ id: 'backup', holder: 'of a process that died', heldUntilMs, note })
          .returning({ id: t.leases.id }),
      );
    }

    async function forget(): Promise<void> {
      await test.store.transaction(({ db, t }) => db.delete(t.leases).returning({ id: t.leases.id }));
    }
  });
});
