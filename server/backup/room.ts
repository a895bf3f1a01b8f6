import { statfsSync } from 'node:fs';
import { BackupFault } from './fault.ts';
import type { Work } from './write.ts';

/** What is put onto a disk and taken away again must leave the books room to go on with. */
export const LEFT_BYTES = 256 * 1024 * 1024;
/** Of a small book on a small disk: so much is enough to go on with. */
const LEFT_BYTES_MIN = 16 * 1024 * 1024;
const LOOK_AGAIN_MS = 1_000;
const MEGABYTE = 1024 * 1024;

/** Beside a book of that size: as much again, within bounds. */
export function leftBeside(bookBytes: number): number {
  return Math.min(LEFT_BYTES, Math.max(LEFT_BYTES_MIN, bookBytes));
}

/** Of the disk a folder is on; without end where the disk does not say. */
export function freeBytes(folder: string): number {
  const { blocks, bavail, bsize } = statfsSync(folder);
  return blocks === 0 ? Infinity : bavail * bsize;
}

export function requireRoom(folder: string, neededBytes: number): void {
  const free = freeBytes(folder);
  if (free < neededBytes) throw noRoom(folder, free, neededBytes);
}

/** Ends a work, whose size nobody knows before, when less than so much is left; it clears away what it wrote. */
export async function withinRoom<T>(
  folder: string,
  leftBytes: number,
  work: Work,
  run: (work: Work) => Promise<T>,
): Promise<T> {
  const full = new AbortController();
  const look = () => {
    try {
      requireRoom(folder, leftBytes);
    } catch (error) {
      // A folder that is gone ends the work by itself.
      if (error instanceof BackupFault) full.abort(error);
    }
  };
  const timer = setInterval(look, LOOK_AGAIN_MS);
  try {
    return await run({
      ...work,
      signal: work.signal ? AbortSignal.any([work.signal, full.signal]) : full.signal,
      onProgress(phase, done, total) {
        look();
        work.onProgress?.(phase, done, total);
      },
    });
  } catch (error) {
    // What is thrown on the way out differs with where the work was.
    throw full.signal.aborted ? full.signal.reason : error;
  } finally {
    clearInterval(timer);
  }
}

function noRoom(folder: string, freeBytes: number, neededBytes: number): BackupFault {
  const [free, needed] = [Math.floor(freeBytes / MEGABYTE), Math.ceil(neededBytes / MEGABYTE)];
  return new BackupFault('no_room', { what: `${folder}: ${String(free)} MB < ${String(needed)} MB` });
}
