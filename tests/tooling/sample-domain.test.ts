import { spawnSync } from 'node:child_process';
import {
  cpSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import process from 'node:process';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';

const root = join(import.meta.dirname, '..', '..');
const fixture = join(root, 'tests', 'fixtures', 'sample-domain');

/** The import and the name that a new domain adds to each list (docs/adding-a-domain.md). */
const LISTS = [
  { file: 'shared/domains.ts', name: 'wishes', line: "import * as wishes from './wishes/domain.ts';" },
  { file: 'shared/served.ts', name: 'wishes', line: "import * as wishes from './wishes/contract.ts';" },
  { file: 'db/tables/index.ts', name: 'wishesTables', line: "import { wishesTables } from './wishes.ts';" },
  {
    file: 'server/modules.ts',
    name: 'wishesModule',
    line: "import { wishesModule } from './wishes/module.ts';",
  },
  {
    file: 'server/ledger-kinds.ts',
    name: 'wishes',
    line: "import * as wishes from './wishes/ledger-kinds.ts';",
  },
] as const;
/** The files that the copy needs to be type-checked, migrated and tested. */
const COPIED = [
  ...['shared', 'db', 'server', 'client', 'scripts', 'tests', 'package.json', 'package-lock.json'],
  ...['tsconfig.json', 'tsconfig.postgres.json', 'vitest.config.ts'],
];

/** Adds a domain of one table and three endpoints to a copy of the project, like the guide says. */
describe('a domain that is added by one line a list', () => {
  let copy = '';
  beforeAll(() => {
    copy = mkdtempSync(join(tmpdir(), 'jishan-domain-'));
    for (const path of COPIED) cpSync(join(root, path), join(copy, path), { recursive: true });
    symlinkSync(join(root, 'node_modules'), join(copy, 'node_modules'), 'dir');
    for (const file of filesOf(fixture)) {
      const target = join(copy, file.replace(/\.txt$/, ''));
      mkdirSync(dirname(target), { recursive: true });
      cpSync(join(fixture, file), target);
    }
    for (const { file, name, line } of LISTS) enter(join(copy, file), name, line);
  });
  afterAll(() => {
    rmSync(copy, { recursive: true, force: true });
  });

  it('takes nine files of its own and five lines', () => {
    expect(filesOf(fixture)).toHaveLength(9);
    expect(LISTS).toHaveLength(5);
  });

  it('gets its migrations by the command, the same on both engines', () => {
    for (const engine of ['sqlite', 'postgres']) {
      run([
        'node_modules/drizzle-kit/bin.cjs',
        'generate',
        '--config',
        `db/drizzle.${engine}.ts`,
        '--name',
        'wishes',
      ]);
      const made = readdirSync(join(copy, 'db', engine, 'migrations')).filter((file) =>
        file.endsWith('.sql'),
      );
      expect(made.at(-1)).toMatch(/_wishes\.sql$/);
      expect(readFileSync(join(copy, 'db', engine, 'migrations', made.at(-1) ?? ''), 'utf8')).toMatch(
        /^CREATE TABLE [`"]wishes[`"]/,
      );
    }
    run(['scripts/check-migrations.mjs', '--release']);
    run(['scripts/check-migrations.mjs']);
  });

  it('compiles with its tests, but for its words on the screens', () => {
    const places = placesOf('tsconfig.json');
    expect(places.filter((file) => !file.startsWith('client/'))).toEqual([]);
    expect(places).toContain('client/desk/books/entry-words.ts');
  });

  it('compiles but for what is missing of it: a sentence, a handler, the data class of a column', () => {
    const faults = [
      { file: 'shared/wishes/contract.ts', was: /  'wish\.promised': \{[^]*?\n  \},\n/, is: '' },
      { file: 'server/wishes/module.ts', was: "'wishes.list': async", is: "'wishes.listed': async" },
      { file: 'db/tables/wishes.ts', was: ".personal('household', 'erased')", is: '' },
    ];
    const whole = faults.map(({ file }) => readFileSync(join(copy, file), 'utf8'));
    faults.forEach(({ file, was, is }, index) => {
      const planted = whole[index]?.replace(was, is) ?? '';
      expect(planted).not.toBe(whole[index]);
      writeFileSync(join(copy, file), planted);
    });
    const places = placesOf('tsconfig.postgres.json');
    for (const { file } of faults) expect(places).toContain(file);
    expect(
      places.filter((file) => !/wishes|^shared\/(?:contract|words)\.ts$|^server\/app\.ts$/.test(file)),
    ).toEqual([]);
    faults.forEach(({ file }, index) => {
      writeFileSync(join(copy, file), whole[index] ?? '');
    });
  });

  it('is found on both engines wherever domains are put together', () => {
    const said = run(
      [
        'node_modules/vitest/vitest.mjs',
        'run',
        '--reporter=verbose',
        '--project',
        'api',
        '--project',
        'unit',
      ].concat([
        'tests/api/wishes.test.ts',
        'tests/unit/shared/fold.test.ts',
        'tests/unit/db/kits.test.ts',
        'tests/unit/shared/error-sentences.test.ts',
      ]),
    );
    expect(said).toMatch(/wishes on sqlite/);
    expect(said).toMatch(/wishes on postgres/);
    expect(said).not.toMatch(/skipped/);
  });

  /** The files in which the compiler finds errors. */
  function placesOf(project: string): string[] {
    const tsc = ['node_modules/typescript/bin/tsc', '--noEmit', '-p', project];
    const { stdout } = spawnSync(process.execPath, tsc, { cwd: copy, encoding: 'utf8' });
    return Array.from(stdout.matchAll(/^([\w./-]+)\(\d+,\d+\): error/gm), ([, file]) => file ?? '');
  }

  /** Runs a Node program in the copy. If it fails, the error has its output. */
  function run(args: readonly string[]): string {
    const environment = Object.fromEntries(
      Object.entries(process.env).filter(([name]) => !/^(?:NODE_ENV|VITEST|TEST|JISHAN_TEST)/.test(name)),
    );
    const { status, stdout, stderr } = spawnSync(process.execPath, args, {
      cwd: copy,
      encoding: 'utf8',
      env: { ...environment, NO_COLOR: '1' },
    });
    if (status !== 0) throw new Error(`${args.join(' ')}\n${stdout}${stderr}`);
    return stdout;
  }
});

/** Adds an import and a name to a list. */
function enter(path: string, name: string, line: string): void {
  const text = readFileSync(path, 'utf8');
  const lastImport = text.lastIndexOf('\nimport ') + 1;
  const withImport = `${text.slice(0, lastImport)}${line}\n${text.slice(lastImport)}`;
  writeFileSync(path, withImport.replace(/,?\n?\] as const;/, `, ${name}] as const;`));
}

function filesOf(folder: string): string[] {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name).slice(folder.length + 1));
}
