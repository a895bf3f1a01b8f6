import { once } from 'node:events';
import type { Server } from 'node:http';
import { connect, type AddressInfo, type Socket } from 'node:net';
import { text } from 'node:stream/consumers';
import { setTimeout as wait } from 'node:timers/promises';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { createHttpApp, createListener, type Limits, type Resolvers } from '../../server/http/index.ts';
import { createLedger } from '../support/ledger.ts';
import { createVillage } from '../../server/village/index.ts';
import { Refusal } from '../../shared/errors.ts';
import { DEFAULT_SETTINGS } from '../../shared/village/settings.ts';
import { kernelParts } from '../support/kernel-parts.ts';
import { openTestStore, type TestStore } from '../support/stores.ts';

const KB = 1024;
const LOG_OUT = 'POST /api/v1/session/logout';
const UPLOAD = 'POST /api/v1/imports/roster?filename=a.csv';
const [MAYOR, CLERK] = ['mayor', 'clerk'].map((name) => `Authorization: Bearer ${name.padEnd(32, 'x')}`);
const MB = KB * KB;
const PICTURE = 'GET /api/v1/pictures/00000000-0000-4000-8000-000000000000 HTTP/1.1';

/** These tests concern HTTP alone, so one engine is enough. */
describe('somebody whose line is slow, or who makes it so', () => {
  let test: TestStore;
  const servers: Server[] = [];
  const received: number[] = [];
  /** The photo that is answered. It costs the server nothing, so only how callers take it counts. */
  let photo = Buffer.alloc(0);

  const resolvers: Resolvers = {
    staff: (token) =>
      Promise.resolve({
        village: {
          id: 'v1',
          name: '前洼村',
          town: '谷旦镇',
          isDemo: false,
          settings: DEFAULT_SETTINGS,
          openedAtMs: 1,
        },
        actor: { kind: 'staff', id: token.slice(0, 5), roles: ['admin'], householdIds: [] },
      }),
    household: () => Promise.reject(new Refusal('auth.required')),
    kiosk: () => Promise.reject(new Refusal('kiosk.revoked')),
  };

  beforeAll(async () => {
    test = await openTestStore('sqlite');
    const ledger = createLedger({ clock: Date.now });
    const village = { id: 'v1', bookId: 'b1', name: '前洼村', town: '谷旦镇', isDemo: false, nowMs: 1 };
    await test.store.transaction((tx) => createVillage(tx, ledger, village));
  });
  afterAll(async () => {
    for (const server of servers) {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    }
    await test.remove();
  });

  async function start(limits: Partial<Limits>): Promise<number> {
    const http = createHttpApp({
      ...kernelParts(test),
      resolvers,
      limits,
      handlers: {
        'pictures.get': () =>
          Promise.resolve({ mediaType: 'image/jpeg', bytes: photo, etag: 'a', isPublic: false }),
        'session.logout': () => Promise.resolve({ ok: true }),
        'kiosks.create': () => Promise.reject(new Refusal('goods.name_taken')),
        'imports.read': ({ body }: { body: Buffer }) => {
          received.push(body.length);
          return Promise.reject(new Refusal('paper.unreadable'));
        },
      },
    });
    const server = createListener(http.app);
    servers.push(server);
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    return (server.address() as AddressInfo).port;
  }

  function dial(port: number, bytes: string): Socket {
    const socket = connect(port, '127.0.0.1');
    socket.on('error', () => undefined);
    socket.write(bytes);
    return socket;
  }
  /** All text that the server sends until it closes the connection. */
  const untilClosed = (socket: Socket) => text(socket).catch(() => '');
  const refusal = (reply: string) => /"code":"([\w.]+)"/.exec(reply)?.[1];
  async function firstOf(socket: Socket): Promise<string | undefined> {
    return refusal(String((await once(socket, 'data'))[0]));
  }
  const head = (what: string, length: number | null, ...more: (string | undefined)[]) =>
    [
      `${what} HTTP/1.1`,
      'Host: x',
      `Content-Type: application/${what === UPLOAD ? 'octet-stream' : 'json'}`,
      length === null ? 'Transfer-Encoding: chunked' : `Content-Length: ${String(length)}`,
      ...more,
      '\r\n',
    ].join('\r\n');

  it('is told when a body does not come, and the connection is closed with the answer', async () => {
    const port = await start({ bodyMs: 200 });
    const key = 'Idempotency-Key: slow-body';
    const halves = [
      dial(port, `${head(LOG_OUT, 500)}{"a":`),
      dial(port, `${head(LOG_OUT, null)}5\r\n{"a":\r\n`),
      dial(port, `${head('POST /api/v1/kiosks', 500, MAYOR, key)}{"name":`),
      dial(port, `${head(UPLOAD, 5_000_000, MAYOR)}abc`),
    ];
    for (const reply of await Promise.all(halves.map(untilClosed)))
      expect([reply.slice(9, 12), refusal(reply)]).toEqual(['408', 'request.slow']);
  });

  it('may take long over an upload that goes on coming, and not over one that trickles', async () => {
    const port = await start({ bodyMs: 200, uploadBytesPerSecond: 2 * KB, deadlineMs: 300 });
    const pieces = 12;
    const steady = dial(port, head(UPLOAD, pieces * 4 * KB, MAYOR));
    const trickling = dial(port, head(UPLOAD, pieces * 4 * KB, MAYOR));
    const told = untilClosed(trickling);
    const answered = firstOf(steady);
    for (let piece = 0; piece < pieces; piece += 1) {
      steady.write('x'.repeat(4 * KB));
      if (trickling.writable) trickling.write('x');
      await wait(50);
    }
    expect(await answered).toBe('paper.unreadable');
    expect(received.at(-1)).toBe(pieces * 4 * KB);
    expect(refusal(await told)).toBe('request.slow');
  });

  it('holds no more than a little before it is known: what anybody may send is short', async () => {
    const port = await start({});
    const large = `{"a":"${'x'.repeat(8 * KB)}"}`;
    for (const [length, body] of [
      [large.length, large],
      [250_000, '{"a":"'],
      [null, `${large.length.toString(16)}\r\n${large}\r\n`],
    ] as const) {
      const reply = await untilClosed(dial(port, head(LOG_OUT, length) + body));
      expect([reply.slice(9, 12), refusal(reply), /"limitKb":4\b/.test(reply)]).toEqual([
        '413',
        'request.too_large',
        true,
      ]);
    }
    const short = '{"a":"x"}';
    expect(await untilClosed(dial(port, head(LOG_OUT, short.length, 'Connection: close') + short))).toContain(
      '{"ok":true}',
    );
  });

  it('cannot fill the memory with bodies, alone or with others, and gives back what it held', async () => {
    const port = await start({ bodyBytesPerCaller: 100 * KB, uploadBytesInAll: 150 * KB });
    const half = (by: string | undefined, length = 80 * KB) => dial(port, `${head(UPLOAD, length, by)}abc`);
    const first = half(MAYOR);
    // The server reads the first body once a second one of the same caller is refused.
    await vi.waitFor(async () => {
      const second = half(MAYOR);
      expect(await firstOf(second)).toBe('request.too_many');
      second.destroy();
    }, 10_000);
    expect(await firstOf(half(CLERK))).toBe('server.busy');
    const whole = dial(port, head(UPLOAD, 3, CLERK) + 'abc');
    expect(await firstOf(whole)).toBe('paper.unreadable');
    first.destroy();
    await vi.waitFor(async () => {
      const again = dial(port, head(UPLOAD, 80 * KB, MAYOR) + 'x'.repeat(80 * KB));
      expect(await firstOf(again)).toBe('paper.unreadable');
      again.destroy();
    }, 10_000);
  });

  it('leaves nothing in the memory of a body that was refused while it goes on coming', async () => {
    const port = await start({});
    setFlagsFromString('--expose-gc');
    const collectGarbage = runInNewContext('gc') as () => void;
    const before = process.memoryUsage().arrayBuffers;
    const piece = Buffer.from(`40000\r\n${'x'.repeat(256 * KB)}\r\n`);
    const sockets: Socket[] = [];
    for (let count = 0; count < 4; count += 1) {
      const socket = dial(port, head(UPLOAD, null, MAYOR));
      const told = firstOf(socket);
      for (let at = 0; at <= 40; at += 1) socket.write(piece);
      expect(await told).toBe('request.too_large');
      sockets.push(socket);
    }
    await vi.waitFor(() => {
      collectGarbage();
      expect(process.memoryUsage().arrayBuffers - before).toBeLessThan(10 * MB);
    }, 5_000);
    for (const socket of sockets) socket.destroy();
  });

  it('cannot fill the memory with answers it does not take, nor shut others out with them', async () => {
    photo = Buffer.alloc(10 * MB);
    const whole = photo.length;
    const port = await start({ answerBytesPerAddress: 1.5 * whole, answerBytesInAll: 2.5 * whole });
    const ask = (address: string) =>
      dial(port, `${PICTURE}\r\nHost: x\r\n${MAYOR ?? ''}\r\nX-Forwarded-For: ${address}\r\n\r\n`);
    const statusOf = (reply: Buffer | string) => String(reply).slice(9, 12);
    const answered = async (address: string) => {
      const socket = ask(address);
      const status = statusOf((await once(socket, 'data'))[0] as Buffer);
      socket.destroy();
      return status;
    };
    /** Asks and reads no more than the beginning of the answer. */
    const deaf = async (address: string) => {
      const socket = ask(address);
      await once(socket, 'readable');
      return socket;
    };
    const whenClosed = (socket: Socket) => once(socket.resume(), 'close');
    // A new request of an address does not close an answer that just began. It closes one that nobody reads.
    const first = await deaf('203.0.113.1');
    expect(await answered('203.0.113.1')).toBe('503');
    await vi.waitFor(async () => expect(await answered('203.0.113.1')).toBe('200'), 20_000);
    await whenClosed(first);
    const second = await deaf('203.0.113.2');
    const third = await deaf('203.0.113.3');
    // Two addresses fill the memory for answers. The next caller is answered, and the longest unread answer is closed.
    await wait(2_500);
    const fourth = ask('203.0.113.4');
    const [reply] = (await once(fourth, 'data')) as [Buffer];
    expect(statusOf(reply)).toBe('200');
    await whenClosed(second);
    fourth.destroy();
    third.destroy();
  });

  it('is not cut off while it takes a little now and then', async () => {
    photo = Buffer.alloc(20 * MB);
    const whole = photo.length;
    const port = await start({ answerBytesPerAddress: 2.5 * whole, answerBytesInAll: 2.5 * whole });
    const ask = (address: string) =>
      dial(
        port,
        `${PICTURE}\r\nHost: x\r\nConnection: close\r\n${MAYOR ?? ''}\r\nX-Forwarded-For: ${address}\r\n\r\n`,
      ).pause();
    const slow = ask('203.0.113.1');
    const ended = once(slow, 'end');
    let [taken, pauseMs] = [0, 20];
    slow.on('data', (piece: Buffer) => {
      taken += piece.length;
      slow.pause();
      setTimeout(() => slow.resume(), pauseMs);
    });
    slow.resume();
    const deaf = ask('203.0.113.1');
    // The deaf caller counts as idle after two seconds. The system buffers up to 6 MB of the slow caller's answer: only
    // beyond that does the server see that somebody takes it.
    const asked = performance.now();
    while (taken < 7 * MB || performance.now() - asked < 2_500) await wait(20);
    expect(taken).toBeLessThan(whole);
    const other = ask('203.0.113.2').resume();
    await once(other, 'data');
    await once(deaf.resume(), 'close');
    pauseMs = 0;
    await ended;
    expect(taken).toBeGreaterThan(whole);
    other.destroy();
  });
});
