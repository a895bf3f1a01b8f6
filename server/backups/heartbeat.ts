import { utimes } from 'node:fs/promises';

/** Says of a file that somebody is at it, also while it is only read: what nobody touches for `idleMs` is removed by others. */
export async function whileTouched<T>(path: string, idleMs: number, work: () => Promise<T>): Promise<T> {
  const beat = setInterval(() => void touch(path), idleMs / 5);
  try {
    await touch(path);
    return await work();
  } finally {
    clearInterval(beat);
  }
}

async function touch(path: string): Promise<void> {
  const now = new Date();
  // Not made yet, or moved to its place meanwhile.
  await utimes(path, now, now).catch(() => undefined);
}
