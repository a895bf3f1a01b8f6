import { createHash } from 'node:crypto';
import {
  createReadStream,
  createWriteStream,
  existsSync,
  readdirSync,
  renameSync,
  rmSync,
  statSync,
} from 'node:fs';
import { join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { syncFolder } from './backup.ts';
import { whileTouched } from './heartbeat.ts';

const IDLE_MS = 10 * 60_000;

/**
 * Copies a backup to another disk, to which other servers may copy too. The copy gets its final name only after its
 * checksum was compared.
 */
export async function copyOver(folder: string, copyFolder: string, name: string): Promise<void> {
  clearLeft(copyFolder);
  const [path, copy] = [join(folder, name), join(copyFolder, name)];
  const draft = join(copyFolder, `.${name}.part`);
  try {
    await whileTouched(draft, IDLE_MS, async () => {
      await pipeline(createReadStream(path), createWriteStream(draft, { mode: 0o600, flush: true }));
      if ((await sha256Of(draft)) !== (await sha256Of(path)))
        throw new Error('the copy differs from the backup');
    });
    if (existsSync(copy)) throw new Error(`another server’s backup is called ${name}`);
    renameSync(draft, copy);
    syncFolder(copyFolder);
  } catch (error) {
    rmSync(draft, { force: true });
    throw error;
  }
}

/** Removes drafts of processes that were killed while they copied. */
function clearLeft(copyFolder: string): void {
  for (const name of readdirSync(copyFolder)) {
    if (!/^\.jishan-\d{8}-\d{6}-[a-z]+\.backup\.part$/.test(name)) continue;
    const path = join(copyFolder, name);
    const file = statSync(path, { throwIfNoEntry: false });
    // The clock may have been ahead, so the file's time may lie in the future.
    if (file && Math.abs(Date.now() - file.mtimeMs) > IDLE_MS) rmSync(path, { force: true });
  }
}

async function sha256Of(path: string): Promise<string> {
  const hash = createHash('sha256');
  await pipeline(createReadStream(path), hash);
  return hash.digest('hex');
}
