/** Where the project is, and how its own folder for helpers (`.jishan`, ignored by git) is used. */
import { closeSync, mkdirSync, openSync, readFileSync, rmSync, statSync, utimesSync } from 'node:fs';
import { dirname, join } from 'node:path';
import process from 'node:process';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { say } from './say.mjs';

export const root = dirname(dirname(fileURLToPath(import.meta.url)));
export const ownFolder = join(root, '.jishan');

/** The script behind a command of an installed package, to be run by the Node we are. */
export function programOf(name, command = name) {
  const folder = join(root, 'node_modules', name);
  const { bin } = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8'));
  return join(folder, typeof bin === 'string' ? bin : bin[command]);
}

const staleAfterMs = 20_000;

/** One at a time across processes. The holder keeps the lock file fresh; one left by a crash grows old. */
export async function withLock(name, work) {
  const file = join(ownFolder, `${name}.lock`);
  mkdirSync(ownFolder, { recursive: true });
  let waited = false;
  while (!take(file)) {
    if (!waited) say('另一个进程正在准备，请稍候', 'Another process is preparing the same, waiting');
    waited = true;
    await sleep(300);
  }
  const beat = setInterval(() => touch(file), 2000);
  const leave = () => rmSync(file, { force: true });
  process.once('exit', leave);
  try {
    return await work();
  } finally {
    clearInterval(beat);
    process.off('exit', leave);
    leave();
  }
}

function touch(file) {
  try {
    utimesSync(file, new Date(), new Date());
  } catch {
    // Someone cleared the folder: the work itself goes on.
  }
}

function take(file) {
  try {
    closeSync(openSync(file, 'wx'));
    return true;
  } catch (error) {
    if (error.code !== 'EEXIST') throw error;
    const age = Date.now() - (statSync(file, { throwIfNoEntry: false })?.mtimeMs ?? Date.now());
    if (age > staleAfterMs) rmSync(file, { force: true });
    return false;
  }
}
