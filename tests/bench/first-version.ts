import { execFileSync, spawnSync } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import process from 'node:process';
import type { Shop } from './shop.ts';

const ROOT = join(import.meta.dirname, '../..');
/** The last commit of 0.1.0. */
const COMMIT = '92ea6cac1af6f7ec0cc70a74c090db8ecb8edef9';

/** The program as it was in 0.1.0, with the packages it had. */
export interface FirstVersion {
  readonly root: string;
  /** Fills a folder with a shop by its own code. */
  openShop(dataDir: string, households: number): Shop;
  /** Mints a key as its clients did. */
  newKey(): string;
}

/** Unpacks 0.1.0 into a folder and installs its packages by its own script. Null where the history does not reach so far. */
export function unpackFirstVersion(folder: string): FirstVersion | null {
  const git = (...args: string[]) => spawnSync('git', args, { cwd: ROOT, maxBuffer: 2 ** 30 });
  if (git('cat-file', '-e', `${COMMIT}^{commit}`).status !== 0) return null;
  const root = join(folder, '0.1.0');
  mkdirSync(root);
  execFileSync('tar', ['-x', '-C', root], { input: git('archive', COMMIT).stdout });
  const run = (code: string): string =>
    execFileSync(process.execPath, ['--input-type=module', '-e', code], {
      cwd: root,
      encoding: 'utf8',
      stdio: ['ignore', 'pipe', 'inherit'],
    });
  run("const { ensurePackages } = await import('./scripts/packages.mjs'); await ensurePackages();");
  return {
    root,
    openShop(dataDir, households) {
      const place = JSON.stringify({ dataDir });
      const printed = run(`
        const { openShop } = await import('./tests/bench/shop.ts');
        console.log(JSON.stringify(await openShop(${place}, { households: ${households} })));
      `);
      return JSON.parse(printed.trim().split('\n').at(-1) ?? '') as Shop;
    },
    newKey: () => randomBytes(16).toString('hex'),
  };
}
