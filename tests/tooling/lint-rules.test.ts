import { ESLint } from 'eslint';
import { join } from 'node:path';
import tseslint from 'typescript-eslint';
import { beforeAll, describe, expect, it } from 'vitest';
import { kit } from '../../db/sqlite/kit.ts';
import { ledgerTables } from '../../db/tables/ledger.ts';
import { ledgerTables as ledgerNames } from '../../scripts/lint-rules.mjs';

const root = join(import.meta.dirname, '..', '..');

/** The rules that `text` breaks, linted as if it stood in `file` (which must exist, for its types). */
async function broken(eslint: ESLint, file: string, text: string): Promise<string[]> {
  const [result] = await eslint.lintText(text, { filePath: join(root, file) });
  return (result?.messages ?? []).map((message) => message.ruleId ?? message.message);
}

const ASKS = /^(?:no-restricted-globals|@typescript-eslint\/no-restricted-imports|no-new-func|no-eval)$/;

const anywhere: Record<string, string> = {
  '@typescript-eslint/no-floating-promises':
    'declare function write(): PromiseLike<string[]>;\nexport function lost() {\n  write();\n}',
  '@typescript-eslint/no-explicit-any': 'export const x = (value: any): unknown => value;',
  '@typescript-eslint/no-non-null-assertion': 'export const x = (value?: string): string => value!;',
  '@typescript-eslint/consistent-type-imports':
    "import { Tx } from '../../db/index.ts';\nexport type X = Tx;",
  'no-console': "console.log('left behind');",
  'no-warning-comments': '// TODO later\nexport {};',
  eqeqeq: 'export const x = (a: string, b: string): boolean => a == b;',
  'max-lines': 'export {};\n'.repeat(401),
  'max-lines-per-function': `export function long(): number {\n${'  Math.max(1, 2);\n'.repeat(95)}  return 1;\n}`,
  complexity: `export function knot(n: number): number {\n${Array.from({ length: 25 }, (_, i) => `  if (n === ${i}) return ${i};\n`).join('')}  return n;\n}`,
};

/** One fault for each rule; what another file says of a type counts too. */
const screen = `<script setup lang="ts">
import { localDay } from '../i18n/format.ts';
import { useLoad } from '../ui/useLoad.ts';

const key = localDay(0) ?? '';
const unused = 2;
const { reload } = useLoad(() => Promise.reject(new Error('none')));
reload();
</script>

<template>
  <p v-html="key" />
</template>
`;
const brokenInScreen = [
  '@typescript-eslint/no-floating-promises',
  '@typescript-eslint/no-unnecessary-condition',
  '@typescript-eslint/no-unused-vars',
  'vue/no-v-html',
];

const writes: string[] = [
  'tx.db.insert(tx.t.journal);',
  'tx.db.update(tx.t.balances);',
  'const { postings } = tx.t;\ntx.db.delete(postings);',
  'const { accounts: rows } = tx.t;\ntx.db.update(rows);',
  'const heads = tx.t.ledgerHeads;\ntx.db.update(heads);',
  'sql`delete from journal_texts where number = 1`;',
  'run(\'UPDATE "postings" set amount = 1\');',
];

/** What would send a request, start a program or run text. */
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

describe('the linter', () => {
  let eslint: ESLint;
  /** The same rules but those that ask for types, which every changed text makes TypeScript work out anew. */
  let untyped: ESLint;
  beforeAll(() => {
    eslint = new ESLint({ cwd: root });
    untyped = new ESLint({ cwd: root, overrideConfig: tseslint.configs.disableTypeChecked });
  });

  it.each(outgoing)('lets the server ask nobody and run nothing: %s', async (text) => {
    for (const file of ['server/shop/redeem.ts', 'shared/points.ts', 'db/store.ts'])
      expect((await broken(untyped, file, text)).filter((rule) => ASKS.test(rule))).not.toEqual([]);
  });

  it.each(Object.entries(anywhere))('sees %s', async (rule, text) => {
    expect(await broken(eslint, 'server/ledger/index.ts', text)).toContain(rule);
  });

  it('passes a screen as it is, and sees what is planted in it, typed rules too', async () => {
    const [asItIs] = await eslint.lintFiles(join(root, 'client/desk/App.vue'));
    expect(asItIs?.messages).toEqual([]);
    expect((await broken(eslint, 'client/desk/App.vue', screen)).sort()).toEqual(brokenInScreen);
  });

  it.each([
    "import { newKey } from '../../api/index.ts';\nexport const key = newKey();",
    "import { newKey as mint } from '../../api/index.ts';\nexport const key = mint();",
    "import * as api from '../../api/index.ts';\nexport const key = api.newKey();",
    "export { newKey } from '../../api/index.ts';",
  ])('lets only intents mint keys: %s', async (text) => {
    const rule = '@typescript-eslint/no-restricted-imports';
    for (const file of ['client/desk/goods/stock-list.ts', 'client/me/composables/useGoal.ts'])
      expect(await broken(eslint, file, text)).toContain(rule);
    expect(await broken(eslint, 'client/intent/intent.ts', text)).not.toContain(rule);
  });

  describe('lets only the ledger write its tables', () => {
    const declared = 'declare const tx: any; declare const run: any; declare const sql: any;\n';
    const rule = 'jishan/only-ledger-writes';

    it.each(writes)('%s', async (text) => {
      expect(await broken(untyped, 'server/shop/goods.ts', declared + text)).toContain(rule);
      expect(await broken(untyped, 'server/ledger/index.ts', declared + text)).not.toContain(rule);
    });

    it('and lets others write their own and read', async () => {
      const text =
        'const { goods } = tx.t;\ntx.db.update(goods);\ntx.db.select().from(tx.t.journal);\nnew Map().delete(run.id);';
      expect(await broken(untyped, 'server/shop/goods.ts', declared + text)).not.toContain(rule);
    });

    it('and knows all of them by name', () => {
      expect(Object.keys(ledgerNames).sort()).toEqual(Object.keys(ledgerTables(kit)).sort());
    });
  });

  describe('keeps words of one engine in db/', () => {
    const rule = 'jishan/no-engine-words';
    const wrap = (text: string) => `declare const sql: any;\nexport const q = sql\`${text}\`;`;

    it.each(engineWords)('%s', async (text) => {
      expect(await broken(untyped, 'server/shop/goods.ts', wrap(text))).toContain(rule);
      expect(await broken(untyped, 'db/index.ts', wrap(text))).not.toContain(rule);
    });

    it('and passes what both know', async () => {
      const text =
        'select coalesce(sum(amount), 0) from goods where price >= 1 and name like 1 order by id limit 1';
      expect(await broken(untyped, 'server/shop/goods.ts', wrap(text))).not.toContain(rule);
    });
  });
});
