import { randomBytes } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pino } from 'pino';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createSwitch } from '../../db/index.ts';
import { createKeeper, createUploads, inHere } from '../../server/backups/index.ts';
import { backupKeysOf } from '../../server/config.ts';
import { actEntries, readHead } from '../../server/ledger/index.ts';
import { runCommand } from '../support/server-process.ts';
import { PASSWORD, SECRETS, startTestServer, type TestServer } from '../support/server.ts';
import { ENGINES } from '../support/stores.ts';

describe.each(ENGINES)('what leaves the village on $engine', ({ engine, missing }) => {
  describe.skipIf(missing)('leaves an act before it begins', () => {
    let server: TestServer;
    let folder: string;
    beforeAll(async () => {
      folder = mkdtempSync(join(tmpdir(), 'jishan-out-'));
      server = await startTestServer(engine);
    });
    afterAll(async () => {
      await server.remove();
      rmSync(folder, { recursive: true, force: true });
    });

    const place = () => ({ dataDir: server.test.dataDir, databaseUrl: server.test.databaseUrl });
    const lastAct = async (villageId = server.id) => {
      const [act] = await server.store.read((reader) => actEntries(reader, villageId, { limit: 1 }));
      const { actorId, source } = act ?? {};
      return { actorId, source, act: act?.facts.get('act'), via: act?.facts.get('via'), facts: act?.facts };
    };

    it('a backup from the desk, which holds the act, and its download', async () => {
      const as = server.admin;
      const made = await server.must('backups.make', { as, body: {} });
      const head = await server.store.read((reader) => readHead(reader, server.id));
      expect(made.books[0]).toMatchObject({ number: head?.number, hash: head?.hash });
      expect(await lastAct()).toMatchObject({
        ...{ act: 'backups.made', actorId: as.id, via: 'desk', source: `village:${server.id}` },
      });
      const params = { name: made.name };
      await server.refused('backups.download', { as, params, body: { password: 'wrong one' } });
      expect(await lastAct()).toMatchObject({ act: 'backups.made' });
      await server.must('backups.download', { as, params, body: { password: PASSWORD } });
      expect(await lastAct()).toMatchObject({ act: 'backups.downloaded', source: `backup:${made.name}` });
    });

    it('the daily backup, in every village of the database', async () => {
      const second = await server.addVillage();
      const shelf = { folder: join(folder, 'shelf'), copyFolder: null };
      const clock = Date.now;
      const keys = backupKeysOf(SECRETS);
      const keeper = createKeeper({
        ...inHere({ ...place(), shelf, version: '0.0.0-test', clock, keys }),
        ...{ store: createSwitch(server.store, () => Promise.resolve(server.store)), clock, hour: 3, shelf },
        ...{ uploads: createUploads(shelf, 1e6, randomBytes), logger: pino({ level: 'silent' }) },
      });
      await server.store.transaction(({ db, t }) => db.delete(t.leases).returning({ id: t.leases.id }));
      await keeper.makeDaily();
      await keeper.stop();
      for (const id of [server.id, second.id])
        expect(await lastAct(id)).toMatchObject({ act: 'backups.made', actorId: 'system', via: 'server' });
    });

    it('exports and backups of the command line, also when the clock is behind the book', async () => {
      server.clock.nowMs = Date.now() + 3 * 86_400_000;
      const as = await server.asStaff('admin');
      await server.must('households.create', { as, body: { head: '王小明', group: '一组' } });
      const file = join(folder, 'book.journal');
      const words = ['export', '--format', 'journal', '--village', server.id, '--out', file];
      expect(await runCommand(place(), ...words)).toMatchObject({ code: 0 });
      const byCommand = { actorId: 'command_line', via: 'command_line' };
      expect(await lastAct()).toMatchObject({ act: 'books.exported', ...byCommand });
      expect(await runCommand(place(), 'backup', join(folder, 'all.backup'))).toMatchObject({ code: 0 });
      const { facts, ...act } = await lastAct();
      expect(act).toMatchObject({ act: 'backups.made', ...byCommand });
      expect(facts?.get('is.file')).toBe('"all.backup"');
    });
  });
});
