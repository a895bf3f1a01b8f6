import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import process from 'node:process';
import { describe, expect, it } from 'vitest';

const root = join(import.meta.dirname, '../..');
const read = (name: string) => JSON.parse(readFileSync(join(root, name), 'utf8')) as unknown;

interface Manifest {
  readonly dependencies: Readonly<Record<string, string>>;
  readonly devDependencies: Readonly<Record<string, string>>;
}
interface Lock {
  readonly lockfileVersion: number;
  readonly packages: Readonly<Record<string, Readonly<Record<string, unknown>>>>;
}

describe('the packages', () => {
  const manifest = read('package.json') as Manifest;
  const { lockfileVersion, packages } = read('package-lock.json') as Lock;
  const entries = Object.entries(packages).filter(([path]) => path !== '');

  it('are named to the exact version', () => {
    const wanted = Object.entries({ ...manifest.dependencies, ...manifest.devDependencies });
    expect(wanted.length).toBeGreaterThan(40);
    for (const [name, version] of wanted) expect(`${name} ${version}`).toMatch(/^\S+ \d+\.\d+\.\d+$/);
  });

  it('are locked as they are named, each by its content, and to no registry’s address', () => {
    expect(lockfileVersion).toBe(3);
    expect(packages['']).toMatchObject({
      dependencies: manifest.dependencies,
      devDependencies: manifest.devDependencies,
    });
    for (const [path, entry] of entries) {
      expect(path).toMatch(/^node_modules\//);
      expect(entry.version, path).toMatch(/^\d+\.\d+\.\d+/);
      expect(entry.integrity, path).toMatch(/^sha512-[A-Za-z0-9+/]{86}==$/);
      expect(entry, path).not.toHaveProperty('resolved');
      expect(entry, path).not.toHaveProperty('link');
    }
  });

  it('run no script of their own when they are installed', () => {
    const own = entries.filter(([, entry]) => entry.hasInstallScript === true).map(([path]) => path);
    const allowed = (read('package.json') as { allowScripts: Record<string, boolean> }).allowScripts;
    for (const path of own)
      expect(allowed[path.slice(path.lastIndexOf('node_modules/') + 13)], path).toBe(false);
  });

  it('come under permissive licences, and docs/licences.md says which', () => {
    const script = join(root, 'scripts/licences.mjs');
    expect(execFileSync(process.execPath, [script, '--check'], { encoding: 'utf8' })).toBe('');
  });
});
