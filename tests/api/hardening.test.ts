import { once } from 'node:events';
import type { Server } from 'node:http';
import { connect, type AddressInfo, type Socket } from 'node:net';
import { text } from 'node:stream/consumers';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { ENDPOINTS, type EndpointId } from '../../shared/endpoints.ts';
import { OPERATIONS } from '../../shared/contract.ts';
import { PERMISSIONS } from '../../shared/permissions.ts';
import type { Role } from '../../shared/roles.ts';
import { createListener, type Patience } from '../../server/http/listener.ts';
import { furnish, sampleOf, type Furnished } from '../support/samples.ts';
import {
  addressOf,
  methodOf,
  newKey,
  PASSWORD,
  startTestServer,
  type TestServer,
} from '../support/server.ts';

const every = Object.keys(ENDPOINTS) as EndpointId[];

/** These tests concern HTTP alone, so one engine is enough. */
describe('the server on a hostile network', () => {
  let server: TestServer;
  let own: Furnished;
  const open: Server[] = [];
  beforeAll(async () => {
    server = await startTestServer('sqlite', { limits: { requestsPerMinute: 1e6, logInsPerMinute: 1e6 } });
    own = await furnish(server, server, '本');
  });
  afterAll(async () => {
    for (const one of open) one.closeAllConnections();
    await Promise.all(open.map((one) => new Promise((resolve) => one.close(resolve))));
    await server.remove();
  });

  /** The same program behind a listener of its own. */
  async function listen(patience: Partial<Patience> = {}): Promise<number> {
    const listener = createListener(server.http.app, { patience });
    open.push(listener);
    await new Promise<void>((resolve) => listener.listen(0, '127.0.0.1', resolve));
    return (listener.address() as AddressInfo).port;
  }
  function dial(port: number): Socket {
    const socket = connect(port, '127.0.0.1');
    socket.on('error', () => undefined);
    return socket;
  }
  /** Everything the server says to these bytes before it hangs up. */
  async function say(port: number, bytes: string): Promise<string> {
    const socket = dial(port);
    socket.write(bytes, 'latin1');
    return text(socket).catch(() => '');
  }

  describe('lets go', () => {
    it('of whoever dribbles headers or a body, and serves others meanwhile', async () => {
      const port = await listen({ headersMs: 500, requestMs: 900, lookEveryMs: 50 });
      const headers = Array.from({ length: 40 }, () => {
        const socket = dial(port);
        socket.write('GET /api/v1/health HTTP/1.1\r\nHost: x\r\nX-Slow: ');
        return socket;
      });
      const bodies = Array.from({ length: 40 }, () => {
        const socket = dial(port);
        const head = [
          'POST /api/v1/goods HTTP/1.1',
          'Host: x',
          `Authorization: ${own.admin.headers.Authorization ?? ''}`,
          'Content-Type: application/json',
          'Idempotency-Key: dribbled-body',
          'Content-Length: 500',
        ];
        socket.write(`${head.join('\r\n')}\r\n\r\n{"kind":`);
        return socket;
      });
      const all = [...headers, ...bodies];
      const dribble = setInterval(() => {
        for (const socket of all) if (socket.writable) socket.write(' ');
      }, 50);
      const told = Promise.all(all.map((socket) => text(socket).catch(() => '')));
      expect((await fetch(`http://127.0.0.1:${port}/api/v1/health`)).status).toBe(200);
      const replies = await told;
      clearInterval(dribble);
      // The server ends each connection: by an answer, or by cutting it while bytes still dribble in.
      for (const reply of replies) expect(reply).toMatch(/^(?:HTTP\/1\.1 4(?:00|08)|$)/);
      expect(replies.filter((reply) => reply.startsWith('HTTP/1.1 408')).length).toBeGreaterThan(0);
      expect((await fetch(`http://127.0.0.1:${port}/api/v1/health`)).status).toBe(200);
    });

    it('of who says nothing at all', async () => {
      const port = await listen({ silentMs: 400 });
      const silent = Array.from({ length: 3 }, () => dial(port));
      await Promise.all(silent.map((socket) => once(socket, 'connect')));
      await Promise.all(silent.map((socket) => once(socket, 'close')));
      expect((await fetch(`http://127.0.0.1:${port}/api/v1/health`)).status).toBe(200);
    });

    it('waits long enough for a village’s line by default', async () => {
      await listen();
      expect(open.at(-1)).toMatchObject({
        headersTimeout: 15_000,
        requestTimeout: 45 * 60_000,
        keepAliveTimeout: 65_000,
        maxHeadersCount: 100,
      });
    });
  });

  describe('reads each message one way only', () => {
    const hidden = 'GET /api/v1/health HTTP/1.1\r\nHost: hidden\r\n\r\n';
    const get = 'GET /api/v1/health HTTP/1.1\r\n';
    const post = 'POST /api/v1/session HTTP/1.1\r\nHost: x\r\n';
    it.each([
      [
        'two ways to say how long it is',
        `${post}Content-Length: 5\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n${hidden}`,
      ],
      ['two lengths', `${post}Content-Length: 0\r\nContent-Length: ${hidden.length}\r\n\r\n${hidden}`],
      ['a coding it does not know', `${post}Transfer-Encoding: chunked, identity\r\n\r\n0\r\n\r\n${hidden}`],
      ['a space before the colon', `${post}Transfer-Encoding : chunked\r\n\r\n0\r\n\r\n${hidden}`],
      ['a chunk of no size', `${post}Transfer-Encoding: chunked\r\n\r\nzz\r\n${hidden}`],
      ['a chunk beyond all sizes', `${post}Transfer-Encoding: chunked\r\n\r\nfffffffffffffffff\r\n${hidden}`],
      ['a negative length', `${post}Content-Length: -1\r\n\r\n${hidden}`],
      ['a line feed inside a header', `${post}X-Odd: a\n b: c\r\n\r\n${hidden}`],
      ['a zero inside a header', `${post}X-Odd: a\0b\r\n\r\n${hidden}`],
      [
        'a length after another way to say it',
        `${post}Transfer-Encoding: chunked\r\nContent-Length: 5\r\n\r\n0\r\n\r\n${hidden}`,
      ],
      ['the same length twice', `${post}Content-Length: 0\r\nContent-Length: 0\r\n\r\n${hidden}`],
      ['a list of lengths', `${post}Content-Length: 0, 0\r\n\r\n${hidden}`],
      ['the same coding twice', `${post}Transfer-Encoding: chunked, chunked\r\n\r\n0\r\n\r\n${hidden}`],
      ['packed and chunked', `${post}Transfer-Encoding: gzip, chunked\r\n\r\n0\r\n\r\n${hidden}`],
      [
        'a coding before there were any',
        `POST /api/v1/session HTTP/1.0\r\nHost: x\r\nConnection: keep-alive\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n${hidden}`,
      ],
      ['lines that end in a line feed alone', `${get}Host: x\n\n${hidden}`],
      ['no host', `GET /api/v1/health HTTP/1.1\r\n\r\n${hidden}`],
      ['two hosts', `${get}Host: x\r\nHost: y\r\n\r\n${hidden}`],
      ['the same host twice', `${get}Host: x\r\nX-Between: y\r\nhost: x\r\n\r\n${hidden}`],
      ['hosts in a list', `${get}Host: x, y\r\n\r\n${hidden}`],
      ['a host that is none', `${get}Host: x y\r\n\r\n${hidden}`],
      ['a name before the host', `${get}Host: somebody@x\r\n\r\n${hidden}`],
      ['another host in the address', `GET http://y/api/v1/health HTTP/1.1\r\nHost: x\r\n\r\n${hidden}`],
      ['no version', `GET /api/v1/health\r\n\r\n${hidden}`],
      ['another protocol', `GET /api/v1/health HTTP/3.0\r\nHost: x\r\n\r\n${hidden}`],
      ['the preface of HTTP/2', `PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n${hidden}`],
    ])('%s', async (_, bytes) => {
      const reply = await say(await listen(), bytes);
      expect(reply).toMatch(/^HTTP\/1\.1 (?:400|505) /);
      expect(reply.match(/HTTP\/1\.1 /g)).toHaveLength(1);
    });

    it('and none with headers that are too long', async () => {
      const port = await listen();
      const reply = await say(
        port,
        `GET /api/v1/health HTTP/1.1\r\nHost: x\r\nX-Long: ${'x'.repeat(20_000)}\r\n\r\n`,
      );
      expect(reply).toMatch(/^HTTP\/1\.1 431 /);
      const many = Array.from({ length: 120 }, (_, index) => `X-${String(index)}: x\r\n`).join('');
      const hidden = await say(port, `GET /api/v1/health HTTP/1.1\r\nHost: x\r\n${many}Host: y\r\n\r\n`);
      expect(hidden).toMatch(/^HTTP\/1\.1 4(?:00|31) /);
      const address = await say(
        port,
        `GET /api/v1/goods?q=${'x'.repeat(20_000)} HTTP/1.1\r\nHost: x\r\n\r\n`,
      );
      expect(address).toMatch(/^HTTP\/1\.1 431 /);
    });
  });

  it.each(['x', 'x:8080', '192.168.1.10', '[::1]:8080', 'points.example.cn', ''])(
    'takes %s for a host',
    async (host) => {
      const bytes = `GET /api/v1/health HTTP/1.1\r\nHost: ${host}\r\nConnection: close\r\n\r\n`;
      expect(await say(await listen(), bytes)).toMatch(/^HTTP\/1\.1 200 /);
    },
  );

  it('knows the contract’s methods and no other, whatever a header says', async () => {
    const port = await listen();
    for (const method of ['TRACE', 'PUT', 'DELETE', 'PROPFIND', 'OPTIONS']) {
      const reply = await say(
        port,
        `${method} /api/v1/village HTTP/1.1\r\nHost: x\r\nX-Told: nobody\r\nConnection: close\r\n\r\n`,
      );
      expect(reply).toMatch(/^HTTP\/1\.1 405 /);
      expect(reply).not.toContain('nobody');
    }
    expect(await say(port, 'CONNECT 127.0.0.1:22 HTTP/1.1\r\nHost: x\r\n\r\n')).toBe('');
    for (const name of ['X-HTTP-Method-Override', 'X-HTTP-Method', 'X-Method-Override']) {
      const response = await fetch(`${server.url}/api/v1/village?_method=PATCH`, {
        headers: { ...own.admin.headers, [name]: 'PATCH' },
      });
      expect([response.status, await response.json()]).toEqual([
        200,
        expect.objectContaining({ id: own.id }),
      ]);
    }
  });

  it('lets no page of another origin read or send anything', async () => {
    const Origin = 'https://elsewhere.example';
    for (const id of every) {
      const sample = sampleOf(id, own);
      const address = `${server.url}${addressOf(id, sample)}`;
      const asked = await fetch(address, {
        method: 'OPTIONS',
        headers: {
          Origin,
          'Access-Control-Request-Method': methodOf(id),
          'Access-Control-Request-Headers': 'authorization, content-type, idempotency-key',
        },
      });
      expect([id, asked.status]).toEqual([id, 405]);
      const got = await fetch(address, { method: methodOf(id), headers: { Origin, ...own.admin.headers } });
      for (const { headers } of [asked, got])
        expect(Array.from(headers.keys()).filter((name) => name.startsWith('access-control-'))).toEqual([]);
    }
  });

  it('answers with the same few headers whatever it answers', async () => {
    for (const path of ['/api/v1/health', '/api/nothing', '/api/v1/goods', '/api/v1/openapi.json']) {
      for (const proto of ['http', 'https']) {
        const { headers } = await fetch(`${server.url}${path}`, { headers: { 'X-Forwarded-Proto': proto } });
        expect(headers.get('Content-Security-Policy')).toMatch(
          /^default-src 'none'; .*frame-ancestors 'none'/,
        );
        expect(headers.get('X-Content-Type-Options')).toBe('nosniff');
        expect(headers.get('Referrer-Policy')).toBe('no-referrer');
        expect(headers.get('Cross-Origin-Resource-Policy')).toBe('same-origin');
        expect(headers.get('Content-Type')).toMatch(/charset=utf-8$/);
        const kept = headers.get('Strict-Transport-Security');
        // No PUBLIC_URL says that everybody comes by https, and households go by plain http on the same name.
        expect(kept).toBe(proto === 'https' ? 'max-age=0' : null);
      }
    }
  });

  it('takes the refresh cookie of one kind only, and from its own pages', async () => {
    const { username } = await server.asStaff('committee');
    const logIn = async (proto: string) => {
      const headers = { 'X-Forwarded-Proto': proto };
      const got = await server.call('session.login', { body: { username, password: PASSWORD }, headers });
      return got.headers.getSetCookie()[0] ?? '';
    };
    const refresh = async (Cookie: string, headers: Record<string, string>) =>
      (await server.call('session.refresh', { headers: { Cookie, ...headers } })).status;
    const secure = await logIn('https');
    expect(secure).toMatch(/^__Host-jishan_refresh=/);
    for (const flag of ['HttpOnly', 'Path=/', 'SameSite=Strict', 'Secure'])
      expect(secure.split('; ')).toContain(flag);
    const plain = await logIn('http');
    expect(plain).toMatch(/^jishan_refresh=/);
    const [pair = ''] = secure.split(';');
    // A page on plain http can plant a cookie without the `__Host-` prefix. The server ignores it.
    expect(await refresh(pair.replace('__Host-', ''), { 'X-Forwarded-Proto': 'https' })).toBe(401);
    expect(await refresh(pair, { 'X-Forwarded-Proto': 'https' })).toBe(200);
    const [other = ''] = plain.split(';');
    for (const Origin of ['http://elsewhere.example', `${server.url}1`, 'null'])
      expect(await refresh(other, { Origin })).toBe(403);
    expect(await refresh(other, { Origin: server.url })).toBe(200);
  });

  describe('takes JSON for data', () => {
    const poison =
      '"__proto__":{"polluted":true,"roles":["admin"]},"constructor":{"prototype":{"polluted":true}}';
    const poisoned = (value: unknown) =>
      JSON.stringify(value).replace(/\{(\}?)/g, (_, end: string) => `{${poison}${end === '' ? ',' : end}`);

    it.each(every)('%s: no prototype is written to', async (id) => {
      const roles: readonly Role[] = PERMISSIONS[OPERATIONS[id].access];
      const as = roles.includes('volunteer')
        ? own.kiosk
        : roles.includes('household')
          ? own.phone
          : own.admin;
      const sample = sampleOf(id, own);
      const method = methodOf(id);
      const isUpload = sample.body instanceof Uint8Array;
      const query = '__proto__[polluted]=1&__proto__.polluted=1&constructor[prototype][polluted]=1';
      const address = addressOf(id, sample);
      const response = await fetch(`${server.url}${address}${address.includes('?') ? '&' : '?'}${query}`, {
        method,
        headers: { ...as.headers, 'Idempotency-Key': newKey(), 'Content-Type': 'application/json' },
        ...(method === 'GET' || isUpload ? {} : { body: poisoned(sample.body ?? {}) }),
      });
      await response.arrayBuffer();
      expect(response.status).toBeLessThan(500);
      expect(Object.keys(Object.prototype)).toEqual([]);
      expect(({} as Record<string, unknown>).polluted).toBeUndefined();
    });

    it.each([
      ['nested forty thousand deep', `${'{"a":'.repeat(40_000)}1${'}'.repeat(40_000)}`],
      ['lists in lists', `{"lines":${'['.repeat(100_000)}${']'.repeat(100_000)}}`],
      ['of twenty thousand names', `{${Array.from({ length: 20_000 }, (_, n) => `"n${n}":1`).join(',')}}`],
      ['that never ends', '{"a":'.repeat(40_000)],
      ['with a number nobody needs', `{"points":${'9'.repeat(100_000)}}`],
      ['with the same name twice', '{"name":"a","name":"b"}'],
    ])('%s: refused in words', async (_, body) => {
      const response = await fetch(`${server.url}/api/v1/proposals`, {
        method: 'POST',
        headers: { ...own.admin.headers, 'Idempotency-Key': newKey(), 'Content-Type': 'application/json' },
        body,
      });
      expect([response.status, ((await response.json()) as { code: string }).code]).toEqual([
        400,
        'request.invalid',
      ]);
    });

    it('a name given twice in the address is no list by accident', async () => {
      const response = await fetch(`${server.url}/api/v1/households?limit=5&limit=500`, {
        headers: own.admin.headers,
      });
      expect(response.status).toBe(400);
    });
  });
});
