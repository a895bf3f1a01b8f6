import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openStore } from '../../db/index.ts';
import { lastRestore } from '../support/restored.ts';
import type { AnswerOf, TestServer } from '../support/server.ts';
import { API_BASE } from '../../shared/api-base.ts';
import { readHead, verifyBook } from '../support/ledger.ts';
import { makeOnShelf } from '../../server/backups/index.ts';
import { furnish, type Furnished } from '../support/samples.ts';
import { permitToRestore } from '../support/second-person.ts';
import { PASSWORD, startTestServer } from '../support/server.ts';
import { ENGINES, openTestStore, type TestStore } from '../support/stores.ts';
import { writeFullBook } from '../support/full-book.ts';

const cli = join(import.meta.dirname, '../../scripts/jishan.mjs');

describe.each(ENGINES)('restoring from the desk on $engine', ({ engine, missing }) => {
  describe.skipIf(missing)('in a village that goes on working', () => {
    let server: TestServer;
    let village: Furnished;
    let made: AnswerOf<'backups.make'>;
    let other: string;
    beforeAll(async () => {
      server = await startTestServer(engine);
      village = await furnish(server, server, '前洼');
      if (engine === 'postgres') other = await server.another();
      made = await server.must('backups.make', { as: server.admin, body: {} });
    });
    afterAll(() => server.remove());

    const headNow = () => server.store.read((reader) => readHead(reader, server.id));
    const typed = (password = PASSWORD, villageName = '前洼村') => ({ body: { password, villageName } });

    it('lists what was made, for administrators alone', async () => {
      const head = await headNow();
      expect(made.books).toEqual([{ name: '前洼村', number: head?.number, hash: head?.hash }]);
      const { items, lastMadeAtMs, failure, restored, isShared } = await server.must('backups.list', {
        as: server.admin,
      });
      expect({ items, lastMadeAtMs, failure, restored, isShared }).toEqual({
        ...{ items: [made], lastMadeAtMs: made.madeAtMs, failure: null, restored: null, isShared: false },
      });
      for (const role of ['committee', 'approver', 'supervisor', 'shopkeeper'] as const)
        expect(await server.refused('backups.list', { as: await server.asStaff(role) })).toBe(
          'auth.forbidden',
        );
    });

    it('gives one out, whole, to who knows the password', async () => {
      const params = { name: made.name };
      const as = server.admin;
      const got = await server.call('backups.download', { as, params, body: { password: PASSWORD } });
      expect(got.status).toBe(200);
      expect(got.data.size).toBe(made.bytes);
      expect(got.headers.get('Content-Disposition')).toContain(made.name);
      expect(await server.refused('backups.download', { as, params, body: { password: 'wrong one' } })).toBe(
        'auth.wrong',
      );
    });

    it('refuses a wrong password, another village’s name, and what is not on the shelf', async () => {
      const as = server.admin;
      const params = { name: made.name };
      expect(await server.refused('backups.restore', { as, params, ...typed('wrong one') })).toBe(
        'auth.wrong',
      );
      expect(await server.refused('backups.restore', { as, params, ...typed(PASSWORD, '后洼村') })).toBe(
        'backup.village_name',
      );
      const name = 'jishan-20200101-000000-daily.backup';
      expect(await server.refused('backups.restore', { as, params: { name }, ...typed() })).toBe(
        'backup.not_found',
      );
      expect((await server.must('backups.restoring')).state).toBe('none');
    });

    it('brings back the head, keeps what was there, ends log-ins, and asks everybody else to come again', async () => {
      const inBackup = made.books[0];
      const { id } = await server.must('households.create', {
        as: server.admin,
        body: { head: '后来的', group: '一组' },
      });
      const approver = await server.asStaff('approver');
      const late = await server.must('proposals.create', {
        as: village.staff,
        body: { ruleId: village.ruleId, householdIds: [id], points: 200, note: '备份以后' },
      });
      await server.must('proposals.decide', { as: approver, body: { action: 'approve', ids: late.ids } });
      await permitToRestore(server, server.admin, made.name, approver);
      const later = await headNow();

      const restored = server.must('backups.restore', {
        as: server.admin,
        params: { name: made.name },
        ...typed(),
      });
      const codes = new Set<string>();
      const isDone = async () => (await server.must('backups.restoring')).state === 'done';
      do {
        const { status, problem } = await server.call('village.get', { as: server.admin });
        codes.add(status === 200 ? 'ok' : problem.code);
      } while (!(await isDone()));
      const { books, keptAside } = await restored;
      expect(codes).toContain('server.restoring');
      expect(
        [...codes].filter((code) => !['ok', 'server.restoring', 'auth.session_ended'].includes(code)),
      ).toEqual([]);
      expect(books).toEqual(made.books);
      const restore = await server.store.read((reader) => lastRestore(reader, server.id));
      expect(restore).toMatchObject({ number: inBackup?.number, hash: inBackup?.hash });
      // The old book ended with the act that it was backed up before it was replaced.
      const gone = (later?.number ?? 0) + 1 - (inBackup?.number ?? 0);
      expect(restore).toMatchObject({
        ...{ actorId: server.admin.id, via: 'desk', by: 'admin', backup: made.name, madeAt: made.madeAtMs },
        ...{ gone, replaced: expect.stringMatching(`^${String((later?.number ?? 0) + 1)}:`) as string },
      });
      expect((await server.must('backups.restoring')).state).toBe('done');
      expect(keptAside).toContain('before');

      expect(await server.refused('village.get', { as: server.admin })).toBe('auth.session_ended');
      const { accessToken } = await server.must('session.login', {
        body: { username: server.admin.username, password: PASSWORD },
      });
      const as = { id: server.admin.id, headers: { Authorization: `Bearer ${accessToken}` } };
      const found = await server.must('households.list', { as, query: { q: '后来的' } });
      expect(found.items).toEqual([]);
      expect(await server.must('ledger.verify', { as, body: {} })).toMatchObject({ ok: true });
      // The state before the restore was backed up, and that backup can be restored.
      const { items, restored: noted } = await server.must('backups.list', { as });
      expect(noted).toEqual({
        ...{ atMs: server.clock.nowMs, by: 'admin', name: made.name, madeAtMs: made.madeAtMs },
      });
      const present = items.find(({ kind }) => kind === 'restore');
      const end = present?.books[0];
      expect(restore).toMatchObject({ replaced: `${String(end?.number)}:${String(end?.hash)}` });
      if (engine === 'postgres') {
        const answer = await fetch(`${other}${API_BASE}/village`, { headers: as.headers });
        expect(answer.status).toBe(200);
      }
      const back = { as, params: { name: present?.name ?? '' }, ...typed() };
      await permitToRestore(server, as, back.params.name);
      expect((await server.must('backups.restore', back)).books[0]).toMatchObject({ hash: end?.hash });
      const again = await server.store.read((reader) => lastRestore(reader, server.id));
      // The acts of the first restore: itself, the verification asked for leaves none, the permit for this one that was
      // handed in and given, and the backup before it.
      expect(again).toMatchObject({ number: end?.number, hash: end?.hash, gone: 4 });
    });

    it('brings back the oldest that is kept, though the backup made first has it removed', async () => {
      const { accessToken } = await server.must('session.login', {
        body: { username: server.admin.username, password: PASSWORD },
      });
      const as = { id: server.admin.id, headers: { Authorization: `Bearer ${accessToken}` } };
      for (let count = 0; count < 4; count += 1) {
        server.clock.nowMs += 2_000;
        const { items } = await server.must('backups.list', { as });
        const oldest = items.findLast(({ kind }) => kind === 'restore') ?? made;
        await permitToRestore(server, as, oldest.name);
        const { books } = await server.must('backups.restore', {
          as,
          params: { name: oldest.name },
          ...typed(),
        });
        expect(books).toEqual(oldest.books);
        const again = await server.must('session.login', {
          body: { username: server.admin.username, password: PASSWORD },
        });
        as.headers.Authorization = `Bearer ${again.accessToken}`;
      }
      expect(
        (await server.must('backups.list', { as })).items.filter(({ kind }) => kind === 'restore'),
      ).toHaveLength(3);
    });

    it('restores nothing from the desk where several villages share the database', async () => {
      const second = await server.addVillage();
      const params = { name: made.name };
      expect(
        await server.refused('backups.restore', { as: second.admin, params, ...typed(PASSWORD, '后洼村') }),
      ).toBe('backup.shared');
      const body = { password: PASSWORD };
      expect(await server.refused('backups.download', { as: second.admin, params, body })).toBe(
        'backup.shared',
      );
      const { items, isShared } = await server.must('backups.list', { as: second.admin });
      expect(isShared).toBe(true);
      expect(items.flatMap(({ books }) => books).filter(({ name }) => name === '前洼村')).toEqual([]);
    });
  });

  describe.skipIf(missing)('killed half-way', () => {
    let test: TestStore;
    let folder: string;
    let backup: string;
    beforeAll(async () => {
      test = await openTestStore(engine);
      await writeFullBook(test.store);
      folder = mkdtempSync(join(tmpdir(), 'jishan-killed-'));
      const maker = { store: test.store, clock: Date.now, version: '0.0.0-test' };
      backup = join(folder, (await makeOnShelf(maker, { folder, copyFolder: null }, 'asked')).name);
      // The book has grown since the backup.
      const book = await writeFullBook(test.store, 'v2');
      expect(book.villageId).toBe('v2');
      await test.store.close();
    });
    afterAll(async () => {
      await test.remove();
      rmSync(folder, { recursive: true });
    });

    it('leaves the old book or the new, whole', async () => {
      const place = { dataDir: test.dataDir, databaseUrl: test.databaseUrl };
      const outcomes: string[] = [];
      for (const phase of ['装入副本|copy', '核对|Verifying', '写入|database', null]) {
        const child = spawn(process.execPath, [cli, 'restore', backup, '--force'], {
          env: {
            ...process.env,
            LANG: 'en',
            DATA_DIR: place.dataDir,
            ...(place.databaseUrl === undefined ? {} : { DATABASE_URL: place.databaseUrl }),
            JISHAN_PROGRESS: 'all',
          },
          stdio: ['ignore', 'ignore', 'pipe'],
        });
        const gone = once(child, 'exit');
        const started = performance.now();
        if (phase !== null) {
          // At moments spread over a run.
          const afterMs = { '装入副本|copy': 450, '核对|Verifying': 600 }[phase] ?? 750;
          setTimeout(() => child.kill('SIGKILL'), afterMs);
        }
        await gone;
        outcomes.push(`${String(child.exitCode)} ${String(performance.now() - started > 0)}`);
        const store = await openStore(place);
        const villages = await store.read(({ db, t }) =>
          db.select({ id: t.villages.id }).from(t.villages).orderBy(t.villages.id),
        );
        const ids = villages.map(({ id }) => id);
        expect([['v1', 'v2'], ['v1']]).toContainEqual(ids);
        for (const id of ids)
          expect(await store.read((reader) => verifyBook(reader, id))).toMatchObject({ ok: true });
        await store.close();
        if (phase === null) expect(ids).toEqual(['v1']);
      }
      expect(outcomes).toHaveLength(4);
      expect(readdirSync(folder)).toHaveLength(1);
    });
  });
});
