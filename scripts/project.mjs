/** The project's root folder, and its folder for helper programs (`.jishan`, which git ignores). */
import { closeSync, mkdirSync, openSync, readFileSync, rmSync, statSync, utimesSync } from 'node:fs';
import { dirname, join } from 'node:path';
import process from 'node:process';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { say } from './say.mjs';

export const root = dirname(dirname(fileURLToPath(import.meta.url)));
export const ownFolder = join(root, '.jishan');

/** The path of the script behind an installed package's command, so that this Node can run it. */
export function programOf(name, command = name) {
  const folder = join(root, 'node_modules', name);
  const { bin } = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8'));
  return join(folder, typeof bin === 'string' ? bin : bin[command]);
}

const staleAfterMs = 20_000;

/** Runs `work` in one process at a time. The holder touches the lock file regularly, and an old one is from a crash. */
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
    // Somebody has cleared the folder. The work goes on without the lock file.
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
