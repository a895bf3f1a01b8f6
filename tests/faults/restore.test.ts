import { spawn } from 'node:child_process';
import { once } from 'node:events';
import {
  copyFileSync,
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { randomBytes } from 'node:crypto';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import Database from 'better-sqlite3';
import { pino } from 'pino';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createSwitch, DamagedFile, openAsItIs, openStore } from '../../db/index.ts';
import { createKeeper, createUploads, inHere, makeOnShelf } from '../../server/backups/index.ts';
import { BookWentBack, keepHeads } from '../../server/books/index.ts';
import { backupKeysOf } from '../../server/config.ts';
import { readHead } from '../../server/ledger/index.ts';
import { openGuarded } from '../../server/open-guarded-store.ts';
import { notePathOf } from '../../server/private-file.ts';
import { Book } from '../support/books.ts';
import { writeFullBook } from '../support/full-book.ts';
import { makePast, pastRows } from '../support/past.ts';
import { lastRestore } from '../support/restored.ts';
import { SECRETS } from '../support/server.ts';
import { launchCommandUnder, runCommand } from '../support/server-process.ts';
import { isMissing } from '../support/tools.ts';

const program = fileURLToPath(new URL('restoring-process.ts', import.meta.url));
const fastStart = new URL('../../server/fast-start.mjs', import.meta.url).href;

/** A backup, a book that has changed since, and a folder that has only that book's write-ahead log. */
describe('restoring over a SQLite book', () => {
  let folder: string;
  let backup: string;
  let log: Buffer;
  const heads = { old: '', new: '' };
  const whole = () => join(folder, 'whole');
  const logAlone = () => join(folder, 'log-alone');

  beforeAll(async () => {
    folder = mkdtempSync(join(tmpdir(), 'jishan-restore-'));
    const note = notePathOf(whole());
    mkdirSync(logAlone());
    let store = keepHeads(await openStore({ dataDir: whole() }), note);
    const book = await writeFullBook(store);
    const shelf = { folder, copyFolder: null };
    const made = await makeOnShelf({ store, clock: Date.now, version: '0.0.0-test' }, shelf, 'asked');
    backup = join(folder, made.name);
    heads.new = made.books[0]?.hash ?? '';
    await store.close();
    // The write-ahead log is copied before its checkpoint, so that it alone holds this entry.
    store = keepHeads(await openStore({ dataDir: whole() }), note);
    const later = new Book(store, book.ledger);
    expect(await later.award('h1', 100, { key: 'later', day: '2026-03-01' })).toMatchObject({ ok: true });
    copyFileSync(join(whole(), 'jishan.db-wal'), join(logAlone(), 'jishan.db-wal'));
    heads.old = (await store.read((reader) => readHead(reader, 'v1')))?.hash ?? '';
    await store.close();
    copyFileSync(note, notePathOf(logAlone()));
    log = readFileSync(join(logAlone(), 'jishan.db-wal'));
    expect(log.length).toBeGreaterThan(0);
  });
  afterAll(() => rmSync(folder, { recursive: true }));

  /** Copies a folder, so that the test may damage the copy. */
  function copyOf(of: string): string {
    const dataDir = mkdtempSync(join(folder, 'try-'));
    cpSync(of, dataDir, { recursive: true });
    return dataDir;
  }

  async function restoring(dataDir: string, ...options: string[]) {
    const child = spawn(process.execPath, ['--import', fastStart, program, dataDir, backup, ...options], {
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    const said = { out: '', errors: '' };
    child.stdout.on('data', (chunk: Buffer) => (said.out += chunk.toString()));
    child.stderr.on('data', (chunk: Buffer) => (said.errors += chunk.toString()));
    await once(child, 'close');
    return { signal: child.signalCode, code: child.exitCode, ...said };
  }

  /** Tells which book the next start of a server opens in the folder. */
  async function started(dataDir: string): Promise<'old' | 'new' | 'refused' | 'something else'> {
    const open = () => openStore({ dataDir });
    try {
      const store = await openGuarded(
        { dataDir, databaseUrl: undefined, shelf: { folder: dataDir, copyFolder: null }, mayGoBack: false },
        { open, reopen: open, onDamage: () => undefined, onLost: () => undefined },
      );
      const hash = (await store.read((reader) => readHead(reader, 'v1')))?.hash;
      const restore = await store.read((reader) => lastRestore(reader, 'v1'));
      await store.close();
      if (hash === heads.old) return 'old';
      return restore?.hash === heads.new ? 'new' : 'something else';
    } catch (error) {
      if (error instanceof BookWentBack || error instanceof DamagedFile) return 'refused';
      throw error;
    }
  }

  /** Whether the old book is still whole, under its own name or a name set aside. */
  async function isOldThere(dataDir: string): Promise<boolean> {
    const names = readdirSync(dataDir).filter((name) =>
      /^jishan\.db(?:\.before-restore-[\d-]+)?$/.test(name),
    );
    for (const name of names) {
      const copy = mkdtempSync(join(folder, 'look-'));
      for (const ending of ['', '-wal', '-journal'])
        if (existsSync(join(dataDir, name + ending)))
          copyFileSync(join(dataDir, name + ending), join(copy, `jishan.db${ending}`));
      if ((await hashIn(copy).catch(() => 'none')) === heads.old) return true;
    }
    return false;
  }

  async function hashIn(dataDir: string): Promise<string | undefined> {
    const store = await openAsItIs({ dataDir });
    try {
      return (await store.read((reader) => readHead(reader, 'v1')))?.hash;
    } finally {
      await store.close();
    }
  }

  function isLogThere(dataDir: string): boolean {
    return readdirSync(dataDir)
      .filter((name) => /^jishan\.db(?:\.before-restore-[\d-]+)?-wal$/.test(name))
      .some((name) => readFileSync(join(dataDir, name)).equals(log));
  }

  describe.each([
    { what: 'a whole one', of: whole, isThere: isOldThere, options: [] },
    {
      what: 'a whole one, on a disk without second names',
      of: whole,
      isThere: isOldThere,
      options: ['--no-links'],
    },
    { what: 'a log whose file is gone', of: logAlone, isThere: isLogThere, options: [] },
  ])('killed before each step, over $what', ({ of, isThere, options }) => {
    it('leaves the old book or the new, or a start that is refused; and the old is always there', async () => {
      const found: string[] = [];
      for (let step = 0; ; step += 1) {
        const dataDir = copyOf(of());
        const { signal, code, out, errors } = await restoring(
          dataDir,
          ...['--kill-before', String(step), ...options],
        );
        expect({ step, is: await isThere(dataDir) }).toEqual({ step, is: true });
        if (signal === null) {
          expect({ code, errors, out }).toEqual({ code: 0, errors: '', out: String(step) });
          expect(await started(dataDir)).toBe('new');
          break;
        }
        const start = await started(dataDir);
        found.push(start);
        if (start !== 'refused') continue;
        expect((await restoring(dataDir, ...options)).code).toBe(0);
        expect({ step, is: await isThere(dataDir) }).toEqual({ step, is: true });
        expect(await started(dataDir)).toBe('new');
      }
      expect(found).not.toContain('something else');
      expect(found.length).toBeGreaterThan(3);
    }, 180_000);
  });

  it('takes the log away with its file on the command line too, and says where it is', async () => {
    const dataDir = copyOf(logAlone());
    writeFileSync(join(dataDir, 'jishan.db'), '');
    writeFileSync(join(dataDir, 'jishan.db-journal'), 'of a transaction long ago');
    const place = { dataDir, databaseUrl: undefined };
    const { code, out } = await runCommand(place, 'restore', backup, '--json');
    expect(code).toBe(0);
    const { keptAside } = JSON.parse(out) as { keptAside: string };
    expect(readFileSync(`${keptAside}-wal`).equals(log)).toBe(true);
    expect(statSync(`${keptAside}-journal`).size).toBeGreaterThan(0);
    expect(await runCommand(place, 'verify')).toMatchObject({ code: 0 });
    expect(await started(dataDir)).toBe('new');
  });

  it('takes it away when the desk restores', async () => {
    const dataDir = copyOf(whole());
    const open = () => openStore({ dataDir });
    const store = createSwitch(await open(), open);
    const shelf = { folder: join(dataDir, 'backups'), copyFolder: null };
    const made = await makeOnShelf({ store, clock: Date.now, version: '0.0.0-test' }, shelf, 'asked');
    const place = { dataDir, databaseUrl: undefined, shelf, version: '0.0.0-test', clock: Date.now };
    const worker = inHere({ ...place, keys: backupKeysOf(SECRETS) });
    const keeper = createKeeper({
      ...{ store, shelf, hour: 3, clock: Date.now, uploads: createUploads(shelf, 1e6, randomBytes) },
      ...worker,
      restore(file, by, work) {
        rmSync(join(dataDir, 'jishan.db'));
        copyFileSync(join(logAlone(), 'jishan.db-wal'), join(dataDir, 'jishan.db-wal'));
        return worker.restore(file, by, work);
      },
      logger: pino({ level: 'silent' }),
    });
    const report = await keeper.restore(made.name, {
      onlyMadeHere: false,
      by: { actorId: 'a1', via: 'desk' },
    });
    expect(report?.keptAside).toContain('before-restore');
    expect(await store.read((reader) => lastRestore(reader, 'v1'))).toMatchObject({ hash: heads.old });
    await keeper.stop();
    await store.close();
    expect(isLogThere(dataDir)).toBe(true);
  });

  it('opens what stands there afterwards, and says so where it is not what the backup holds', async () => {
    const dataDir = copyOf(whole());
    const { code, errors } = await restoring(dataDir, '--log-after', join(logAlone(), 'jishan.db-wal'));
    expect(code).not.toBe(0);
    expect(errors).toMatch(/outcome_unknown/);
    expect(await isOldThere(dataDir)).toBe(true);
  });

  it.skipIf(isMissing('prlimit'))(
    'puts nothing in place whose last pages the disk took into the log and not into the file',
    async () => {
      const place = (name: string) => ({ dataDir: join(folder, name), databaseUrl: undefined });
      const past = place('past');
      mkdirSync(past.dataDir);
      await makePast('sqlite', past, 1, await pastRows());
      const store = await openAsItIs(past);
      const maker = { store, clock: Date.now, version: '0.0.0-test', migrationsDone: 1 };
      const shelf = { folder: join(folder, 'of-the-past'), copyFolder: null };
      const old = join(shelf.folder, (await makeOnShelf(maker, shelf, 'migration')).name);
      await store.close();
      expect(await runCommand(place('roomy'), 'restore', old)).toMatchObject({ code: 0 });
      const bytes = statSync(join(place('roomy').dataDir, 'jishan.db')).size;
      const narrow = place('narrow');
      const restoreUnder = (most: number) =>
        launchCommandUnder(['prlimit', `--fsize=${String(most)}`], narrow, 'restore', old).ended;
      const { code, errors } = await restoreUnder(bytes - 4096);
      expect({ code, errors }).toMatchObject({ code: 1, errors: expect.stringContaining('磁盘满了') });
      expect(existsSync(join(narrow.dataDir, 'jishan.db'))).toBe(false);
      expect(await restoreUnder(bytes)).toMatchObject({ code: 0 });
      expect(await runCommand(narrow, 'verify')).toMatchObject({ code: 0 });
    },
  );

  it('makes no database beside a log that has lost its file', async () => {
    const dataDir = copyOf(logAlone());
    rmSync(notePathOf(dataDir));
    expect(await started(dataDir)).toBe('refused');
    await expect(openStore({ dataDir })).rejects.toThrow(DamagedFile);
    expect(readFileSync(join(dataDir, 'jishan.db-wal')).equals(log)).toBe(true);
    expect(existsSync(join(dataDir, 'jishan.db'))).toBe(false);
  });

  it('replaces another program’s file only when told to, and keeps it', async () => {
    const dataDir = mkdtempSync(join(folder, 'other-'));
    const other = new Database(join(dataDir, 'jishan.db'));
    other.exec('create table orders (id integer primary key); insert into orders values (7)');
    other.close();
    const place = { dataDir, databaseUrl: undefined };
    const refused = await runCommand(place, 'restore', backup);
    expect(refused).toMatchObject({ code: 1, errors: expect.stringContaining('--force') });
    const { code, out } = await runCommand(place, 'restore', backup, '--force', '--json');
    expect(code).toBe(0);
    const kept = new Database((JSON.parse(out) as { keptAside: string }).keptAside, { readonly: true });
    expect(kept.prepare('select id from orders').pluck().get()).toBe(7);
    kept.close();
  });
});
