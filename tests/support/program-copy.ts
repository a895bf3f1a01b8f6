/** A copy of the program as it stands on a server: what runs it, and no more. */
import { execFileSync } from 'node:child_process';
import { cpSync, existsSync, mkdirSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import process from 'node:process';

const root = join(import.meta.dirname, '../..');

/** A user who owns nothing, for what must not need more. */
export const NOBODY = 65_534;
export const isRoot = process.getuid?.() === 0;

/** Before a command: runs it as that user, where we may choose. */
export const asNobody: readonly string[] = isRoot
  ? ['setpriv', `--reuid=${NOBODY}`, `--regid=${NOBODY}`, '--clear-groups', '--no-new-privs']
  : [];

/** Lays files and folders of the project into another one; of node_modules what a server needs. */
export function layProgram(folder: string, paths: readonly string[]): void {
  for (const path of paths) {
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    if (path !== 'node_modules') cpSync(join(root, path), join(folder, path), { recursive: true });
    else execFileSync('cp', ['-a', '--parents', ...packagesToRun(), folder], { cwd: root });
  }
}

/** What is left after `npm prune --omit=dev`. */
function packagesToRun(): string[] {
  const { packages } = JSON.parse(readFileSync(join(root, 'package-lock.json'), 'utf8')) as {
    packages: Record<string, { dev?: boolean; devOptional?: boolean }>;
  };
  return Object.entries(packages)
    .filter(([path, { dev, devOptional }]) => path !== '' && dev !== true && devOptional !== true)
    .map(([path]) => path)
    .filter((path) => existsSync(join(root, path)));
}
