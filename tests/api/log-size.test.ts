/** SQLite's write-ahead log: copied into the file between commits, and never without bound. */
import Database from 'better-sqlite3';
import { copyFileSync, mkdtempSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { openStore, type Reader, sqlitePath, type Store } from '../../db/index.ts';
import { LOG_PAGES_MOST, PAGE_BYTES } from '../../db/sqlite/checkpoints.ts';
import { openTestStore, type TestStore } from '../support/stores.ts';

const VILLAGE = 'v1';
const PHOTO_BYTES = 1_000_000;
const BOUND_BYTES = LOG_PAGES_MOST * PAGE_BYTES;
/** SQLite by itself would copy at this size, within the commit that reaches it. */
const PAGES_BY_ITSELF = 1000;

describe('the log of a SQLite file', () => {
  let test: TestStore;
  beforeEach(async () => {
    test = await openTestStore('sqlite');
    await test.store.transaction(async ({ db, t }) => {
      await db.insert(t.pictures).values({
        ...{ villageId: VILLAGE, id: 'photo', purpose: 'evidence' as const, mediaType: 'image/jpeg', width: 1, height: 1 },
        ...{ sha256: '', bytes: Buffer.alloc(0), createdBy: 'x', createdAtMs: 1, usedAtMs: null },
      }).returning({ id: t.pictures.id }); // prettier-ignore
    });
  });
  afterEach(() => test.remove());

  let written = 0;
  /** Writes so many bytes, commit after commit and without an idle moment. */
  async function write(store: Store, bytes: number, each = PHOTO_BYTES): Promise<void> {
    for (let done = 0; done < bytes; done += PHOTO_BYTES) {
      written += 1;
      const photo = Buffer.alloc(each, written);
      await store.transaction(({ db, t }) =>
        db.update(t.pictures).set({ bytes: photo }).returning({ id: t.pictures.id }),
      );
    }
  }
  const lastWritten = async (reader: Reader) => {
    const [photo] = await reader.db.select({ bytes: reader.t.pictures.bytes }).from(reader.t.pictures);
    return photo?.bytes[0];
  };
  const logBytes = (dataDir = test.dataDir) =>
    statSync(`${sqlitePath(dataDir)}-wal`, { throwIfNoEntry: false })?.size ?? 0;

  /** The pages in the log, and how many of them the file has too. */
  function pages(): { inLog: number; copied: number } {
    const db = new Database(sqlitePath(test.dataDir));
    const [, inLog = 0, copied = 0] = db.prepare('pragma wal_checkpoint(noop)').raw().get() as number[];
    db.close();
    return { inLog, copied };
  }

  it('is not copied within a commit, and copied as soon as nobody writes', async () => {
    for (let round = 1; round <= 2; round += 1) {
      const before = pages();
      await write(test.store, PHOTO_BYTES, 2 * PAGES_BY_ITSELF * PAGE_BYTES);
      const { inLog, copied } = pages();
      expect(inLog).toBeGreaterThan(2 * PAGES_BY_ITSELF);
      // A log that was copied whole has begun anew.
      expect(copied).toBe(before.copied === before.inLog ? 0 : before.copied);
      await expect.poll(() => pages().copied, { timeout: 10_000 }).toBe(inLog);
    }
  });

  it('begins anew in a burst that leaves no idle moment', async () => {
    await write(test.store, 3 * BOUND_BYTES);
    expect(logBytes()).toBeLessThan(BOUND_BYTES + 2 * PHOTO_BYTES);
    expect(await test.store.read(lastWritten)).toBe(written % 256);
  });

  it('grows under a reader who stays, and is cut to its bound when he has gone', async () => {
    let leave: () => void = () => undefined;
    await write(test.store, PHOTO_BYTES);
    const before = written % 256;
    const reading = test.store.read(async (reader) => {
      const found = await lastWritten(reader);
      await new Promise<void>((resolve) => (leave = resolve));
      return [found, await lastWritten(reader)];
    });
    await write(test.store, 2 * BOUND_BYTES);
    expect(logBytes()).toBeGreaterThan(1.5 * BOUND_BYTES);
    leave();
    expect(await reading).toEqual([before, before]);
    // It begins anew with the first write after all of it was copied.
    await expect
      .poll(async () => {
        await write(test.store, PHOTO_BYTES);
        return logBytes();
      })
      .toBeLessThan(BOUND_BYTES + 2 * PHOTO_BYTES);
  });

  it('that a killed server left is copied by the next start', async () => {
    await write(test.store, BOUND_BYTES / 2);
    const dataDir = mkdtempSync(join(tmpdir(), 'jishan-killed-'));
    try {
      for (const ending of ['', '-wal'])
        copyFileSync(sqlitePath(test.dataDir) + ending, sqlitePath(dataDir) + ending);
      expect(logBytes(dataDir)).toBeGreaterThan(BOUND_BYTES / 3);
      const store = await openStore({ dataDir });
      expect(logBytes(dataDir)).toBeLessThan(PAGES_BY_ITSELF * PAGE_BYTES);
      expect(await store.read(lastWritten)).toBe(written % 256);
      await store.close();
    } finally {
      rmSync(dataDir, { recursive: true, force: true });
    }
  });
});
