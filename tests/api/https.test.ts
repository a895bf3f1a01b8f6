import { once } from 'node:events';
import { writeFileSync } from 'node:fs';
import type { IncomingHttpHeaders, Server } from 'node:http';
import { Agent, request, type Server as TlsServer } from 'node:https';
import { type AddressInfo, connect } from 'node:net';
import { connect as connectTls, type TLSSocket } from 'node:tls';
import type { NetworkInterfaceInfo } from 'node:os';
import { join } from 'node:path';
import { pino } from 'pino';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createListeners } from '../../server/http/index.ts';
import { namesOf, openTlsDoor, renewCertificate, type TlsDoor } from '../../server/https/index.ts';
import { addHousehold } from '../support/shop.ts';
import { PASSWORD, startTestServer, type TestServer } from '../support/server.ts';
import { ENGINES } from '../support/stores.ts';

const DAY_MS = 86_400_000;
const PLAIN = 'http://192.168.1.10:8080';
const at = (address: string): NetworkInterfaceInfo => ({
  ...{ address, mac: '3c:7c:3f:00:00:01', family: 'IPv4', netmask: '255.255.255.0', internal: false },
  cidr: `${address}/24`,
});
const silent = pino({ level: 'silent' });

interface Answer {
  readonly status: number;
  readonly headers: IncomingHttpHeaders;
  readonly body: string;
  /** The fingerprint of the certificate that the server showed. */
  readonly shown: string;
}

describe.each(ENGINES)('https beside plain http, on $engine', ({ engine, missing }) => {
  describe.skipIf(missing)('through a real listener', () => {
    let server: TestServer;
    let plain: Server;
    let secure: TlsServer;
    let door: TlsDoor;
    let now = '192.168.1.10';

    beforeAll(async () => {
      server = await startTestServer(engine, {
        place: { host: '0.0.0.0', port: 8080 },
        interfaces: () => ({ eth0: [at(now)] }),
        httpsPort: () => door.port(),
      });
      const isProxy = (address: string) => server.http.isProxy(address);
      ({ plain, secure } = createListeners(server.http.app, { isProxy }));
      door = await openTlsDoor({
        server: secure,
        files: server.http.certificates,
        listen: async (tls) => {
          tls.listen(0, '127.0.0.1');
          await once(tls, 'listening');
          return (tls.address() as AddressInfo).port;
        },
        mustListen: false,
        logger: silent,
        lookEveryMs: 20,
      });
      plain.listen(0, '127.0.0.1');
      await once(plain, 'listening');
    });
    afterAll(async () => {
      door.stop();
      for (const one of [plain, secure]) {
        one.closeAllConnections();
        one.close();
      }
      await server.remove();
    });

    const make = (names: readonly string[] = ['localhost', '127.0.0.1', '::1', '192.168.1.10']) =>
      renewCertificate({
        files: server.http.certificates,
        names,
        called: 'Jishan test',
        issuing: {
          nowMs: server.clock.nowMs,
          random: (size) => crypto.getRandomValues(new Uint8Array(size)),
        },
        book: () => Promise.resolve(),
      });

    /** Asks over TLS, on a new connection, trusting the village's authority alone. */
    function ask(
      method: string,
      path: string,
      headers: Record<string, string> = {},
      body?: unknown,
    ): Promise<Answer> {
      const ca = server.http.certificates.authority()?.certificate.toString();
      const port = door.port() ?? 0;
      const sent = { ...(body === undefined ? {} : { 'Content-Type': 'application/json' }), ...headers };
      return new Promise((resolve, reject) => {
        const asked = request(
          { host: '127.0.0.1', port, path, method, headers: sent, agent: new Agent({ ca }) },
          (response) => {
            let text = '';
            const socket = response.socket as TLSSocket;
            const shown = socket.getPeerCertificate().fingerprint256;
            response.setEncoding('utf8').on('data', (part: string) => (text += part));
            response.on('end', () =>
              resolve({ status: response.statusCode ?? 0, headers: response.headers, body: text, shown }),
            );
          },
        );
        asked.on('error', reject).end(body === undefined ? undefined : JSON.stringify(body));
      });
    }
    const renewal = () => {
      const job = server.http.jobs.find(({ name }) => name === 'renewal of the certificate');
      if (!job) throw new Error('there is no such job');
      const { store, clock } = server;
      return job.run({
        store,
        clock: () => clock.nowMs,
        logger: silent,
        signal: AbortSignal.timeout(60_000),
      });
    };
    const namesNow = () => namesOf(server.http.certificates.own() ?? expect.fail('no certificate'));
    const acts = async () =>
      (await server.must('acts.list', { as: server.admin, query: { act: 'https.' } })).items;

    it('is not there until somebody made a certificate, and the server makes none by itself', async () => {
      await renewal();
      expect(await server.must('https.get')).toEqual({
        ...{ port: null, source: 'none', names: [], endsAt: null, authority: null },
      });
      expect((await fetch(`${server.url}/ca.crt`)).status).toBe(404);
      expect(await acts()).toEqual([]);
    });

    it('opens while the server runs, and tells devices what to install', async () => {
      await make();
      await expect.poll(() => door.port()).not.toBeNull();
      const told = await server.must('https.get');
      const authority = server.http.certificates.authority()?.certificate;
      expect(told).toMatchObject({ source: 'own', port: door.port() });
      expect(told.names).toContain('192.168.1.10');
      expect(told.authority?.sha256).toBe(authority?.fingerprint256.replaceAll(':', ''));
      const document = await fetch(`${server.url}/ca.crt`);
      expect(document.headers.get('Content-Type')).toBe('application/x-x509-ca-cert');
      expect(document.headers.get('X-Content-Type-Options')).toBe('nosniff');
      expect(Buffer.from(await document.arrayBuffer()).equals(authority?.raw ?? Buffer.alloc(0))).toBe(true);
      expect((await ask('GET', '/api/v1/health')).status).toBe(200);
      // Nothing of a key is told anywhere.
      expect(JSON.stringify(told)).not.toMatch(/PRIVATE|BEGIN/);
    });

    it('speaks TLS 1.2 and 1.3 alone, and nothing in the clear', async () => {
      const socket = connect(door.port() ?? 0, '127.0.0.1');
      socket.on('error', () => undefined).resume();
      socket.write('GET /api/v1/health HTTP/1.1\r\nHost: x\r\n\r\n');
      await once(socket, 'close');
      const old = connectTls({
        ...{ host: '127.0.0.1', port: door.port() ?? 0, rejectUnauthorized: false },
        ...{ minVersion: 'TLSv1.1', maxVersion: 'TLSv1.1', ciphers: 'DEFAULT@SECLEVEL=0' },
      });
      const [error] = (await once(old, 'error')) as [NodeJS.ErrnoException];
      expect(error.code).toMatch(/PROTOCOL|VERSION|SSL/);
    });

    it('never tells a browser to keep to https, and takes back what was told', async () => {
      for (const path of ['/api/v1/health', '/api/nothing'])
        expect((await ask('GET', path)).headers['strict-transport-security']).toBe('max-age=0');
      const { port } = plain.address() as AddressInfo;
      const { headers } = await fetch(`http://127.0.0.1:${port}/api/v1/health`);
      expect(headers.get('Strict-Transport-Security')).toBeNull();
    });

    it('log-ins of both stand side by side: no cookie of one is written over by the other', async () => {
      const { username } = await server.asStaff('committee');
      const body = { username, password: PASSWORD };
      const { port } = plain.address() as AddressInfo;
      const inTheClear = await fetch(`http://127.0.0.1:${port}/api/v1/session`, {
        method: 'POST',
        headers: { 'Content-Type': 'application/json' },
        body: JSON.stringify(body),
      });
      const plainCookies = inTheClear.headers.getSetCookie();
      const secureCookies = (await ask('POST', '/api/v1/session', {}, body)).headers['set-cookie'] ?? [];
      const names = (cookies: readonly string[]) =>
        cookies.map((cookie) => cookie.slice(0, cookie.indexOf('=')));
      expect(plainCookies.length).toBeGreaterThan(1);
      expect(names(secureCookies).filter((name) => names(plainCookies).includes(name))).toEqual([]);
      expect(secureCookies.every((cookie) => cookie.includes('; Secure'))).toBe(true);
      expect(plainCookies.some((cookie) => cookie.includes('; Secure'))).toBe(false);
      // A browser sends both kinds to https. Each log-in is renewed by its own.
      const all = [...plainCookies, ...secureCookies].map((cookie) => cookie.split(';')[0]).join('; ');
      expect((await ask('POST', '/api/v1/session/refresh', { Cookie: all }, {})).status).toBe(200);
      const again = await fetch(`http://127.0.0.1:${port}/api/v1/session/refresh`, {
        method: 'POST',
        headers: {
          'Content-Type': 'application/json',
          Cookie: plainCookies.map((one) => one.split(';')[0]).join('; '),
        },
        body: '{}',
      });
      expect(again.status).toBe(200);
    });

    it('leaves cards and pairing on plain http', async () => {
      const as = server.admin;
      await server.must('address.choose', { as, body: { origin: PLAIN, isKept: true } });
      const { id } = await addHousehold(server);
      const sheet = await server.must('cards.sheet', { as, body: { householdIds: [id] } });
      for (const { url, code } of sheet.items) expect(url).toBe(`${PLAIN}/me/#c=${code}`);
      const { offered, address } = await server.must('address.get', { as });
      expect([address, ...offered.map(({ origin }) => origin)].join(' ')).not.toContain('https');
    });

    it('counts a caller together with plain http: whoever is refused on one port is refused on the other', async () => {
      const headers = { 'Content-Type': 'application/json', 'X-Forwarded-For': '203.0.113.77' };
      const guess = { username: 'nobody', password: 'x' };
      const many = Array.from({ length: 70 }, () => ask('POST', '/api/v1/session', headers, guess));
      expect((await Promise.all(many)).map(({ status }) => status)).toContain(429);
      const { port } = plain.address() as AddressInfo;
      const inTheClear = await fetch(`http://127.0.0.1:${port}/api/v1/session`, {
        method: 'POST',
        headers,
        body: JSON.stringify(guess),
      });
      expect(inTheClear.status).toBe(429);
    });

    it('is renewed well before the end, without a restart, by an act in the book', async () => {
      await renewal();
      const authority = server.http.certificates.authority()?.certificate.fingerprint256;
      const before = server.http.certificates.own()?.fingerprint256;
      const count = (await acts()).length;
      server.clock.nowMs += 200 * DAY_MS;
      await renewal();
      expect(server.http.certificates.own()?.fingerprint256).toBe(before);
      server.clock.nowMs += 110 * DAY_MS;
      await renewal();
      server.clock.nowMs -= 310 * DAY_MS;
      const after = server.http.certificates.own()?.fingerprint256;
      expect(after).not.toBe(before);
      expect(server.http.certificates.authority()?.certificate.fingerprint256).toBe(authority);
      const told = await acts();
      expect(told).toHaveLength(count + 1);
      expect(told[0]).toMatchObject({ act: 'https.certificate_made', via: 'server' });
      // Made by a clock that was ahead, it does not count yet: the right clock makes another.
      await renewal();
      const now = server.http.certificates.own()?.fingerprint256;
      await expect.poll(async () => (await ask('GET', '/api/v1/health')).shown).toBe(now);
    });

    it('is remade by itself when the computer got another address; devices that trust the authority go on', async () => {
      await renewal();
      const count = (await acts()).length;
      now = '192.168.1.23';
      await renewal();
      expect(namesNow()).toEqual(expect.arrayContaining(['192.168.1.10', '192.168.1.23']));
      expect(await acts()).toHaveLength(count + 1);
      const made = server.http.certificates.own()?.fingerprint256;
      // Asked by a client that trusts the same authority as before.
      await expect.poll(async () => (await ask('GET', '/api/v1/health')).shown).toBe(made);
      await renewal();
      now = '192.168.1.10';
      await renewal();
      expect(await acts()).toHaveLength(count + 1);
    });

    it('goes on with the certificate it has when the file is damaged, and says so', async () => {
      const { folder } = server.http.certificates;
      const { shown } = await ask('GET', '/api/v1/health');
      writeFileSync(join(folder, 'server.json'), '{"cert":"');
      await expect.poll(async () => (await server.must('https.get')).source).toBe('broken');
      expect((await ask('GET', '/api/v1/health')).shown).toBe(shown);
      await renewal();
      expect((await server.must('https.get')).source).toBe('own');
    });
  });
});
