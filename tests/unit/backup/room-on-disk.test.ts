import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { requireRoom, withinRoom } from '../../../server/backups/room-on-disk.ts';
import { freeBytes, leftBeside } from '../../../server/disk-space.ts';
import type { BackupRun } from '../../../server/backups/write.ts';

const MEGABYTE = 1024 * 1024;
/** No disk has so much. */
const TOO_MUCH = 2 ** 60;

describe('room for a backup', () => {
  let folder: string;
  beforeAll(() => {
    folder = mkdtempSync(join(tmpdir(), 'jishan-room-'));
  });
  afterAll(() => rmSync(folder, { recursive: true }));

  it('is asked for by the size of the book, and leaves the books some', () => {
    expect([0, 40 * MEGABYTE, 2 ** 40].map(leftBeside)).toEqual([16, 40, 256].map((mb) => mb * MEGABYTE));
    expect(freeBytes(folder)).toBeGreaterThan(0);
    expect(() => requireRoom(folder, 1)).not.toThrow();
    expect(() => requireRoom(folder, TOO_MUCH)).toThrow(/^no_room .* MB < 1099511627776 MB$/);
  });

  it.each([
    ['told by its progress', true],
    ['told by the time', false],
  ])('ends a work that takes more, with the reason: %s', async (_, tells) => {
    const ended = withinRoom(folder, TOO_MUCH, {}, async (within) => {
      if (tells) within.onProgress?.('write', 1, 2);
      while (within.signal?.aborted !== true) await new Promise((resolve) => setTimeout(resolve, 20));
      throw new Error('ended');
    });
    await expect(ended).rejects.toMatchObject({ name: 'BackupFault', code: 'no_room' });
  });

  it('lets be what fits, and what ends for another reason', async () => {
    const seen: number[] = [];
    const work: BackupRun = { onProgress: (_, part) => seen.push(part) };
    const done = await withinRoom(folder, 1, work, (within) => {
      within.onProgress?.('write', 7, 9);
      return Promise.resolve(within.signal?.aborted);
    });
    expect([done, seen]).toEqual([false, [7]]);
    const ending = new AbortController();
    const ended = withinRoom(folder, 1, { signal: ending.signal }, ({ signal }) => {
      ending.abort(new Error('the server stops'));
      signal?.throwIfAborted();
      return Promise.resolve();
    });
    await expect(ended).rejects.toThrow('the server stops');
  });
});
