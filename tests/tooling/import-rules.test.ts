import { execFileSync } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, readdirSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterEach, beforeAll, describe, expect, it } from 'vitest';

interface Config {
  forbidden: { name: string }[];
}

const root = join(import.meta.dirname, '..', '..');
const config = createRequire(import.meta.url)('../../.dependency-cruiser.cjs') as Config;

/** A small project with the same folders that breaks no import rule. */
const cleanHouse: Record<string, string> = {
  'shared/points.ts': 'export const one = 1;',
  'db/index.ts': "import { one } from '../shared/points.ts';\nexport const rows = one;",
  'server/ledger/index.ts': "export { post } from './post.ts';",
  'server/ledger/post.ts': "import { rows } from '../../db/index.ts';\nexport const post = rows;",
  'server/goods/index.ts': "import { post } from '../ledger/index.ts';\nexport const redeem = post;",
  'server/app.ts': "import { redeem } from './goods/index.ts';\nexport const app = redeem;",
  'server/serve.ts': "import { app } from './app.ts';\nexport const main = app;",
  'client/kit/button.ts': "import { one } from '../../shared/points.ts';\nexport const button = one;",
  'client/kiosk/till.ts': "import { button } from '../kit/button.ts';\nexport const till = button;",
  'client/desk/Desk.vue': '<script setup lang="ts">\nimport { button } from \'../kit/button.ts\';\n</script>',
  'tests/unit/points.test.ts': "import { post } from '../../server/ledger/post.ts';\nexport const t = post;",
};

/** The files that break each rule, with their imports. */
const planted: Record<string, [file: string, text: string][]> = {
  'no-circles': [
    ['db/index.ts', "import type { R } from './rows.ts';\nexport const rows: R = 1;"],
    ['db/rows.ts', "export type { rows } from './index.ts';\nexport type R = number;"],
  ],
  'nothing-missing': [['shared/lost.ts', "import { x } from './nowhere.ts';\nexport const lost = x;"]],
  'shared-stands-alone': [
    ['shared/nosy.ts', "import type { rows } from '../db/index.ts';\nexport type Nosy = typeof rows;"],
  ],
  'shared-runs-anywhere': [
    ['shared/file.ts', "import { readFileSync } from 'node:fs';\nexport const file = readFileSync;"],
  ],
  'db-knows-shared-only': [
    ['db/nosy.ts', "import { post } from '../server/ledger/index.ts';\nexport const nosy = post;"],
  ],
  'server-knows-shared-and-db': [
    [
      'server/goods/nosy-of-client.ts',
      "import { button } from '../../client/kit/button.ts';\nexport const nosy = button;",
    ],
  ],
  'client-knows-shared-only': [
    [
      'client/me/Nosy.vue',
      '<script setup lang="ts">\nimport { rows } from \'../../db/index.ts\';\nrows;\n</script>',
    ],
  ],
  'commands-know-the-database-only': [
    ['server/commands/nosy.ts', "import { post } from '../ledger/index.ts';\nexport const nosy = post;"],
  ],
  'faces-stand-apart': [
    ['client/desk/nosy.ts', "import { till } from '../kiosk/till.ts';\nexport const nosy = till;"],
  ],
  'kit-knows-no-face': [
    ['client/kit/nosy.ts', "import { till } from '../kiosk/till.ts';\nexport const nosy = till;"],
  ],
  'by-the-front-door': [
    [
      'server/goods/nosy-of-ledger.ts',
      "import { post } from '../ledger/post.ts';\nexport const nosy = post;",
    ],
  ],
  'by-the-front-door-from-the-top': [
    ['server/nosy.ts', "import { post } from './ledger/post.ts';\nexport const nosy = post;"],
  ],
  'generic-rooms-know-no-domain': [
    ['server/badges/index.ts', 'export const badge = 1;'],
    ['server/http/nosy.ts', "import { badge } from '../badges/index.ts';\nexport const nosy = badge;"],
  ],
  'ledger-knows-no-domain': [
    ['server/honours/index.ts', 'export const star = 1;'],
    ['server/ledger/nosy.ts', "import { star } from '../honours/index.ts';\nexport const nosy = star;"],
  ],
  'ledger-knows-no-domain-in-shared': [
    ['shared/honours/words.ts', 'export const star = 1;'],
    [
      'server/ledger/nosy-of-words.ts',
      "import { star } from '../../shared/honours/words.ts';\nexport const nosy = star;",
    ],
  ],
  'kinds-are-plain-data': [
    ['server/wishes/wish.ts', 'export const wish = 1;'],
    ['server/wishes/ledger-kinds.ts', "import { wish } from './wish.ts';\nexport const accountKinds = wish;"],
  ],
  'top-is-the-top': [
    ['server/wishes/index.ts', "import { main } from '../serve.ts';\nexport const wish = main;"],
  ],
  'no-test-tools-in-the-program': [
    ['server/goods/nosy-of-tests.ts', "import request from 'supertest';\nexport const nosy = request;"],
  ],
};

const houses: string[] = [];

function build(extra: [file: string, text: string][]): string {
  const house = mkdtempSync(join(tmpdir(), 'jishan-house-'));
  houses.push(house);
  for (const [file, text] of [...Object.entries(cleanHouse), ...extra]) {
    mkdirSync(dirname(join(house, file)), { recursive: true });
    writeFileSync(join(house, file), text);
  }
  for (const file of ['package.json', 'tsconfig.json']) cpSync(join(root, file), join(house, file));
  symlinkSync(join(root, 'node_modules'), join(house, 'node_modules'), 'dir');
  return house;
}

/** Runs scripts/check-imports.mjs on the folder. */
function check(folder: string, env: Record<string, string> = {}): { lines: string[]; passed: boolean } {
  const program = join(root, 'scripts', 'check-imports.mjs');
  try {
    const output = execFileSync(process.execPath, [program, folder], {
      encoding: 'utf8',
      env: { ...process.env, ...env },
    });
    return { lines: output.trim().split('\n'), passed: true };
  } catch (error) {
    const { stdout } = error as { stdout: string };
    return { lines: stdout.trim().split('\n'), passed: false };
  }
}

afterEach(() => {
  for (const house of houses.splice(0)) rmSync(house, { recursive: true, force: true });
});

describe('the import rules', () => {
  it('find nothing in a house whose walls stand', () => {
    expect(check(build([]))).toEqual({ lines: ['11 files, 0 violations, 0 unread'], passed: true });
  });

  describe('in a house where each is broken once', () => {
    let found: { lines: string[]; passed: boolean };
    beforeAll(() => {
      found = check(build(Object.values(planted).flat()));
    });

    it.each(config.forbidden.map((rule) => rule.name))('catch what breaks %s', (name) => {
      const plants = planted[name];
      if (plants === undefined) throw new Error(`No violation of ${name} is planted: add one`);
      expect(found.passed).toBe(false);
      const caught = found.lines.filter((line) =>
        plants.some(([file]) => line.startsWith(`${name}: ${file} `)),
      );
      expect(caught).not.toEqual([]);
    });
  });

  it('fail when the tool is blind to TypeScript, as it is beside a version it does not know', () => {
    const hook = `import { registerHooks } from 'node:module';
      registerHooks({
        resolve(name, context, next) {
          if (name === 'typescript') throw new Error('gone');
          return next(name, context);
        },
      });`;
    const blindfold = `--import data:text/javascript,${encodeURIComponent(hook)}`;
    const { lines, passed } = check(build([]), { NODE_OPTIONS: blindfold });
    expect(passed).toBe(false);
    expect(lines).toContain('not read by dependency-cruiser: server/ledger/post.ts');
  });

  it('are applied to every source file of the project', () => {
    const rooms = ['shared', 'db', 'server', 'client', 'tests', 'scripts'];
    const onDisk = rooms
      .flatMap((room) => readdirSync(join(root, room), { recursive: true, encoding: 'utf8' }))
      .filter((file) => /\.(?:ts|vue|mjs)$/.test(file));
    const { lines } = check(root);
    expect(lines.at(-1)).toMatch(new RegExp(`^${onDisk.length} files, \\d+ violations, 0 unread$`));
  });
});
