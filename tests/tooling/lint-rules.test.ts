import { ESLint } from 'eslint';
import { spawnSync } from 'node:child_process';
import {
  copyFileSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, relative } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { kit } from '../../db/sqlite/kit.ts';
import { defineTables } from '../../db/tables/index.ts';
import { tables } from '../../scripts/lint-rules.mjs';
import { sourceFiles } from '../support/source-files.ts';

const root = join(import.meta.dirname, '..', '..');

const ASKS = new Set(
  ['no-restricted-globals', 'no-restricted-imports', 'no-new-func', 'no-eval'].map(
    (name) => `eslint/${name}`,
  ),
);

const anywhere: Record<string, string> = {
  'typescript/no-floating-promises':
    'declare function write(): PromiseLike<string[]>;\nexport function lost() {\n  write();\n}',
  'typescript/no-explicit-any': 'export const x = (value: any): unknown => value;',
  'typescript/no-non-null-assertion': 'export const x = (value?: string): string => value!;',
  'typescript/consistent-type-imports': "import { Tx } from '../../db/index.ts';\nexport type X = Tx;",
  'eslint/no-console': "console.log('left behind');",
  'eslint/no-warning-comments': '// TODO later\nexport {};',
  'eslint/eqeqeq': 'export const x = (a: string, b: string): boolean => a == b;',
  'eslint/max-lines': 'export {};\n'.repeat(401),
  'eslint/max-lines-per-function': `export function long(): number {\n${'  Math.max(1, 2);\n'.repeat(95)}  return 1;\n}`,
  'eslint/complexity': `export function knot(n: number): number {\n${Array.from({ length: 25 }, (_, i) => `  if (n === ${i}) return ${i};\n`).join('')}  return n;\n}`,
  'typescript/TS2322': "export const x: number = 'text';",
};

/** One fault for each rule. Some need the types of another file. */
const screen = `<script setup lang="ts">
import { watch } from 'vue';
import { localDay } from '../i18n/format.ts';
import { useLoad } from '../ui/useLoad.ts';

const key = localDay(0) ?? '';
const unused = 2;
const { reload } = useLoad(() => Promise.reject(new Error('none')));
reload();
void reload().then(() => watch(key, () => undefined));
</script>

<template>
  <p v-html="key" />
</template>
`;
const brokenInScreen = [
  '@typescript-eslint/no-floating-promises',
  '@typescript-eslint/no-unnecessary-condition',
  '@typescript-eslint/no-unused-vars',
  'jishan/no-late-watch',
  'vue/no-v-html',
];

const writes: string[] = [
  'tx.db.insert(tx.t.journal);',
  'tx.db.update(tx.t.balances);',
  'const { postings } = tx.t;\ntx.db.delete(postings);',
  'const { accounts: rows } = tx.t;\ntx.db.update(rows);',
  'const heads = tx.t.ledgerHeads;\ntx.db.update(heads);',
  "declare function added(table: string, row: object): void;\nadded('journal', {});",
  "declare function changed(table: string, row: object, change: object): void;\nchanged('balances', {}, {});",
  'sql`delete from journal_texts where number = 1`;',
  'run(\'UPDATE "postings" set amount = 1\');',
];

/** Code that sends a request, starts a program or runs text. */
const outgoing: string[] = [
  'export const x = (host: string) => fetch(`http://${host}/`);',
  "export { request } from 'node:http';",
  "import { get } from 'node:http';\nexport const x = get;",
  "import https from 'node:https';\nexport const x = https.request;",
  "import { connect } from 'node:net';\nexport const x = connect;",
  "import { lookup } from 'dns';\nexport const x = lookup;",
  "import { execFile } from 'node:child_process';\nexport const x = execFile;",
  "import { runInNewContext } from 'node:vm';\nexport const x = runInNewContext;",
  'export const x = (text: string): unknown => new Function(text);',
  'export const x = (text: string): unknown => eval(text);',
];

const opensConnection = "import { connect } from 'node:net';\nexport const x = connect;";

const engineWords: string[] = [
  'select 1 from goods for update',
  "name ilike '%a%'",
  'select array[1, 2]',
  'at < now()',
  'insert into goods values (1) returning id',
  "a::text = 'b'",
  'id = any(ids)',
  "strftime('%Y', at)",
  'insert or replace into goods values (1)',
];

const mints: string[] = [
  "import { newKey } from '../../api/index.ts';\nexport const key = newKey();",
  "import { newKey as mint } from '../../api/index.ts';\nexport const key = mint();",
  "import * as api from '../../api/index.ts';\nexport const key = api.newKey();",
  "export { newKey } from '../../api/index.ts';",
];

const watching = "import { onScopeDispose, watch } from 'vue';\ndeclare function load(): Promise<number>;\n";
const lateWatches: string[] = [
  'export const x = () => load().then(() => { watch(() => 1, () => 2); });',
  'export async function x() { await load(); watch(() => 1, () => 2); }',
  'export const x = () => load().finally(() => { onScopeDispose(() => 1); });',
];
const timelyWatches: string[] = [
  'export async function x() { watch(() => 1, () => 2); await load(); }',
  'export function x() { void load().then(() => 2); onScopeDispose(() => 1); }',
];

const declared = 'declare const tx: any; declare const run: any; declare const sql: any;\n';
const reads =
  'const { goods } = tx.t;\ntx.db.update(goods);\ntx.db.select().from(tx.t.journal);\nnew Map().delete(run.id);';
const inSql = (text: string) => `declare const sql: any;\nexport const q = sql\`${text}\`;`;
const inBoth =
  'select coalesce(sum(amount), 0) from goods where price >= 1 and name like 1 order by id limit 1';

/** A folder of planted files, one for each text in each folder. */
class Planted {
  readonly folder = mkdtempSync(join(tmpdir(), 'jishan-planted-'));
  private readonly files = new Map<string, string>();
  private broken: ReadonlyMap<string, readonly string[]> | undefined;

  constructor() {
    for (const name of ['oxlint.config.ts', 'tsconfig.json', 'package.json'])
      copyFileSync(join(root, name), join(this.folder, name));
    for (const name of ['node_modules', 'scripts']) symlinkSync(join(root, name), join(this.folder, name));
  }

  /** Plants each of the texts in each of the folders. */
  plant(folders: readonly string[], texts: readonly string[]): void {
    for (const folder of folders)
      for (const text of texts) {
        const file = join(folder, `planted-${String(this.files.size)}.ts`);
        this.files.set(`${folder}\n${text}`, file);
        mkdirSync(dirname(join(this.folder, file)), { recursive: true });
        writeFileSync(join(this.folder, file), text);
      }
  }

  /** The rules that `text` breaks in `folder`, such as `plugin/rule`. */
  rules(folder: string, text: string): readonly string[] {
    const file = this.files.get(`${folder}\n${text}`);
    if (file === undefined) throw new Error(`nothing is planted in ${folder}: ${text}`);
    this.broken ??= lint(this.folder);
    return this.broken.get(file) ?? [];
  }

  remove(): void {
    rmSync(this.folder, { recursive: true, force: true });
  }
}

/** The linter gets these folders by name. Else it would follow the links to the packages. */
const FOLDERS = ['client', 'db', 'server', 'shared'];

interface Finding {
  readonly code: string;
  readonly filename: string;
}

function lint(folder: string): Map<string, string[]> {
  const program = join(root, 'node_modules/oxlint/bin/oxlint');
  const { stdout, stderr } = spawnSync(process.execPath, [program, '--format', 'json', ...FOLDERS], {
    cwd: folder,
    encoding: 'utf8',
    maxBuffer: 64 * 1024 * 1024,
  });
  if (!stdout.startsWith('{')) throw new Error(`the linter said: ${stdout}${stderr}`);
  const { diagnostics } = JSON.parse(stdout) as { diagnostics: Finding[] };
  const byFile = new Map<string, string[]>();
  for (const { code, filename } of diagnostics) {
    const file = relative(folder, join(folder, filename));
    byFile.set(file, [...(byFile.get(file) ?? []), code.replace('(', '/').replace(')', '')]);
  }
  return byFile;
}

describe('the linter', () => {
  const planted = new Planted();
  beforeAll(() => {
    planted.plant(['server/goods', 'shared', 'db'], outgoing);
    planted.plant(['server/goods'], Object.values(anywhere));
    planted.plant(['server/printers'], [opensConnection]);
    planted.plant(['client/desk/goods', 'client/me/composables', 'client/intent'], mints);
    planted.plant(
      ['server/goods', 'server/ledger'],
      [...writes, reads].map((text) => declared + text),
    );
    planted.plant(
      ['client/desk/goods'],
      [...lateWatches, ...timelyWatches].map((text) => watching + text),
    );
    planted.plant(['server/goods', 'db'], [...engineWords, inBoth].map(inSql));
  });
  afterAll(() => {
    planted.remove();
  });

  it.each(outgoing)('lets the server ask nobody and run nothing: %s', (text) => {
    for (const folder of ['server/goods', 'shared', 'db'])
      expect(planted.rules(folder, text).filter((rule) => ASKS.has(rule))).not.toEqual([]);
  });

  it('lets one file open a connection, to the shop’s printer, and none beside it', () => {
    expect(planted.rules('server/printers', opensConnection)).toContain('eslint/no-restricted-imports');
    const openers = sourceFiles('server', /\.ts$/).filter((path) =>
      /import \{[^}]*\b(?:connect|createConnection|Socket)\b(?<!type Socket)[^}]*\} from '(?:node:)?(?:net|tls|dgram|dns)'/.test(
        readFileSync(join(root, path), 'utf8'),
      ),
    );
    expect(openers).toEqual(['server/printers/send-to-printer.ts']);
  });

  it.each(Object.entries(anywhere))('sees %s', (rule, text) => {
    expect(planted.rules('server/goods', text)).toContain(rule);
  });

  it('passes a screen as it is, and sees what is planted in it, typed rules too', async () => {
    const eslint = new ESLint({ cwd: root });
    const filePath = join(root, 'client/kiosk/App.vue');
    const [asItIs] = await eslint.lintFiles(filePath);
    expect(asItIs?.messages).toEqual([]);
    const [result] = await eslint.lintText(screen, { filePath });
    expect(result?.messages.map(({ ruleId }) => ruleId).sort()).toEqual(brokenInScreen);
  });

  it.each(mints)('lets only intents mint keys: %s', (text) => {
    const rule = 'eslint/no-restricted-imports';
    for (const folder of ['client/desk/goods', 'client/me/composables'])
      expect(planted.rules(folder, text)).toContain(rule);
    expect(planted.rules('client/intent', text)).not.toContain(rule);
  });

  it.each(lateWatches)('sees a watcher that nothing stops: %s', (text) => {
    expect(planted.rules('client/desk/goods', watching + text)).toContain('jishan/no-late-watch');
  });

  it.each(timelyWatches)('lets a watcher be that stops with its screen: %s', (text) => {
    expect(planted.rules('client/desk/goods', watching + text)).not.toContain('jishan/no-late-watch');
  });

  describe('lets only its own room write a table', () => {
    const rule = 'jishan/own-tables';

    it.each(writes)('%s', (text) => {
      expect(planted.rules('server/goods', declared + text)).toContain(rule);
      expect(planted.rules('server/ledger', declared + text)).not.toContain(rule);
    });

    it('and lets others write their own and read', () => {
      expect(planted.rules('server/goods', declared + reads)).not.toContain(rule);
      expect(planted.rules('server/ledger', declared + reads)).toContain(rule);
    });

    it('and knows all of them by name, each with a room of the server', () => {
      expect(Object.keys(tables).sort()).toEqual(Object.keys(defineTables(kit)).sort());
      for (const { room } of Object.values(tables)) expect(existsSync(join(root, 'server', room))).toBe(true);
    });
  });

  describe('keeps words of one engine in db/', () => {
    const rule = 'jishan/no-engine-words';

    it.each(engineWords)('%s', (text) => {
      expect(planted.rules('server/goods', inSql(text))).toContain(rule);
      expect(planted.rules('db', inSql(text))).not.toContain(rule);
    });

    it('and passes what both know', () => {
      expect(planted.rules('server/goods', inSql(inBoth))).not.toContain(rule);
    });
  });
});
