import { readdirSync, readlinkSync } from 'node:fs';
import { createServer, get, type IncomingMessage, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import { type Store, StoreTroubled } from '../../db/index.ts';
import { createHttpApp, type Limits, type Resolvers } from '../../server/http/index.ts';
import { Refusal } from '../../shared/errors.ts';
import { DEFAULT_SETTINGS } from '../../shared/village/settings.ts';
import { kernelParts, loggerInto } from '../support/kernel-parts.ts';
import { ENGINES, openTestStore, type TestStore } from '../support/stores.ts';

const PIECE = 'x'.repeat(65_536);
/** Together they are far more than the socket buffers between two processes hold. */
const PIECES = 500;

/** The HTTP kernel on a real database. Each test sets `content`, the download that is asked for. */
describe.each(ENGINES)('a download on $engine', ({ engine, missing }) => {
  describe.skipIf(missing)('of a large book', () => {
    let test: TestStore;
    let url = '';
    /** The address of a server that soon closes a download nobody reads. */
    let hasty = '';
    const servers: Server[] = [];
    const lines: string[] = [];
    let content: () => AsyncGenerator<string>;
    const headers = { Authorization: `Bearer ${'x'.repeat(32)}` };

    async function start(limits: Partial<Limits>, store: Store = test.store): Promise<string> {
      const nobody = () => Promise.reject(new Refusal('auth.required'));
      const village = {
        id: 'v1',
        name: '前洼村',
        town: '谷旦镇',
        isDemo: false,
        openedAtMs: 1,
        settings: DEFAULT_SETTINGS,
      };
      const resolvers: Resolvers = {
        staff: () =>
          Promise.resolve({
            village,
            actor: { kind: 'staff', id: 's1', roles: ['admin'], householdIds: [] },
          }),
        household: nobody,
        kiosk: nobody,
      };
      const { app } = createHttpApp({
        ...kernelParts(test, loggerInto(lines)),
        store,
        resolvers,
        limits,
        handlers: {
          'ledger.export': () =>
            Promise.resolve({ filename: '账本.csv', mediaType: 'text/csv', content: content() }),
        },
      });
      const server = createServer(app);
      servers.push(server);
      await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
      return `http://127.0.0.1:${(server.address() as AddressInfo).port}/api/v1/ledger/export/csv`;
    }

    beforeAll(async () => {
      test = await openTestStore(engine);
      url = await start({});
      hasty = await start({ stalledMs: 500 });
    });
    beforeEach(() => {
      lines.length = 0;
    });
    afterAll(async () => {
      for (const server of servers) {
        server.closeAllConnections();
        await new Promise((resolve) => server.close(resolve));
      }
      await test.remove();
    });

    async function* pieces(count: number): AsyncGenerator<string> {
      for (let index = 0; index < count; index += 1) yield await Promise.resolve(PIECE);
    }
    /** Uses a fresh connection, because the buffers of a connection that was in use have grown. */
    const ask = (from: string) =>
      new Promise<IncomingMessage>((resolve, reject) => {
        get(from, { headers, agent: false }, resolve).on('error', reject);
      });
    const gone = (requestId: string) =>
      vi.waitUntil(
        () => lines.some((line) => line.includes('"status":499') && line.includes(`"${requestId}`)),
        { timeout: 20_000 },
      );

    it('comes whole, with its size and its name', async () => {
      content = () => pieces(PIECES);
      const response = await ask(url);
      expect(response.headers).toMatchObject({
        'content-length': String(PIECES * PIECE.length),
        'content-disposition': `attachment; filename="__.csv"; filename*=UTF-8''${encodeURIComponent('账本.csv')}`,
      });
      let size = 0;
      for await (const chunk of response) size += (chunk as Buffer).length;
      expect([size, response.complete]).toEqual([PIECES * PIECE.length, true]);
    });

    it('is let go of where its caller takes none of it, and does not look whole', async () => {
      content = () => pieces(PIECES);
      const response = await ask(hasty);
      expect(response.statusCode).toBe(200);
      const failed = new Promise((resolve) => response.once('error', resolve));
      // The client reads nothing until the server has closed the download.
      await gone(String(response.headers['x-request-id']));
      let size = 0;
      response.on('data', (chunk: Buffer) => (size += chunk.length));
      expect(await failed).toMatchObject({ code: 'ECONNRESET' });
      expect(size).toBeLessThan(PIECES * PIECE.length);
      expect(response.complete).toBe(false);
      expect(lines.join('')).not.toContain('"bug"');
    });

    it('is not put together to the end for a caller who has gone, and its snapshot is free', async () => {
      const state = { given: 0, ended: false };
      let hangUp: () => void = () => undefined;
      content = async function* () {
        try {
          for (; ; state.given += 1) {
            if (state.given === 3) hangUp();
            // The server needs one turn of the event loop to notice that the client is gone.
            await new Promise((resolve) => setImmediate(resolve));
            yield PIECE;
          }
        } finally {
          state.ended = true;
        }
      };
      const request = get(url, { headers });
      request.on('error', () => undefined);
      hangUp = () => request.destroy();
      await vi.waitUntil(() => state.ended, { timeout: 20_000 });
      await gone('');
      expect(lines.join('')).not.toContain('"bug"');
      // On PostgreSQL each download holds one of eight connections: the ninth would hang if one leaked.
      content = () => pieces(1);
      for (let time = 0; time < 9; time += 1) expect((await fetch(url, { headers })).status).toBe(200);
    });

    // A store that says it is damaged takes no more acts, so these come last.
    it('that meets a failure while it is put together is answered as a problem', async () => {
      content = async function* () {
        yield* pieces(5);
        throw new StoreTroubled('damaged');
      };
      const response = await fetch(url, { headers });
      expect([response.status, await response.json()]).toMatchObject([503, { code: 'server.damaged' }]);
    });

    it('is let go of where its snapshot cannot be ended in peace', async () => {
      const troubled: Store = {
        ...test.store,
        async read(work) {
          await test.store.read(work);
          throw new StoreTroubled('damaged');
        },
      };
      const from = await start({}, troubled);
      content = () => pieces(5);
      /** Counts the downloads under way. The server unlinks their files at once and keeps them open. */
      const nameless = () =>
        readdirSync('/proc/self/fd').filter((file) => {
          try {
            return /downloads\/.* \(deleted\)$/.test(readlinkSync(`/proc/self/fd/${file}`));
          } catch {
            return false;
          }
        }).length;
      await vi.waitUntil(() => nameless() === 0, { timeout: 20_000 });
      const response = await fetch(from, { headers });
      expect([response.status, await response.json()]).toMatchObject([503, { code: 'server.damaged' }]);
      expect(nameless()).toBe(0);
    });
  });
});
