import { utimes } from 'node:fs/promises';

/** Touches the file regularly. Other processes delete files that nobody touched for `idleMs`. */
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
  // The file may not be there yet, or may have been renamed.
  await utimes(path, now, now).catch(() => undefined);
}
