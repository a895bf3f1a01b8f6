import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import { request } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { backup, createUploads } from '../../server/backups/index.ts';
import { readHead } from '../../server/ledger/index.ts';
import { createRandom } from '../../server/random.ts';
import {
  changed,
  macIn,
  macWith,
  ofTrial,
  otherSchema,
  repacked,
  resealed,
  withLeases,
  withOwnPassword,
} from '../support/forged-backups.ts';
import { writeFullBook } from '../support/full-book.ts';
import { lastRestore } from '../support/restored.ts';
import { furnish } from '../support/samples.ts';
import { permitToRestore } from '../support/second-person.ts';
import {
  type AnswerOf,
  addressOf,
  PASSWORD,
  requestOf,
  SECRETS,
  startTestServer,
  type TestServer,
} from '../support/server.ts';
import { ENGINES, openTestStore } from '../support/stores.ts';

const LIMIT_BYTES = 3_000_000;
const PIECE_BYTES = 5_000;

describe.each(ENGINES)('a backup from elsewhere on $engine', ({ engine, missing }) => {
  describe.skipIf(missing)('sent from the desk', () => {
    let server: TestServer;
    let good: Buffer;
    let foreign: Buffer;
    let made: AnswerOf<'backups.make'>;
    let unbegun: AnswerOf<'backups.make'>;
    let folder: string;
    const as = () => server.admin;
    beforeAll(async () => {
      server = await startTestServer(engine, { uploadBytesMax: LIMIT_BYTES });
      folder = join(server.test.dataDir, 'backups');
      foreign = await ofAnotherVillage();
      unbegun = await server.must('backups.make', { as: as(), body: {} });
      await furnish(server, server, '前洼');
      made = await server.must('backups.make', { as: as(), body: {} });
      good = readFileSync(join(folder, made.name));
    });
    afterAll(() => server.remove());
    beforeEach(() => {
      for (const name of shelf()) if (name.includes('upload')) rmSync(join(folder, name));
    });

    const shelf = () => readdirSync(folder).filter((name) => name.endsWith('.backup'));
    const drafts = () => readdirSync(join(folder, 'uploads'));
    const headNow = () => server.store.read((reader) => readHead(reader, server.id));
    const begin = (bytes: number) => server.must('backups.beginUpload', { as: as(), body: { bytes } });
    const add = (upload: string, at: number, body: Uint8Array) =>
      server.call('backups.addPiece', { as: as(), params: { upload }, query: { at }, body });
    const end = (upload: string) =>
      server.call('backups.endUpload', { as: as(), params: { upload }, body: {} });

    async function send(file: Buffer) {
      const { upload } = await begin(file.length);
      for (let at = 0; at < file.length; at += PIECE_BYTES) {
        const got = await add(upload, at, file.subarray(at, at + PIECE_BYTES));
        expect([got.status, got.data]).toEqual([200, { received: Math.min(file.length, at + PIECE_BYTES) }]);
      }
      return end(upload);
    }

    /** Restores the backup `name` and logs in again. */
    async function restore(name: string) {
      const body = { password: PASSWORD, villageName: '前洼村' };
      await permitToRestore(server, as(), name);
      const restored = await server.must('backups.restore', { as: as(), params: { name }, body });
      const { accessToken } = await server.must('session.login', {
        body: { username: server.admin.username, password: PASSWORD },
      });
      Object.assign(server.admin.headers, { Authorization: `Bearer ${accessToken}` });
      return restored;
    }

    it('is verified, listed as what it is, for its owner alone, and restored', async () => {
      await server.must('households.create', { as: as(), body: { head: '后来的', group: '一组' } });
      const { status, data } = await send(good);
      const told = await server.must('acts.list', { as: as(), query: { act: 'backups.uploaded' } });
      expect(told.items).toMatchObject([{ thing: { id: data.name }, actorId: as().id }]);
      expect([status, data]).toEqual([200, { ...made, name: data.name, kind: 'upload', isCopied: null }]);
      expect(data.name).toMatch(/^jishan-\d{8}-\d{6}-upload\.backup$/);
      expect(readFileSync(join(folder, data.name))).toEqual(good);
      expect(statSync(join(folder, data.name)).mode & 0o077).toBe(0);
      expect(statSync(join(folder, 'uploads')).mode & 0o077).toBe(0);
      expect(drafts()).toEqual([]);
      const { items, lastMadeAtMs } = await server.must('backups.list', { as: as() });
      expect(items).toContainEqual(data);
      expect(lastMadeAtMs).toBe(made.madeAtMs);
      const restored = await restore(data.name);
      expect(restored.books).toEqual(made.books);
      const { number, hash } = made.books[0] ?? {};
      expect(await server.store.read((reader) => lastRestore(reader, server.id))).toMatchObject({
        number,
        hash,
      });
      const found = await server.must('households.list', { as: as(), query: { q: '后来的' } });
      expect(found.items).toEqual([]);
    });

    it.each<[string, () => Buffer, string, string?]>([
      ['cut short', () => good.subarray(0, good.length - 40), 'backup.not_taken', 'damaged'],
      ['changed in one byte', () => changed(good), 'backup.not_taken', 'damaged'],
      ['with another name in it', () => repacked(good, /王小明/, '王大明'), 'backup.not_taken', 'damaged'],
      [
        'a photograph',
        () => Buffer.from('\xff\xd8\xff\xe0 no backup', 'latin1'),
        'backup.not_taken',
        'not_a_backup',
      ],
      [
        'packed, of another program',
        () => gzipSync('{"format":"other"}\n'),
        'backup.not_taken',
        'not_a_backup',
      ],
      ['of a later version', () => repacked(good, /"version":1/, '"version":2'), 'backup.not_taken', 'newer'],
      ['of the trial version', () => ofTrial(good), 'backup.not_taken', 'trial'],
      ['of tables of another kind', () => otherSchema(good), 'backup.not_taken', 'other_schema'],
      [
        'made at no time, its checksum right',
        () => resealed(good, /"madeAt":"[^"]*"/, '"madeAt":"soon"'),
        'backup.not_taken',
        'damaged',
      ],
      ['with rows that say which server is at work', () => withLeases(good), 'backup.not_taken', 'damaged'],
      [
        'with a first line that would fill the server’s own memory',
        () => resealed(good, /"program":"/, `"program":"${' '.repeat(6_000_000)}`),
        'backup.not_taken',
        'damaged',
      ],
      ['one endless line', () => gzipSync(Buffer.alloc(70_000_000, 32)), 'backup.not_taken', 'damaged'],
      ['of another village', () => foreign, 'backup.other_village'],
      ['with a password of somebody’s choice', () => withOwnPassword(good), 'backup.made_elsewhere'],
      [
        'the same, under the mark of the true one',
        () => withOwnPassword(good, macIn(good)),
        'backup.made_elsewhere',
      ],
      [
        'the same, marked with another secret',
        () => withOwnPassword(good, macWith('x'.repeat(40))),
        'backup.made_elsewhere',
      ],
      ['the same, with a mark of no sense', () => withOwnPassword(good, () => 'zz'), 'backup.made_elsewhere'],
      [
        'as it is, but with no mark, as an earlier version made it',
        () => resealed(good),
        'backup.made_elsewhere',
      ],
    ])('%s: refused in words, and nothing of it stays', async (_, fileOf, code, what) => {
      const before = { head: await headNow(), shelf: shelf() };
      const { status, problem } = await send(fileOf());
      expect([status, problem.code, problem.params.what]).toEqual([422, code, what]);
      expect(problem.moved).toBe('no');
      expect(problem.detail).toMatch(/没有改动/);
      expect({ head: await headNow(), shelf: shelf() }).toEqual(before);
      expect(drafts()).toEqual([]);
      expect(readdirSync(folder).filter((name) => name.startsWith('.'))).toEqual([]);
    });

    it('made by another, or changed: is not restored either, and nobody is asked to wait for that', async () => {
      const name = 'jishan-20260101-000000-daily.backup';
      writeFileSync(join(folder, name), good);
      await permitToRestore(server, as(), name);
      const before = { head: await headNow(), count: shelf().length };
      for (const file of [withOwnPassword(good), resealed(good)]) {
        writeFileSync(join(folder, name), file);
        const got = await server.call('backups.restore', {
          as: as(),
          params: { name },
          body: { password: PASSWORD, villageName: '前洼村' },
        });
        expect([got.status, got.problem.code]).toEqual([422, 'backup.made_elsewhere']);
        expect(got.problem.detail).toMatch(/jishan restore/);
        // The refusal came before the server backed up the present state or logged anybody out.
        expect({ head: await headNow(), count: shelf().length }).toEqual(before);
      }
      rmSync(join(folder, name));
      expect((await server.must('backups.list', { as: as() })).running).toBeNull();
    });

    it('too large: refused before a byte of it is sent, with the limit', async () => {
      const got = await server.call('backups.beginUpload', { as: as(), body: { bytes: LIMIT_BYTES + 1 } });
      expect([got.status, got.problem.code, got.problem.params]).toEqual([
        413,
        'backup.upload_too_large',
        { limitMb: 2 },
      ]);
      const { upload } = await begin(100);
      expect((await add(upload, 0, new Uint8Array(101))).problem.code).toBe('backup.upload_broken');
      expect(drafts()).toEqual([]);
      expect((await add(upload, 0, new Uint8Array(1))).problem.code).toBe('backup.upload_gone');
    });

    it('with a hole, or not whole: refused, and begun anew', async () => {
      const { upload } = await begin(100);
      expect((await add(upload, 50, new Uint8Array(50))).problem.code).toBe('backup.upload_broken');
      const second = await begin(100);
      await add(second.upload, 0, new Uint8Array(99));
      expect((await end(second.upload)).problem.code).toBe('backup.upload_broken');
      expect(drafts()).toEqual([]);
    });

    it('takes a piece twice, where its answer was lost', async () => {
      const { upload } = await begin(good.length);
      for (const at of [0, 0, PIECE_BYTES, 0]) await add(upload, at, good.subarray(at, at + PIECE_BYTES));
      expect((await add(upload, PIECE_BYTES, good.subarray(PIECE_BYTES))).data).toEqual({
        received: good.length,
      });
      expect((await end(upload)).data.kind).toBe('upload');
    });

    it('broken off in the middle of a piece keeps nothing of the piece; given up, or replaced, nothing at all', async () => {
      const { upload } = await begin(good.length);
      await add(upload, 0, good.subarray(0, PIECE_BYTES));
      const address = addressOf('backups.addPiece', { params: { upload }, query: { at: PIECE_BYTES } });
      const asked = request(`${server.url}${address}`, {
        method: 'POST',
        headers: { ...as().headers, 'Content-Type': 'application/octet-stream', 'Content-Length': '9000' },
      });
      asked.on('error', () => undefined);
      asked.write(good.subarray(PIECE_BYTES, PIECE_BYTES + 4_000), () => asked.destroy());
      await new Promise((resolve) => asked.on('close', resolve));
      expect((await add(upload, PIECE_BYTES, good.subarray(PIECE_BYTES, 6_000))).data.received).toBe(6_000);
      const other = await begin(10);
      expect(drafts()).toEqual([`${other.upload}.10.part`]);
      expect((await end(upload)).problem.code).toBe('backup.upload_gone');
      await server.must('backups.dropUpload', { as: as(), params: { upload: other.upload }, body: {} });
      expect(drafts()).toEqual([]);
    });

    it('keeps the two that came last', async () => {
      for (let count = 0; count < 4; count += 1) expect((await send(good)).status).toBe(200);
      expect(shelf().filter((name) => name.includes('upload'))).toHaveLength(2);
      expect(shelf()).toContain(made.name);
    });

    it('is taken by an administrator and nobody else', async () => {
      for (const role of ['committee', 'approver', 'supervisor', 'shopkeeper'] as const) {
        const who = await server.asStaff(role);
        expect(await server.refused('backups.beginUpload', { as: who, body: { bytes: 10 } })).toBe(
          'auth.forbidden',
        );
      }
      expect(await server.refused('backups.beginUpload', { body: { bytes: 10 } })).toBe('auth.required');
    });

    it('comes to a new machine, where a village has just been founded', async () => {
      const fresh = await startTestServer(engine);
      // The file carries the MAC of another server's secret.
      const file = resealed(good, /$/, '', macWith('another machine’s secret, long enough'));
      try {
        const { upload } = await fresh.must('backups.beginUpload', {
          as: fresh.admin,
          body: { bytes: file.length },
        });
        const params = { upload };
        await fresh.must('backups.addPiece', { as: fresh.admin, params, query: { at: 0 }, body: file });
        const { name } = await fresh.must('backups.endUpload', { as: fresh.admin, params, body: {} });
        await permitToRestore(fresh, fresh.admin, name);
        const { books } = await fresh.must('backups.restore', {
          as: fresh.admin,
          params: { name },
          body: { password: PASSWORD, villageName: '前洼村' },
        });
        expect(books).toEqual(made.books);
        const { accessToken } = await fresh.must('session.login', {
          body: { username: server.admin.username, password: PASSWORD },
        });
        const back = { id: server.admin.id, headers: { Authorization: `Bearer ${accessToken}` } };
        expect(await fresh.must('ledger.verify', { as: back, body: {} })).toMatchObject({ ok: true });
      } finally {
        await fresh.remove();
      }
    });

    it('made by another is refused also after going back to before the village had begun', async () => {
      await restore(unbegun.name);
      const { number, hash } = unbegun.books[0] ?? {};
      expect(await server.store.read((reader) => lastRestore(reader, server.id))).toMatchObject({
        number,
        hash,
      });
      expect((await send(withOwnPassword(good))).problem.code).toBe('backup.made_elsewhere');
      const { data } = await send(good);
      expect((await restore(data.name)).books).toEqual(made.books);
    });

    // This test comes last: its second server keeps the database open, so nothing can be restored afterwards.
    it('is taken where the server’s secret has changed since, if it is told the one before', async () => {
      const current = 'the secret that came after, long enough to count';
      const sendTo = async (url: string) => {
        const ask = async <T>(...[id, sent]: Parameters<typeof addressOf>) => {
          const answer = await fetch(`${url}${addressOf(id, sent)}`, requestOf(id, { as: as(), ...sent }));
          return (await answer.json()) as T;
        };
        const { upload } = await ask<{ upload: string }>('backups.beginUpload', {
          body: { bytes: good.length },
        });
        const params = { upload };
        await ask('backups.addPiece', { params, query: { at: 0 }, body: good });
        return ask<{ kind?: string }>('backups.endUpload', { params, body: {} });
      };
      const url = await server.another({ current, previous: [SECRETS.current] });
      expect(await sendTo(url)).toMatchObject({ kind: 'upload' });
    });

    it('is for who has the machine where several villages share the database', async () => {
      const { upload } = await begin(10);
      const second = await server.addVillage();
      for (const who of [server.admin, second.admin]) {
        expect(await server.refused('backups.beginUpload', { as: who, body: { bytes: 10 } })).toBe(
          'backup.shared',
        );
        expect(await server.refused('backups.endUpload', { as: who, params: { upload }, body: {} })).toBe(
          'backup.shared',
        );
      }
    });

    async function ofAnotherVillage(): Promise<Buffer> {
      const test = await openTestStore(engine);
      await writeFullBook(test.store);
      const file = join(test.dataDir, 'foreign.backup');
      await backup({ store: test.store, clock: Date.now, version: '0.0.0-test' }, file);
      const bytes = readFileSync(file);
      await test.remove();
      return bytes;
    }
  });
});

describe('uploads nobody goes on sending', () => {
  it('are removed after a while, and what else lies there is not', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'jishan-uploads-'));
    const uploads = createUploads({ folder, copyFolder: null }, 1_000_000, createRandom());
    const upload = uploads.begin(10);
    await uploads.add(upload, 0, new Uint8Array(5));
    const path = join(folder, 'uploads', `${upload}.10.part`);
    expect(statSync(path).mode & 0o777).toBe(0o600);
    mkdirSync(join(folder, 'uploads', 'photographs'));
    uploads.clear(Date.now());
    expect(readdirSync(join(folder, 'uploads'))).toHaveLength(2);
    const long = new Date(Date.now() - 11 * 60_000);
    utimesSync(path, long, long);
    uploads.clear(Date.now());
    expect(readdirSync(join(folder, 'uploads'))).toEqual(['photographs']);
    rmSync(folder, { recursive: true });
  });

  it('but not what is being verified, however long that takes and whatever is begun meanwhile', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'jishan-uploads-'));
    const uploads = createUploads({ folder, copyFolder: null }, 1_000_000, createRandom());
    const upload = uploads.begin(5);
    await uploads.add(upload, 0, new Uint8Array(5));
    const long = new Date(Date.now() - 11 * 60_000);
    utimesSync(join(folder, 'uploads', `${upload}.5.part`), long, long);
    await uploads.take(upload, (file) => {
      uploads.clear(Date.now());
      uploads.begin(10);
      expect(existsSync(file)).toBe(true);
      return Promise.resolve();
    });
    rmSync(folder, { recursive: true });
  });
});
