/** Copies the files of the program that a server needs. */
import { execFileSync } from 'node:child_process';
import { cpSync, existsSync, mkdirSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import process from 'node:process';

const root = join(import.meta.dirname, '../..');

/** The id of a user without rights, for commands that must not need any. */
export const NOBODY = 65_534;
export const isRoot = process.getuid?.() === 0;

/** The words before a command that run it as that user. They are empty where we are not root. */
export const asNobody: readonly string[] = isRoot
  ? ['setpriv', `--reuid=${NOBODY}`, `--regid=${NOBODY}`, '--clear-groups', '--no-new-privs']
  : [];

/** Copies files and folders of the project, but from node_modules only the packages that a server needs. */
export function layProgram(folder: string, paths: readonly string[]): void {
  for (const path of paths) {
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    if (path !== 'node_modules') cpSync(join(root, path), join(folder, path), { recursive: true });
    else execFileSync('cp', ['-a', '--parents', ...packagesToRun(), folder], { cwd: root });
  }
}

/** The packages that stay after `npm prune --omit=dev`. */
function packagesToRun(): string[] {
  const { packages } = JSON.parse(readFileSync(join(root, 'package-lock.json'), 'utf8')) as {
    packages: Record<string, { dev?: boolean; devOptional?: boolean }>;
  };
  return Object.entries(packages)
    .filter(([path, { dev, devOptional }]) => path !== '' && dev !== true && devOptional !== true)
    .map(([path]) => path)
    .filter((path) => existsSync(join(root, path)));
}
