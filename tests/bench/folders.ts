import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** A folder for one measurement, which removes it afterwards. It is in TMPDIR, which must be on a real disk. */
export async function inFolder<T>(work: (folder: string) => Promise<T>): Promise<T> {
  const folder = mkdtempSync(join(tmpdir(), 'jishan-bench-'));
  try {
    return await work(folder);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** Measures how often a second `act` completes when this many callers repeat it without a pause. */
export async function perSecond(
  callers: number,
  seconds: number,
  act: (index: number) => Promise<unknown>,
): Promise<number> {
  const startedMs = performance.now();
  const endMs = startedMs + seconds * 1000;
  let index = 0;
  await Promise.all(
    Array.from({ length: callers }, async () => {
      while (performance.now() < endMs) await act(index++);
    }),
  );
  return (index / (performance.now() - startedMs)) * 1000;
}
