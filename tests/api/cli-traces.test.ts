import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openStore, type Store } from '../../db/index.ts';
import { run } from '../../server/cli/main.ts';
import { actEntries } from '../../server/ledger/index.ts';
import { createTestDatabase, type TestDatabase } from '../support/postgres.ts';
import { openRaw } from '../support/raw.ts';
import { ENGINES } from '../support/stores.ts';

/**
 * Every command of the command line, and its trace: the act that it books under the name of the command line, or the reason
 * why it leaves none. A command without a line here fails.
 */
const COMMANDS: Readonly<Record<string, { readonly act: string } | string>> = {
  verify: 'reads only; the outcome is kept as that of every verification',
  export: { act: 'books.exported' },
  'import-journal':
    'fills an empty book with entries that are sealed, and arrives at their head: one more would be another head',
  'import-roster': { act: 'imports.committed' },
  'import-balances': { act: 'imports.committed' },
  'create-admin': { act: 'staff.created' },
  'reset-password': { act: 'staff.password_reset' },
  backup: { act: 'backups.made' },
  backups: 'reads only, and only the names and heads of the backup folder',
  restore: { act: 'backups.restored' },
  'move-to-postgres':
    'copies the book to the same head; the old file is marked as moved, and refused from then on',
  https: { act: 'https.certificate_made' },
  help: 'reads nothing',
};

/** The arguments of commands that need some, and their standard input. */
const ARGUMENTS: Readonly<Record<string, (folder: string) => readonly string[]>> = {
  export: (folder) => ['--format', 'journal', '--out', join(folder, 'book.journal')],
  'import-roster': () => ['db/starter/roster-sample.xlsx'],
  'import-balances': () => ['db/starter/opening-balances-sample.xlsx'],
  'create-admin': () => ['--username', 'laozhang', '--name', '老张'],
  'reset-password': () => ['laozhang'],
  backup: (folder) => [join(folder, 'all.backup')],
  restore: (folder) => [join(folder, 'all.backup'), '--force'],
};

async function jishan(env: Record<string, string>, args: readonly string[]) {
  const said = { out: '', notes: '' };
  const code = await run(args, env, {
    out: (text) => (said.out += text),
    note: (text) => (said.notes += `${text}\n`),
    readStdin: () => Promise.resolve('a fine long password'),
  });
  return { code, ...said };
}

it('the list has every command there is', async () => {
  const { out } = await jishan({ LANG: 'en' }, ['--help']);
  const listed = out.slice(out.indexOf('Commands'), out.lastIndexOf('xit codes'));
  const names = Array.from(listed.matchAll(/^ {2}([a-z][a-z-]*)/gm), ([, name = '']) => name);
  expect(names.toSorted()).toEqual(Object.keys(COMMANDS).toSorted());
});

describe.each(ENGINES)('somebody at the machine itself, on $engine', ({ engine, missing }) => {
  describe.skipIf(missing)('leaves an act', () => {
    let folder = '';
    let database: TestDatabase | null = null;
    let env: Record<string, string> = {};
    beforeAll(async () => {
      folder = mkdtempSync(join(tmpdir(), 'jishan-traces-'));
      database = engine === 'postgres' ? await createTestDatabase() : null;
      env = {
        DATA_DIR: join(folder, 'data'),
        LANG: 'en',
        ...(database ? { DATABASE_URL: database.url } : {}),
      };
      const founding = ['--village-name', '清河村', '--town', '谷旦镇'];
      await jishan(env, ['create-admin', '--username', 'laowang', '--name', '老王', ...founding]);
    });
    afterAll(async () => {
      await database?.drop();
      rmSync(folder, { recursive: true });
    });

    async function inBook<T>(work: (store: Store, villageId: string) => Promise<T>): Promise<T> {
      const store = await openStore({ dataDir: env.DATA_DIR ?? '', databaseUrl: env.DATABASE_URL });
      try {
        const [village] = await store.read(({ db, t }) => db.select({ id: t.villages.id }).from(t.villages));
        return await work(store, village?.id ?? '');
      } finally {
        await store.close();
      }
    }
    const newest = () => inBook((store, id) => store.read((reader) => actEntries(reader, id, { limit: 20 })));

    const acting = Object.entries(COMMANDS).flatMap(([name, trace]) =>
      typeof trace === 'string' ? [] : [{ name, act: trace.act }],
    );
    // The roster comes before the balances, and the account before its password.
    it.each(acting.toSorted((one, other) => order(one.name) - order(other.name)))(
      '$name: $act',
      async ({ name, act }) => {
        const before = (await newest())[0]?.number ?? 0;
        const { code, notes } = await jishan(env, [name, ...(ARGUMENTS[name]?.(folder) ?? [])]);
        expect({ code, notes }).toMatchObject({ code: 0 });
        // A restore goes on behind the book of its backup.
        const fresh = (await newest()).filter(({ number }) => number > before || act === 'backups.restored');
        const told = fresh.find(({ facts }) => facts.get('act') === act);
        expect(told).toMatchObject({ actorId: 'command_line' });
        expect(told?.facts.get('via')).toBe('command_line');
      },
    );

    it('and a book of it alone verifies', async () => {
      expect(await jishan(env, ['verify'])).toMatchObject({ code: 0 });
    });

    it('but for a damaged book, which takes none: its export is noted beside it', async () => {
      const file = join(folder, 'damaged.journal');
      const words = ['export', '--format', 'journal', '--out', file];
      const note = join(env.DATA_DIR ?? '', 'exports-without-act.jsonl');
      expect(await jishan(env, [...words, '--damaged'])).toMatchObject({ code: 1 });
      expect([existsSync(file), existsSync(note)]).toEqual([false, false]);
      const raw = await openRaw({ dataDir: env.DATA_DIR ?? '', databaseUrl: env.DATABASE_URL });
      await raw.disarm();
      await raw.run('update ledger_heads set number = number - 1');
      await raw.close();
      expect((await jishan(env, words)).code).not.toBe(0);
      expect(existsSync(file)).toBe(false);
      expect(await jishan(env, [...words, '--damaged'])).toMatchObject({ code: 0 });
      expect(readFileSync(file, 'utf8').split('\n').length).toBeGreaterThan(5);
      expect(JSON.parse(readFileSync(note, 'utf8'))).toMatchObject({
        format: 'journal',
        out: file,
        check: 'head',
      });
    });
  });
});

const ORDER = [
  'import-roster',
  'import-balances',
  'create-admin',
  'reset-password',
  'export',
  'backup',
  'restore',
];

function order(name: string): number {
  return ORDER.indexOf(name);
}
