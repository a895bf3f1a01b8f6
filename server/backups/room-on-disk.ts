import { freeBytes } from '../disk-space.ts';
import { BackupFault } from './fault.ts';
import type { BackupRun } from './write.ts';

const LOOK_AGAIN_MS = 1_000;
const MEGABYTE = 1024 * 1024;

export function requireRoom(folder: string, neededBytes: number): void {
  const free = freeBytes(folder);
  if (free < neededBytes) throw noRoom(folder, free, neededBytes);
}

/** Ends a work of unknown size when less than `leftBytes` is free; the work removes what it wrote. */
export async function withinRoom<T>(
  folder: string,
  leftBytes: number,
  work: BackupRun,
  run: (work: BackupRun) => Promise<T>,
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
    // An abort surfaces as different errors, depending on what the work was doing. Its reason is thrown instead.
    throw full.signal.aborted ? full.signal.reason : error;
  } finally {
    clearInterval(timer);
  }
}

function noRoom(folder: string, freeBytes: number, neededBytes: number): BackupFault {
  const [free, needed] = [Math.floor(freeBytes / MEGABYTE), Math.ceil(neededBytes / MEGABYTE)];
  return new BackupFault('no_room', { what: `${folder}: ${String(free)} MB < ${String(needed)} MB` });
}
