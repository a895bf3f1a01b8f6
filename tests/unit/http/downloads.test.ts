import {
  closeSync,
  existsSync,
  fstatSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { clearSpool, spool, type SpoolPlace } from '../../../server/http/downloads.ts';
import type { Download } from '../../../shared/operation.ts';
import { Refusal } from '../../../shared/errors.ts';

const PIECE = 64 * 1024;

describe('a download that is written out', () => {
  let parent: string;
  let place: SpoolPlace;
  const waited = new AbortController().signal;
  beforeEach(() => {
    parent = mkdtempSync(join(tmpdir(), 'jishan-spool-'));
    place = { folder: join(parent, 'downloads'), leaveBytes: () => 0 };
  });
  afterEach(() => rmSync(parent, { recursive: true, force: true }));

  /** Content that notes how much of it was asked for, and whether it was let go of. */
  function content(
    parts: readonly (string | Uint8Array)[],
    onPart: (index: number) => void = () => undefined,
  ) {
    const seen = { given: 0, ended: false };
    async function* each(): AsyncGenerator<string | Uint8Array> {
      try {
        for (const [index, part] of parts.entries()) {
          onPart(index);
          seen.given += 1;
          yield await Promise.resolve(part);
        }
      } finally {
        seen.ended = true;
      }
    }
    const download: Download = { filename: 'a.txt', mediaType: 'text/plain', content: each() };
    return { download, seen };
  }

  function read(file: number): Buffer {
    const bytes = Buffer.alloc(fstatSync(file).size);
    readSync(file, bytes, 0, bytes.length, 0);
    return bytes;
  }
  const thrown = async (work: Promise<unknown>) => {
    const error = await work.then(
      () => null,
      (reason: unknown) => reason,
    );
    return error instanceof Refusal ? { code: error.code, ...error.params } : error;
  };

  it('needs no disk where it is small', async () => {
    const { content: whole } = await spool(content(['公', '示', Buffer.from('!')]).download, place, waited);
    expect(whole).toEqual(Buffer.from('公示!'));
    expect(await spool(content([]).download, place, waited)).toMatchObject({ content: Buffer.alloc(0) });
    expect(existsSync(place.folder)).toBe(false);
  });

  it.each([PIECE - 1, PIECE, PIECE + 1, 2 * PIECE, 5 * PIECE + 17])('of %i bytes is whole', async (size) => {
    const bytes = Buffer.from(Array.from({ length: size }, (_, index) => (index * 31) % 251));
    const parts = Array.from({ length: Math.ceil(size / 999) }, (_, index) =>
      bytes.subarray(index * 999, (index + 1) * 999),
    );
    const { content: whole } = await spool(content(parts).download, place, waited);
    if (typeof whole !== 'number') {
      expect(whole).toEqual(bytes);
      return;
    }
    expect(read(whole)).toEqual(bytes);
    closeSync(whole);
  });

  it('lies in a file without a name, so that nothing is left of it', async () => {
    const { content: file } = await spool(content(['x'.repeat(3 * PIECE)]).download, place, waited);
    expect(readdirSync(place.folder)).toEqual([]);
    expect(fstatSync(file as number)).toMatchObject({ size: 3 * PIECE, nlink: 0 });
    closeSync(file as number);
  });

  it('is refused where too little would be left, before anything is written or on the way', async () => {
    const first = content(['x'.repeat(PIECE), 'x'.repeat(PIECE)]);
    const full: SpoolPlace = { ...place, leaveBytes: () => 2 ** 60 };
    expect(await thrown(spool(first.download, full, waited))).toEqual({
      code: 'server.disk_full',
      what: 'download',
      freeMb: expect.any(Number) as number,
      needMb: 2 ** 40,
      seconds: 30,
    });
    expect(first.seen).toEqual({ given: 1, ended: true });
    let leaves = 0;
    const second = content(
      Array.from({ length: 9 }, () => 'x'.repeat(PIECE)),
      (index) => (leaves = index < 5 ? 0 : 2 ** 60),
    );
    expect(
      await thrown(spool(second.download, { ...place, leaveBytes: () => leaves }, waited)),
    ).toMatchObject({
      code: 'server.disk_full',
    });
    expect(second.seen).toEqual({ given: 6, ended: true });
    expect(readdirSync(place.folder)).toEqual([]);
  });

  it('is refused where the folder cannot be made', async () => {
    writeFileSync(place.folder, 'a file stands here');
    const { download, seen } = content(['x'.repeat(PIECE), 'x']);
    expect(
      await thrown(spool(download, { ...place, folder: join(place.folder, 'in') }, waited)),
    ).toMatchObject({
      code: 'server.read_only',
    });
    expect(seen).toEqual({ given: 1, ended: true });
  });

  it('is not gone on with when nobody waits for it', async () => {
    const gone = new AbortController();
    const { download, seen } = content(
      Array.from({ length: 9 }, () => 'x'.repeat(PIECE)),
      (index) => (index === 3 ? gone.abort() : undefined),
    );
    expect(await thrown(spool(download, place, gone.signal))).toMatchObject({ code: 'server.busy' });
    expect(seen).toEqual({ given: 4, ended: true });
  });

  it('says what its own content met', async () => {
    const met = new Error('the database went away');
    const { download } = content(['x'.repeat(PIECE), 'x'], (index) => {
      if (index === 1) throw met;
    });
    expect(await thrown(spool(download, place, waited))).toBe(met);
  });

  it('that a killed process left its name to is removed at a start', () => {
    clearSpool(place.folder);
    mkdirSync(place.folder);
    writeFileSync(join(place.folder, 'left-behind'), 'half');
    clearSpool(place.folder);
    expect(readdirSync(place.folder)).toEqual([]);
  });
});
