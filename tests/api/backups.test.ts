import { randomBytes } from 'node:crypto';
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pino } from 'pino';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import {
  createKeeper,
  type KeeperDeps,
  createUploads,
  listShelf,
  apart,
  type MakeBackup,
  type Shelf,
  type Worker,
  dailyBackup,
} from '../../server/backups/index.ts';
import { startJobs } from '../../server/jobs/index.ts';
import { createSwitch, openStore } from '../../db/index.ts';
import { run } from '../../server/cli/main.ts';
import { backupKeysOf } from '../../server/config.ts';
import { readHead } from '../../server/ledger/index.ts';
import { readVersion } from '../../server/version.ts';
import { writeFullBook } from '../support/full-book.ts';
import { openRaw } from '../support/raw.ts';
import { SECRETS } from '../support/server.ts';
import { ENGINES, openTestStore, type TestStore } from '../support/stores.ts';

const logger = pino({ level: 'silent' });

describe.each(ENGINES)('the shelf of backups on $engine', ({ engine, missing }) => {
  describe.skipIf(missing)('where a server runs', () => {
    let test: TestStore;
    let folder: string;
    let shelf: Shelf;
    let worker: Worker;
    const make: MakeBackup = (kind, work, store) => worker.make(kind, work, store);
    beforeAll(async () => {
      test = await openTestStore(engine);
      await writeFullBook(test.store);
      folder = mkdtempSync(join(tmpdir(), 'jishan-shelf-'));
      shelf = { folder: join(folder, 'backups'), copyFolder: join(folder, 'stick') };
      mkdirSync(shelf.copyFolder ?? '');
      worker = apart({ ...test, shelf, version: readVersion(), keys: backupKeysOf(SECRETS) });
    });
    afterAll(async () => {
      await test.remove();
      rmSync(folder, { recursive: true });
    });

    function keeperOver(store = test.store, making = make, more: Partial<KeeperDeps> = {}) {
      return createKeeper({
        ...{
          store: createSwitch(store, () => Promise.resolve(store)),
          shelf,
          uploads: createUploads(shelf, 1e6, randomBytes),
          hour: 3,
          clock: Date.now,
          ...worker,
          make: making,
          ...more,
        },
        logger,
      });
    }

    it('makes, verifies and copies one in a process of its own, for its owner alone', async () => {
      const phases = new Set<string>();
      const made = await make('daily', { onProgress: (phase) => phases.add(phase) }, test.store);
      expect([...phases]).toEqual(['write', 'read', 'verify']);
      const head = await test.store.read((reader) => readHead(reader, 'v1'));
      expect(made.books).toMatchObject([{ villageId: 'v1', number: head?.number, hash: head?.hash }]);
      expect(made).toMatchObject({ kind: 'daily', isCopied: true, copyFault: null });
      expect(await listShelf(shelf)).toMatchObject([{ name: made.name, bytes: made.bytes, isCopied: true }]);
      const path = join(shelf.folder, made.name);
      expect(statSync(shelf.folder).mode & 0o077).toBe(0);
      expect(statSync(path).mode & 0o077).toBe(0);
      expect(readFileSync(path)).toEqual(readFileSync(join(shelf.copyFolder ?? '', made.name)));
    });

    it('is made by one of several processes, and known to all', async () => {
      const others = [await test.openAgain(), await test.openAgain()];
      const keepers = [test.store, ...others].map((store) => keeperOver(store));
      const made = await Promise.all(keepers.map((keeper) => keeper.make('asked')));
      expect(made.filter((one) => one !== null)).toHaveLength(1);
      for (const keeper of keepers) {
        const { note, running, backups } = await keeper.state();
        expect({ note, running }).toEqual({
          note: { madeAtMs: backups[0]?.madeAtMs, failure: null },
          running: null,
        });
        await keeper.stop();
      }
    });

    it('is left to who restores, however long that takes', async () => {
      const made = await make('asked', {}, test.store);
      vi.useFakeTimers({ toFake: ['setInterval', 'clearInterval'] });
      const place = { dataDir: test.dataDir, databaseUrl: test.databaseUrl };
      const openBeside = test.databaseUrl === undefined ? undefined : () => openStore(place);
      let nowMs = Date.now();
      const clock = () => nowMs;
      const other = keeperOver(await test.openAgain(), () => Promise.reject(new Error('begun')), { clock });
      const waited: string[] = [];
      /** Ten minutes in which somebody else tries each minute. */
      async function lasting(what: string): Promise<void> {
        for (let minute = 0; minute < 10; minute += 1) {
          nowMs += 60_000;
          vi.advanceTimersByTime(60_000);
          await new Promise((resolve) => setTimeout(resolve, 50));
          expect(await other.make('asked'), `${what} ${String(minute)}`).toBeNull();
        }
        waited.push(what);
      }
      try {
        const making: MakeBackup = async () => {
          await lasting('while the present is backed up');
          return made;
        };
        const keeper = keeperOver(await test.openAgain(), making, {
          ...{ clock, openBeside },
          async restore() {
            if (openBeside) await lasting('while the database is shut');
            throw new Error('enough');
          },
        });
        await expect(
          keeper.restore(made.name, { onlyMadeHere: false, by: { actorId: 'a1', via: 'desk' } }),
        ).rejects.toThrow('enough');
        expect(waited).toHaveLength(openBeside ? 2 : 1);
        // The lease is released afterwards.
        await expect(other.make('asked')).rejects.toThrow('begun');
        await keeper.stop();
      } finally {
        vi.useRealTimers();
        await other.stop();
        await forget();
      }
    });

    it('makes the daily one by itself when it is due, once over all processes', async () => {
      for (const name of readdirSync(shelf.folder)) rmSync(join(shelf.folder, name));
      await forget();
      const made: string[] = [];
      const counting: MakeBackup = async (kind, work, store) => {
        const one = await make(kind, work, store);
        made.push(one.name);
        return one;
      };
      const keepers = [keeperOver(test.store, counting), keeperOver(await test.openAgain(), counting)];
      const jobs = keepers.map((keeper) =>
        startJobs([dailyBackup(keeper)], { store: test.store, clock: Date.now, logger, firstAfterMs: 0 }),
      );
      while ((await keepers[0]?.state())?.note.madeAtMs === null) await new Promise((r) => setTimeout(r, 20));
      for (const one of [...jobs, ...keepers]) await one.stop();
      expect(made).toHaveLength(1);
      expect(made[0]).toMatch(/-daily\.backup$/);
    });

    it('says what failed, and keeps what was there', async () => {
      const before = readdirSync(shelf.folder);
      const raw = await openRaw(test);
      await raw.disarm();
      await raw.run('update postings set amount = amount + 1 where number = 7 and line = 0');
      const keeper = keeperOver();
      await expect(keeper.make('asked')).rejects.toMatchObject({
        code: 'does_not_verify',
        bad: { number: 7 },
      });
      expect((await keeper.state()).note).toMatchObject({
        failure: { kind: 'asked', code: 'does_not_verify' },
      });
      expect(readdirSync(shelf.folder)).toEqual(before);
      await raw.run('update postings set amount = amount - 1 where number = 7 and line = 0');
      await raw.close();
      expect(await keeper.make('asked')).not.toBeNull();
      expect((await keeper.state()).note.failure).toBeNull();
      await keeper.stop();
    });

    it('is made although the second place is gone, and says so', async () => {
      rmSync(shelf.copyFolder ?? '', { recursive: true });
      const keeper = keeperOver();
      expect(await keeper.make('asked')).toMatchObject({ isCopied: false });
      const { note, backups } = await keeper.state();
      expect(note).toMatchObject({ madeAtMs: backups[0]?.madeAtMs, failure: { code: 'no_copy' } });
      await keeper.stop();
      mkdirSync(shelf.copyFolder ?? '');
    });

    it('ends with the server, and leaves no draft', async () => {
      const keeper = keeperOver();
      const { note } = await keeper.state();
      const made = keeper.make('asked').catch(() => 'ended');
      while ((await keeper.state()).running === null) await new Promise((r) => setTimeout(r, 5));
      await keeper.stop();
      // A backup that ended with the server has not failed, so the note stays the same.
      if ((await made) === 'ended') expect((await keeper.state()).note).toEqual(note);
      while (readdirSync(shelf.folder).some((name) => name.startsWith('.')))
        await new Promise((r) => setTimeout(r, 20));
    });

    it('is filled, listed and restored from by the command line', async () => {
      const env = {
        ...{ DATA_DIR: test.dataDir, BACKUP_DIR: shelf.folder, BACKUP_COPY_DIR: shelf.copyFolder ?? '' },
        ...(test.databaseUrl === undefined ? {} : { DATABASE_URL: test.databaseUrl }),
      };
      const first = await jishan(env, 'backup', '--json');
      expect(first.code).toBe(0);
      const { name } = JSON.parse(first.out) as { name: string };
      writeFileSync(join(shelf.folder, 'jishan-20260101-000000-daily.backup'), 'not a backup');
      const listed = await jishan(env, 'backups', '--json');
      const { backups } = JSON.parse(listed.out) as { backups: { name: string; isCopied: boolean }[] };
      expect(backups[0]).toMatchObject({ name, isCopied: true });
      expect(backups.map((one) => one.name)).not.toContain('jishan-20260101-000000-daily.backup');
      expect((await jishan(env, 'backups')).out).toMatch(/古旦村/);
      const elsewhere = { DATA_DIR: join(folder, 'elsewhere'), BACKUP_DIR: shelf.folder };
      expect((await jishan(elsewhere, 'backups')).code).toBe(0);
      const restored = await jishan(elsewhere, 'restore', name);
      expect(restored).toMatchObject({ code: 0 });
      expect(restored.out).toMatch(/没有这台服务器密钥的记号/);
      const verified = await jishan(elsewhere, 'verify', '--json');
      const head = await test.store.read((reader) => readHead(reader, 'v1'));
      // The restore is the entry behind it.
      expect(JSON.parse(verified.out)).toMatchObject({ ok: true, headNumber: (head?.number ?? 0) + 1 });
      const numbered = `${String(head?.number)}:${String(head?.hash)}`;
      expect(await jishan(elsewhere, 'verify', '--head', numbered)).toMatchObject({ code: 0 });
    });

    it('bears the mark of the server’s secret, which the command line finds but never makes, and tells of', async () => {
      const made = await make('asked', {}, test.store);
      const place = test.databaseUrl === undefined ? {} : { DATABASE_URL: test.databaseUrl };
      const bare = { DATA_DIR: join(folder, 'bare') };
      const env = { DATA_DIR: test.dataDir, BACKUP_DIR: shelf.folder, ...place };
      const { current } = SECRETS;
      const unmarked = join(folder, 'unmarked.backup');
      const said = await jishan(env, 'backup', unmarked);
      expect([said.code, existsSync(join(test.dataDir, 'secret'))]).toEqual([0, false]);
      expect(said.notes).toMatch(/没有找到服务器的密钥/);
      const marked = join(folder, 'marked.backup');
      const quiet = await jishan({ ...env, JISHAN_SECRET: current }, 'backup', marked);
      expect(quiet.notes).not.toMatch(/密钥/);
      const next = { JISHAN_SECRET: 'n'.repeat(40) };
      const later = join(folder, 'later.backup');
      expect((await jishan({ ...env, ...next }, 'backup', later)).code).toBe(0);
      for (const [file, secrets, isMadeHere] of [
        [join(shelf.folder, made.name), { JISHAN_SECRET: current }, true],
        [marked, { JISHAN_SECRET: current }, true],
        [later, { JISHAN_SECRET: current, JISHAN_SECRET_PREVIOUS: next.JISHAN_SECRET }, true],
        [marked, next, false],
        [unmarked, { JISHAN_SECRET: current }, false],
      ] as const) {
        const restored = await jishan({ ...bare, ...secrets }, 'restore', file, '--force', '--json');
        expect(restored.code).toBe(0);
        expect(JSON.parse(restored.out)).toMatchObject({ isMadeHere });
      }
      expect(await jishan({ ...bare, JISHAN_SECRET: 'short' }, 'restore', marked)).toMatchObject({ code: 2 });
    });

    async function forget(): Promise<void> {
      await test.store.transaction(({ db, t }) => db.delete(t.leases).returning({ id: t.leases.id }));
    }
  });
});

async function jishan(env: NodeJS.ProcessEnv, ...args: string[]) {
  const said = { out: '', notes: '' };
  const code = await run(args, env, {
    out: (text) => (said.out += text),
    note: (text) => (said.notes += `${text}\n`),
    readStdin: () => Promise.resolve(''),
  });
  return { code, ...said };
}
