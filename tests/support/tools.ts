/** Finds the programs of the machine that some tests need. */
import { existsSync, readdirSync } from 'node:fs';
import { delimiter, join } from 'node:path';

/** The full path of the first of these commands that the machine has. */
export function findCommand(...names: string[]): string | undefined {
  const folders = (process.env.PATH ?? '').split(delimiter).filter((folder) => folder !== '');
  const endings = process.platform === 'win32' ? ['.exe', '.cmd', ''] : [''];
  for (const name of names) {
    for (const folder of folders) {
      for (const ending of endings) {
        const path = join(folder, name + ending);
        if (existsSync(path)) return path;
      }
    }
  }
  return undefined;
}

/** The folder with `initdb` and `postgres`. Debian has one for each version, outside PATH. */
export function findPostgresBin(): string | undefined {
  const debian = '/usr/lib/postgresql';
  if (existsSync(debian)) {
    const versions = readdirSync(debian).sort((a, b) => Number(b) - Number(a));
    for (const version of versions) {
      const bin = join(debian, version, 'bin');
      if (existsSync(join(bin, 'initdb'))) return bin;
    }
  }
  const initdb = findCommand('initdb');
  return initdb === undefined ? undefined : join(initdb, '..');
}

/** The whole browser. */
export function findChromium(): string | undefined {
  return process.env.JISHAN_CHROMIUM ?? findCommand('chromium', 'chromium-browser', 'google-chrome');
}

/**
 * The headless shell, whose windows cost a third of the whole browser's work. Without one, the whole browser is
 * returned.
 */
export function findHeadlessChromium(): string | undefined {
  return process.env.JISHAN_CHROMIUM ?? findCommand('chromium-headless-shell') ?? findChromium();
}

/**
 * Whether a command is missing, for `describe.skipIf(isMissing('hledger'))`. With CI=true it throws instead,
 * because CI skips nothing.
 */
export function isMissing(command: string): boolean {
  if (findCommand(command) !== undefined) return false;
  if (process.env.CI === 'true') throw new Error(`${command} is not installed, and CI skips nothing`);
  console.warn(`${command} is not installed: the tests that need it are skipped`);
  return true;
}
