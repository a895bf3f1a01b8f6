import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it } from 'vitest';

const root = join(import.meta.dirname, '../..');
const server = join(root, 'server/serve.ts');

/** Modules that the server must not load before their first use. Each takes several megabytes of memory. */
const HEAVY = [
  '/node_modules/@asteasolutions/zod-to-openapi/',
  '/node_modules/@e965/xlsx/',
  '/node_modules/drizzle-orm/node-postgres/',
  '/node_modules/pg/',
  '/node_modules/pinyin-pro/',
  '/node_modules/prom-client/',
  '/server/demo/load.ts',
  '/server/http/openapi/document.ts',
];

it('a server on SQLite starts without what is seldom needed', () => {
  const loaded = loadedBy(`await import(${JSON.stringify(server)})`);
  expect(loaded.length).toBeGreaterThan(200);
  expect(loaded.some((url) => url.includes('/node_modules/better-sqlite3/'))).toBe(true);
  expect(HEAVY.filter((part) => loaded.some((url) => url.includes(part)))).toEqual([]);
});

it('and would be caught at it', () => {
  const urls = loadedBy("(await import('node:module')).createRequire(import.meta.url)('pinyin-pro')");
  expect(urls.some((url) => url.includes('/node_modules/pinyin-pro/'))).toBe(true);
});

it('keeps what it compiled where NODE_COMPILE_CACHE says, for a service that may not write beside the program', () => {
  const folder = mkdtempSync(join(tmpdir(), 'jishan-compiled-'));
  try {
    const script = `await import(${JSON.stringify(join(root, 'server/fast-start.mjs'))});
      console.log((await import('node:module')).getCompileCacheDir())`;
    const kept = execFileSync(process.execPath, ['--input-type=module', '-e', script], {
      encoding: 'utf8',
      env: { ...process.env, NODE_COMPILE_CACHE: folder },
    });
    expect(kept.startsWith(`${folder}/`)).toBe(true);
  } finally {
    rmSync(folder, { recursive: true });
  }
});

/** The files that a script loads in a new process. */
function loadedBy(script: string): string[] {
  const watching = `import { registerHooks } from 'node:module';
    const urls = [];
    registerHooks({ load(url, context, next) { urls.push(url); return next(url, context); } });
    ${script};
    console.log(JSON.stringify(urls));`;
  const printed = execFileSync(process.execPath, ['--input-type=module', '-e', watching], {
    encoding: 'utf8',
    cwd: root,
  });
  return JSON.parse(printed) as string[];
}
