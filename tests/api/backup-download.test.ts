import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { appendFileSync, copyFileSync, readFileSync, rmSync } from 'node:fs';
import { type IncomingMessage, request } from 'node:http';
import { join } from 'node:path';
import { buffer } from 'node:stream/consumers';
import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from 'vitest';
import { openStore } from '../../db/index.ts';
import { restore } from '../../server/backups/index.ts';
import { createTestDatabase } from '../support/postgres.ts';
import { lastRestore } from '../support/restored.ts';
import { furnish } from '../support/samples.ts';
import {
  type AnswerOf,
  addressOf,
  PASSWORD,
  requestOf,
  serveOver,
  type TestServer,
} from '../support/server.ts';
import { ENGINES, openTestStore } from '../support/stores.ts';

describe.each(ENGINES)('where the place for temporary files is small on $engine', ({ engine, missing }) => {
  describe.skipIf(missing)('or not there at all', () => {
    let server: TestServer;
    let made: AnswerOf<'backups.make'>;
    let shelf: string;
    beforeAll(async () => {
      const test = await openTestStore(engine);
      vi.stubEnv('TMPDIR', join(test.dataDir, 'nothing here'));
      server = await serveOver(test);
      shelf = join(test.dataDir, 'backups');
      await furnish(server, server, '前洼');
      made = await server.must('backups.make', { as: server.admin, body: {} });
    });
    afterEach(() => vi.unstubAllEnvs());
    afterAll(() => server.remove());

    const asking = (name: string) => ({
      ...{ as: server.admin, params: { name }, body: { password: PASSWORD } },
    });

    it('a backup is given out from where it lies', async () => {
      const got = await server.call('backups.download', asking(made.name));
      expect(got.status).toBe(200);
      expect(got.headers.get('Content-Length')).toBe(String(made.bytes));
      const bytes = Buffer.from(await got.data.arrayBuffer());
      expect(bytes.equals(readFileSync(join(shelf, made.name)))).toBe(true);
    });

    it('and whole, though it is tidied away while it is sent', async () => {
      const name = 'jishan-20260101-000000-asked.backup';
      const path = join(shelf, name);
      copyFileSync(join(shelf, made.name), path);
      // More than the network holds by itself; what follows a zero no unpacking looks at.
      appendFileSync(path, Buffer.concat([Buffer.alloc(1), randomBytes(30_000_000)]));
      const whole = readFileSync(path);
      const sent = requestOf('backups.download', asking(name));
      const asked = request(`${server.url}${addressOf('backups.download', asking(name))}`, {
        method: 'POST',
        headers: sent.headers as Record<string, string>,
      });
      asked.end(sent.body);
      const [answer] = (await once(asked, 'response')) as [IncomingMessage];
      rmSync(path);
      expect(answer.statusCode).toBe(200);
      expect((await buffer(answer)).equals(whole)).toBe(true);
      expect(await server.refused('backups.download', asking(name))).toBe('backup.not_found');
    });

    it('a backup is restored beside the data', async () => {
      const dataDir = join(server.test.dataDir, 'restored');
      vi.stubEnv('TMPDIR', join(dataDir, 'nothing here'));
      const database = engine === 'postgres' ? await createTestDatabase() : null;
      const place = { dataDir, databaseUrl: database?.url };
      await restore({ ...place, clock: Date.now, force: false }, join(shelf, made.name));
      const store = await openStore(place);
      expect(await store.read((reader) => lastRestore(reader, server.id))).toMatchObject({
        hash: made.books[0]?.hash,
      });
      await store.close();
      await database?.drop();
    });
  });
});
