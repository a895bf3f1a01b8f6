/** Small disks for tests that fill them or make them read-only, where this machine permits mounting. */
import { spawnSync } from 'node:child_process';
import { closeSync, mkdtempSync, openSync, rmSync, statSync, truncateSync, writeSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

export interface SmallDisk {
  readonly folder: string;
  /** Writes until no more than these bytes fit. */
  fill(leaveBytes?: number): void;
  makeRoom(): void;
  readOnly(is: boolean): void;
  remove(): void;
}

const CHUNK = Buffer.alloc(4096);

/** Mounts a disk in memory. Returns null where mounting is not permitted. */
export function makeSmallDisk(megabytes: number): SmallDisk | null {
  const folder = mkdtempSync(join(tmpdir(), 'jishan-disk-'));
  const mount = (...args: string[]) => spawnSync('mount', args, { stdio: 'ignore' }).status === 0;
  if (process.getuid?.() !== 0 || !mount('-t', 'tmpfs', '-o', `size=${megabytes}m`, 'tmpfs', folder)) {
    rmSync(folder, { recursive: true });
    return null;
  }
  const ballast = join(folder, 'ballast');
  return {
    folder,
    fill(leaveBytes = 0) {
      const file = openSync(ballast, 'a');
      try {
        for (;;) writeSync(file, CHUNK);
      } catch (error) {
        if (!(error instanceof Error && 'code' in error && error.code === 'ENOSPC')) throw error;
      } finally {
        closeSync(file);
      }
      truncateSync(ballast, Math.max(0, statSync(ballast).size - leaveBytes));
    },
    makeRoom: () => rmSync(ballast),
    readOnly(is) {
      if (!mount('-o', `remount,${is ? 'ro' : 'rw'}`, folder)) throw new Error('the disk is in use');
    },
    remove() {
      spawnSync('umount', ['-l', folder], { stdio: 'ignore' });
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

/** Whether tests may mount disks. It needs root and a container that permits it. With CI=true it throws instead. */
export const mayMount: boolean = (() => {
  const disk = makeSmallDisk(1);
  disk?.remove();
  if (disk !== null) return true;
  if (process.env.CI === 'true') throw new Error('no disk can be mounted here, and CI skips nothing');
  console.warn('no disk can be mounted here: the tests that need one are skipped');
  return false;
})();
