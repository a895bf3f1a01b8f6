import { once } from 'node:events';
import type { RequestListener, Server, ServerResponse } from 'node:http';
import { connect, type AddressInfo, type Socket } from 'node:net';
import { pino } from 'pino';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { addressKey } from '../../../server/http/address-key.ts';
import { createListener, type ListenerOptions } from '../../../server/http/listener.ts';
import { connectionsWithin } from '../../../server/http/open-files.ts';

const [FIRST, SECOND, THIRD] = ['127.0.0.2', '127.0.0.3', '127.0.0.4'] as const;
const ASK = 'GET / HTTP/1.1\r\nHost: x\r\n\r\n';
const HALF = 'POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 9\r\n\r\nhalf';

describe('an address is counted', () => {
  it.each([
    ['192.168.1.7', '192.168.1.7'],
    ['::ffff:192.168.1.7', '192.168.1.7'],
    ['::FFFF:c0a8:0107', '192.168.1.7'],
    ['2001:db8:1:2:aaaa::1', addressKey('2001:db8:1:2:bbbb::9')],
    // A provider gives a customer's line 256 such networks.
    ['2001:db8:1:2::1', addressKey('2001:db8:1:ff::1')],
    ['fe80::1%eth0', addressKey('fe80::2%eth0')],
  ])('%s as %s', (address, key) => expect(addressKey(address)).toBe(key));

  it('by the network its line was given, and not by more', () => {
    expect(addressKey('2001:db8:1:2::1')).not.toBe(addressKey('2001:db8:1:102::1'));
    expect(addressKey('192.168.1.7')).not.toBe(addressKey('192.168.1.8'));
    expect(addressKey(undefined)).toBe('');
  });
});

describe('connections', () => {
  const servers: Server[] = [];
  const lines: string[] = [];
  afterEach(async () => {
    for (const server of servers.splice(0)) {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    }
    lines.length = 0;
  });

  async function listen(
    options: ListenerOptions,
    app: RequestListener = (_, response) => response.end('ok'),
  ): Promise<Server> {
    const logger = pino({ level: 'info' }, { write: (line: string) => void lines.push(line) });
    const server = createListener(app, { logger, ...options });
    servers.push(server);
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    return server;
  }
  async function dial(server: Server, localAddress: string, bytes = ''): Promise<Socket> {
    const { port } = server.address() as AddressInfo;
    const taken = once(server, 'connection');
    const socket = connect({ port, host: '127.0.0.1', localAddress });
    socket.on('error', () => undefined);
    await Promise.all([once(socket, 'connect'), taken]);
    if (bytes !== '') {
      const asked = once(server, 'request');
      socket.write(bytes);
      await asked;
    }
    return socket;
  }
  const closed = (socket: Socket) =>
    vi.waitFor(() => expect(socket.readableEnded || socket.destroyed).toBe(true), { timeout: 10_000 });
  async function answered(socket: Socket): Promise<string> {
    const data = once(socket, 'data');
    socket.write(ASK);
    return String((await data)[0]).slice(9, 12);
  }
  const limits = (connectionsPerAddressMax: number, connectionsMax = 100) => ({
    patience: { connectionsPerAddressMax, connectionsMax },
  });

  it('of one address beyond its share end the one that has been idle longest', async () => {
    const server = await listen(limits(3));
    const [a, b, c] = [await dial(server, FIRST), await dial(server, FIRST), await dial(server, FIRST)];
    // The one that was used last is the last to go.
    expect(await answered(a)).toBe('200');
    const d = await dial(server, FIRST);
    await closed(b.resume());
    for (const socket of [a, c, d, await dial(server, SECOND)]) expect(await answered(socket)).toBe('200');
  });

  it('whose request is being worked on are not ended for others', async () => {
    const working: ServerResponse[] = [];
    const server = await listen(limits(2), (_, response) => void working.push(response));
    const [a, b] = [await dial(server, FIRST, ASK), await dial(server, FIRST, ASK)];
    await closed((await dial(server, FIRST)).resume());
    for (const response of working) response.end('ok');
    for (const socket of [a, b]) expect(String((await once(socket, 'data'))[0])).toMatch(/^HTTP\/1\.1 200/);
    await dial(server, FIRST);
    await closed(a.resume());
    expect(b.destroyed).toBe(false);
  });

  it('that wait for their caller do make room: half a body, an answer that is not taken', async () => {
    const large = Buffer.alloc(64 * 1024 * 1024);
    const server = await listen(limits(2), (request, response) => {
      request.resume();
      if (request.method === 'GET') response.end(large);
    });
    const deaf = await dial(server, FIRST, ASK);
    deaf.pause();
    const half = await dial(server, FIRST, HALF);
    await dial(server, FIRST);
    await closed(deaf.resume());
    await dial(server, FIRST);
    await closed(half.resume());
  });

  it('that are closed end all their answers, also those that wait behind another', async () => {
    const closed: number[] = [];
    let asked = 0;
    const server = await listen(limits(2), (_, response) => {
      const place = (asked += 1);
      response.once('close', () => closed.push(place));
    });
    const socket = await dial(server, FIRST, ASK.repeat(3));
    await vi.waitFor(() => expect(asked).toBe(3));
    socket.destroy();
    await vi.waitFor(() => expect(closed.sort()).toEqual([1, 2, 3]));
  });

  it('of a proxy are those of many, and not counted', async () => {
    const server = await listen({ ...limits(2), isProxy: (address) => address === FIRST });
    const sockets = [];
    for (let count = 0; count < 12; count += 1) sockets.push(await dial(server, FIRST));
    for (const socket of sockets) expect(await answered(socket)).toBe('200');
  });

  it('beyond what there may be in all come from the address that has the most', async () => {
    const server = await listen({ ...limits(4, 6), isProxy: (address) => address === THIRD });
    const own = await dial(server, SECOND);
    const others = [await dial(server, FIRST), await dial(server, FIRST), await dial(server, FIRST)] as const;
    const proxied = [await dial(server, THIRD), await dial(server, THIRD)];
    const late = await dial(server, '127.0.0.5');
    const [idlest, ...left] = others;
    await closed(idlest.resume());
    for (const socket of [own, ...left, ...proxied, late]) expect(await answered(socket)).toBe('200');
  });

  it('that are ended are told of in one line, by numbers alone', async () => {
    const { patience } = limits(1, 3);
    const server = await listen({ patience: { ...patience, reportEveryMs: 1_000_000 } });
    for (let round = 0; round < 20; round += 1) await dial(server, FIRST);
    await dial(server, SECOND);
    await dial(server, SECOND);
    expect(lines).toEqual([]);
    server.closeAllConnections();
    await new Promise((resolve) => servers.pop()?.close(resolve));
    expect(lines).toHaveLength(1);
    expect(JSON.parse(lines[0] ?? '')).toMatchObject({ perAddress: 20, inAll: 0, unread: 0, addresses: 2 });
    expect(lines[0]).not.toContain('127.0.0');
  });

  it('on which a refused body goes on coming are ended: at once, or soon where a token may only have run out', async () => {
    const server = await listen({ patience: { unreadMs: 200 } }, (_, response) => {
      response.statusCode = 401;
      response.end();
    });
    const withToken = (bytes: string) => bytes.replace('Host: x', 'Host: x\r\nAuthorization: Bearer x');
    // A body that came whole is no reason to end a connection.
    const whole = await dial(server, FIRST, HALF.replace('Content-Length: 9', 'Content-Length: 4'));
    expect(String((await once(whole, 'data'))[0])).toMatch(/^HTTP\/1\.1 401/);
    const known = await dial(server, FIRST, withToken(HALF));
    const unknown = await dial(server, FIRST, HALF);
    await closed(unknown.resume());
    expect(known.readableEnded || known.destroyed).toBe(false);
    await closed(known.resume());
    expect(await answered(whole)).toBe('401');
  });

  it('over which nothing is taken of an answer are ended, and not those that only wait for one', async () => {
    let finish = (): void => undefined;
    const large = Buffer.alloc(64 * 1024 * 1024);
    const server = await listen({ patience: { takingMs: 150, lookEveryMs: 30 } }, (request, response) => {
      if (request.url === '/') response.end(large);
      else finish = () => response.end('ok');
    });
    const waiting = await dial(server, FIRST, ASK.replace('/', '/slow'));
    const deaf = await dial(server, SECOND, ASK);
    deaf.pause();
    await vi.waitFor(async () => {
      expect(await new Promise((resolve) => server.getConnections((_, count) => resolve(count)))).toBe(1);
    }, 20_000);
    finish();
    expect(String((await once(waiting, 'data'))[0])).toMatch(/^HTTP\/1\.1 200/);
  });
});

it('there are no more connections than open files allow', () => {
  expect(connectionsWithin(4_000)).toBeLessThanOrEqual(4_000);
  expect(connectionsWithin(4_000)).toBeGreaterThanOrEqual(100);
  expect(connectionsWithin(10)).toBe(10);
});
