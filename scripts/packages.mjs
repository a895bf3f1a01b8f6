/** Installs the packages of package-lock.json if node_modules differs from it. */
import { createHash } from 'node:crypto';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import process from 'node:process';
import { npm } from './npm.mjs';
import { root, withLock } from './project.mjs';
import { saying } from './say.mjs';

const lockFile = join(root, 'package-lock.json');
const stampFile = join(root, 'node_modules', '.jishan-stamp');

export async function ensurePackages() {
  // The container image has its packages but no lock file.
  if (!existsSync(lockFile)) return;
  const wanted = stampNow();
  if (readStamp() === wanted) return;
  await withLock('packages', async () => {
    if (readStamp() === wanted) return;
    if (!installedByHand()) {
      await saying(
        '正在安装所需软件包（约一分钟，仅此一次）',
        'Installing packages (about a minute, only once)',
        () => npm(['ci', '--include=dev'], root),
      );
    }
    writeFileSync(stampFile, wanted);
  });
}

/** The stamp contains the platform and the module ABI, because native packages fit only one of each. */
function stampNow() {
  const parts = [readFileSync(lockFile), process.platform, process.arch, process.versions.modules];
  const hash = createHash('sha256');
  for (const part of parts) hash.update(part).update('\0');
  return hash.digest('hex');
}

function readStamp() {
  return existsSync(stampFile) ? readFileSync(stampFile, 'utf8') : undefined;
}

/** Whether somebody ran `npm install` by hand. npm's own record tells the packages in node_modules. */
function installedByHand() {
  const record = join(root, 'node_modules', '.package-lock.json');
  if (!existsSync(record)) return false;
  const there = JSON.parse(readFileSync(record, 'utf8')).packages;
  const wanted = JSON.parse(readFileSync(lockFile, 'utf8')).packages;
  return Object.entries(wanted).every(
    ([path, entry]) => path === '' || entry.optional === true || there[path]?.version === entry.version,
  );
}
