import {
  existsSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  statSync,
  truncateSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openStore } from '../../db/index.ts';
import { listActs } from '../../server/acts/list.ts';
import { bookerNamesThen } from '../../server/books/index.ts';
import { run } from '../../server/cli/main.ts';
import { readHead } from '../../server/ledger/index.ts';
import { staffModule } from '../../server/staff/module.ts';
import { createTestDatabase, type TestDatabase } from '../support/postgres.ts';
import { openRaw } from '../support/raw.ts';
import { lastRestore } from '../support/restored.ts';
import { ENGINES } from '../support/stores.ts';

const ROSTER = 'db/starter/roster-sample.xlsx';
const BALANCES = 'db/starter/opening-balances-sample.xlsx';
const NEW_VILLAGE = ['--village-name', '清河村', '--town', '谷旦镇'];

/** An empty place for data on one engine. */
interface Place {
  readonly env: { DATA_DIR: string; DATABASE_URL?: string };
  remove(): Promise<void>;
}

async function newPlace(engine: 'sqlite' | 'postgres'): Promise<Place> {
  const folder = mkdtempSync(join(tmpdir(), 'jishan-cli-'));
  const database: TestDatabase | null = engine === 'postgres' ? await createTestDatabase() : null;
  return {
    env: { DATA_DIR: join(folder, 'data'), ...(database ? { DATABASE_URL: database.url } : {}) },
    async remove() {
      await database?.drop();
      rmSync(folder, { recursive: true });
    },
  };
}

async function jishan(place: Place, args: readonly string[], stdin = '') {
  const said = { out: '', notes: '' };
  const code = await run(args, place.env, {
    out: (text) => (said.out += text),
    note: (text) => (said.notes += `${text}\n`),
    readStdin: () => Promise.resolve(stdin),
  });
  return { code, ...said };
}

async function restoreOf({ env }: Place) {
  const store = await openStore({ dataDir: env.DATA_DIR, databaseUrl: env.DATABASE_URL });
  const [village] = await store.read(({ db, t }) => db.select({ id: t.villages.id }).from(t.villages));
  const restore = await store.read((reader) => lastRestore(reader, village?.id ?? ''));
  await store.close();
  return restore;
}

async function headOf({ env }: Place) {
  const store = await openStore({ dataDir: env.DATA_DIR, databaseUrl: env.DATABASE_URL });
  const [village] = await store.read(({ db, t }) => db.select({ id: t.villages.id }).from(t.villages));
  const head = await store.read((reader) => readHead(reader, village?.id ?? ''));
  await store.close();
  return head;
}

/** How many entries moved something. */
async function movedIn({ env }: Place): Promise<number> {
  const store = await openStore({ dataDir: env.DATA_DIR, databaseUrl: env.DATABASE_URL });
  const kinds = await store.read(({ db, t }) => db.select({ kind: t.journal.kind }).from(t.journal));
  await store.close();
  return kinds.filter(({ kind }) => kind !== 'act').length;
}

/** The book of acts, oldest first. */
async function actsOf({ env }: Place) {
  const store = await openStore({ dataDir: env.DATA_DIR, databaseUrl: env.DATABASE_URL });
  try {
    const { villageId } = await store.read(async ({ db, t }) => {
      const [village] = await db.select({ id: t.villages.id }).from(t.villages);
      return { villageId: village?.id ?? '' };
    });
    const names = { actors: bookerNamesThen, things: { ...staffModule.thingNames } };
    const { items } = await store.read((reader) => listActs(reader, names, villageId, {}, 200));
    return items.reverse();
  } finally {
    await store.close();
  }
}

describe('the command line where nothing is', () => {
  it('tries a roster without making anything', async () => {
    const place = await newPlace('sqlite');
    const { code, out } = await jishan(place, ['import-roster', ROSTER, '--dry-run', '--json']);
    const summary = JSON.parse(out) as {
      households: number;
      duplicates: number;
      problems: object[];
      columns: object;
    };
    expect({ code, households: summary.households, duplicates: summary.duplicates }).toEqual({
      code: 0,
      households: 312,
      duplicates: 1,
    });
    expect(summary.problems).toContainEqual({
      row: 318,
      cell: 'D318',
      reason: expect.stringContaining('没有户主') as string,
    });
    expect(summary.columns).toMatchObject({ head: { letter: 'D' }, number: { letter: 'C' } });
    expect(existsSync(place.env.DATA_DIR)).toBe(false);
    await place.remove();
  });

  it('says what is missing, each with its exit code', async () => {
    const place = await newPlace('sqlite');
    expect(await jishan(place, ['verify'])).toMatchObject({
      code: 3,
      notes: expect.stringContaining('npm start') as string,
    });
    expect(await jishan(place, ['import-roster', 'no-such-file.xlsx', '--dry-run'])).toMatchObject({
      code: 2,
    });
    expect(await jishan(place, ['no-such-command'])).toMatchObject({ code: 2 });
    expect(await jishan(place, ['export', '--format', 'pdf'])).toMatchObject({ code: 2 });
    writeFileSync(`${place.env.DATA_DIR}.png`, Buffer.from('89504e470d0a1a0a0000', 'hex'));
    const picture = await jishan(place, ['import-roster', `${place.env.DATA_DIR}.png`, '--dry-run']);
    expect(picture).toMatchObject({ code: 1, out: '' });
    expect((await jishan(place, ['--help'])).out).toContain('import-journal');
    expect(existsSync(place.env.DATA_DIR)).toBe(false);
    await place.remove();
  });
});

describe.each(ENGINES)('the command line on $engine', ({ engine, missing }) => {
  describe.skipIf(missing)('a village’s books', () => {
    let place: Place;
    let folder: string;
    beforeAll(async () => {
      place = await newPlace(engine);
      folder = mkdtempSync(join(tmpdir(), 'jishan-files-'));
    });
    afterAll(async () => {
      await place.remove();
      rmSync(folder, { recursive: true });
    });

    it('imports the papers, once', async () => {
      const roster = await jishan(place, ['import-roster', ROSTER, '--json', ...NEW_VILLAGE]);
      expect(JSON.parse(roster.out)).toMatchObject({ households: 312, created: 312, dryRun: false });
      const again = await jishan(place, ['import-roster', ROSTER, '--json']);
      expect(JSON.parse(again.out)).toMatchObject({ created: 0, updated: 0, unchanged: 312 });
      const balances = await jishan(place, ['import-balances', BALANCES, '--json']);
      expect(JSON.parse(balances.out)).toMatchObject({ created: 220, leftOut: 3 });
      const twice = await jishan(place, ['import-balances', BALANCES, '--json']);
      expect(JSON.parse(twice.out)).toMatchObject({ created: 0, journalNumbers: [] });
      expect(await movedIn(place)).toBe(220);
    });

    it('takes no name that nobody can see', async () => {
      for (const name of ['\u3164', ' \u2800 ', '\u{e0101}王']) {
        const admin = await jishan(place, ['create-admin', '--username', 'laozhao', '--name', name]);
        expect([admin.code, admin.notes]).toEqual([2, expect.stringContaining('看得见')]);
      }
      const fresh = await newPlace(engine);
      for (const village of [
        ['--village-name', '\u3164', '--town', '谷旦镇'],
        ['--village-name', '清河村', '--town', '\u115f'],
      ])
        expect((await jishan(fresh, ['create-admin', '--username', 'laozhao', ...village])).code).toBe(2);
      await fresh.remove();
    });

    it('adds an administrator and resets a password, shown once or taken from standard input', async () => {
      const admin = await jishan(place, ['create-admin', '--username', 'laowang', '--name', '老王']);
      expect(admin).toMatchObject({
        code: 0,
        out: expect.stringMatching(/[a-z0-9]{4}-[a-z0-9]{4}/) as string,
      });
      const taken = await jishan(place, ['create-admin', '--username', 'laowang', '--name', '老李']);
      expect(taken).toMatchObject({ code: 1, out: '' });
      const reset = await jishan(
        place,
        ['reset-password', 'laowang', '--password-stdin'],
        'plum river wheat\n',
      );
      expect(reset).toMatchObject({ code: 0 });
      expect(reset.out).not.toContain('plum');
      expect(await jishan(place, ['reset-password', 'laowang', '--password-stdin'], 'short')).toMatchObject({
        code: 1,
      });
      expect(await jishan(place, ['reset-password', 'nobody'])).toMatchObject({ code: 1 });
    });

    it('writes what it does into the book of acts, the founding first', async () => {
      const acts = await actsOf(place);
      expect(acts[0]).toMatchObject({ number: 1, act: 'village.founded', via: 'command_line' });
      expect(acts[0]?.changes.slice(0, 2)).toMatchObject([
        { field: 'name', is: '清河村' },
        { field: 'town', is: '谷旦镇' },
      ]);
      const people = acts.filter(({ act }) => act.startsWith('staff.'));
      expect(people.map(({ act, by, via, thing }) => [act, by, via, thing.name])).toEqual([
        ['staff.created', '命令行 / command line', 'command_line', '老王'],
        ['staff.password_reset', '命令行 / command line', 'command_line', '老王'],
      ]);
      expect(JSON.stringify(acts)).not.toContain('plum river wheat');
    });

    it('verifies', async () => {
      const sound = await jishan(place, ['verify', '--json']);
      expect(sound.code).toBe(0);
      const entries = (await headOf(place))?.number;
      expect(JSON.parse(sound.out)).toMatchObject({ ok: true, entries, bad: null });
    });

    it.each(ENGINES)('moves the journal to $engine and keeps its head', async (other) => {
      if (other.missing) return;
      const file = join(folder, `to-${other.engine}.jsonl`);
      expect(await jishan(place, ['export', '--format', 'journal', '--out', file])).toMatchObject({
        code: 0,
      });
      const target = await newPlace(other.engine);
      expect(await jishan(target, ['import-journal', file])).toMatchObject({ code: 0 });
      expect(await headOf(target)).toEqual(await headOf(place));
      expect(await jishan(target, ['import-journal', file])).toMatchObject({ code: 1 });
      expect(await jishan(target, ['verify'])).toMatchObject({ code: 0 });
      await target.remove();
    });

    it('names the line of a journal that was changed, and leaves no village behind', async () => {
      const file = join(folder, 'changed.jsonl');
      const { out: journal } = await jishan(place, ['export', '--format', 'journal']);
      const lines = journal.split('\n');
      // Acts come first, and have no amounts.
      const at = lines.findIndex((line) => line.includes('"amount":'));
      lines[at] = (lines[at] ?? '').replace('"amount":', '"amount":1');
      writeFileSync(file, lines.join('\n'));
      const target = await newPlace('sqlite');
      const refused = await jishan(target, ['import-journal', file]);
      expect(refused).toMatchObject({ code: 1, out: '' });
      expect(refused.notes).toMatch(new RegExp(`第 ${String(at + 1)} 行|line ${String(at + 1)}\\b`));
      writeFileSync(file, journal);
      expect(await jishan(target, ['import-journal', file])).toMatchObject({ code: 0 });
      await target.remove();
    });

    it.each(ENGINES)('backs up, and restores on $engine with its head', async (other) => {
      if (other.missing) return;
      const file = join(folder, `for-${other.engine}.backup`);
      expect(await jishan(place, ['backup', file])).toMatchObject({ code: 0 });
      expect(statSync(file).mode & 0o077).toBe(0);
      const target = await newPlace(other.engine);
      expect(await jishan(target, ['restore', file])).toMatchObject({ code: 0 });
      const head = await headOf(place);
      const restore = await restoreOf(target);
      expect(restore).toMatchObject({ number: head?.number, hash: head?.hash });
      expect(restore).toMatchObject({ actorId: 'command_line', via: 'command_line', backup: basename(file) });
      expect(restore).not.toHaveProperty('replaced');
      expect(await jishan(target, ['verify'])).toMatchObject({ code: 0 });
      const onto = await jishan(target, ['restore', file]);
      expect(onto).toMatchObject({ code: 1, out: '' });
      await target.remove();
    });

    it('refuses a backup that was cut or changed, and touches nothing', async () => {
      const file = join(folder, 'broken.backup');
      await jishan(place, ['backup', file]);
      const target = await newPlace(engine);
      const whole = readFileSync(file);
      const changed = Buffer.from(whole);
      changed.writeUInt8(changed.readUInt8(whole.length >> 1) ^ 1, whole.length >> 1);
      writeFileSync(file, changed);
      expect(await jishan(target, ['restore', file])).toMatchObject({ code: 1, out: '' });
      writeFileSync(file, whole);
      truncateSync(file, whole.length - 100);
      expect(await jishan(target, ['restore', file])).toMatchObject({ code: 1, out: '' });
      expect(await jishan(target, ['verify'])).not.toMatchObject({ code: 0 });
      await target.remove();
    });

    it('never restores under a running server', async () => {
      if (engine !== 'sqlite') return;
      const file = join(folder, 'in-use.backup');
      await jishan(place, ['backup', file]);
      const head = await headOf(place);
      const store = await openStore({ dataDir: place.env.DATA_DIR });
      const before = await store.read((reader) => reader.db.select().from(reader.t.villages));
      expect(await jishan(place, ['restore', file, '--force'])).toMatchObject({ code: 3, out: '' });
      await store.close();
      expect(await jishan(place, ['restore', file, '--force'])).toMatchObject({ code: 0 });
      expect(before).toHaveLength(1);
      expect(await movedIn(place)).toBe(220);
      expect(await restoreOf(place)).toMatchObject({ number: head?.number, hash: head?.hash, gone: 0 });
    });

    it('names the row that was tampered with', async () => {
      const { DATA_DIR: dataDir, DATABASE_URL: databaseUrl } = place.env;
      const raw = await openRaw({ dataDir, databaseUrl });
      await raw.disarm();
      await raw.run("insert into ledger_heads (village_id, book_id, number) values ('elsewhere', 'b', 0)");
      const stray = await jishan(place, ['verify', '--json']);
      expect(stray.code).toBe(1);
      expect(JSON.parse(stray.out)).toMatchObject({ bad: { table: 'ledger_heads', found: 'elsewhere' } });
      await raw.run("delete from ledger_heads where village_id = 'elsewhere'");
      // Entry 7 may be an act, which has no lines.
      const [moved] = await raw.rows('select min(number) as number from postings where number >= 7');
      const number = Number(moved?.number);
      await raw.run(`update postings set amount = amount + 1 where number = ${String(number)} and line = 0`);
      await raw.close();
      const { code, out } = await jishan(place, ['verify', '--json']);
      expect(code).toBe(1);
      expect(JSON.parse(out)).toMatchObject({ ok: false, bad: { number } });
      const file = join(folder, 'tampered.backup');
      expect(await jishan(place, ['backup', file])).toMatchObject({ code: 1, out: '' });
      expect(existsSync(file)).toBe(false);
    });
  });
});
