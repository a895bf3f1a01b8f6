import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { mkdtempSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { Agent, request } from 'node:https';
import { createServer, connect, type AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { connect as connectTls, type TLSSocket } from 'node:tls';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { boundsFor, httpsFiles, makeAuthority, makeCertificate } from '../../server/https/index.ts';
import { launchCommand, launchServer, type ServerProcess, startServer } from '../support/server-process.ts';

const NAMES = ['localhost', '127.0.0.1'];

/** The program as a process, with https beside plain http. */
describe('https of the server as a process', () => {
  let folder: string;
  let place: { dataDir: string; databaseUrl: undefined; env: Record<string, string> };
  const running: ServerProcess[] = [];
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'jishan-tls-'));
    place = { dataDir: join(folder, 'data'), databaseUrl: undefined, env: { HTTPS_PORT: '0' } };
  });
  afterEach(async () => {
    for (const server of running.splice(0)) await server.kill();
    rmSync(folder, { recursive: true });
  });

  async function start(env: Record<string, string> = {}) {
    const server = await startServer(place, { env });
    running.push(server);
    return server;
  }
  const portOf = async (url: string) =>
    ((await (await fetch(`${url}/api/v1/https`)).json()) as { port: number | null }).port;
  async function opened(url: string): Promise<number> {
    await expect.poll(() => portOf(url), { timeout: 10_000 }).not.toBeNull();
    return (await portOf(url)) ?? 0;
  }
  const trusted = () => httpsFiles(place.dataDir).authority()?.certificate.toString();
  const jishan = (...words: string[]) => launchCommand(place, 'https', ...words).ended;

  function ask(port: number, path: string, headers: Record<string, string> = {}) {
    return new Promise<{ body: string; shown: string }>((resolve, reject) => {
      const agent = new Agent({ rejectUnauthorized: false });
      request({ host: '127.0.0.1', port, path, headers, agent }, (response) => {
        const shown = (response.socket as TLSSocket).getPeerCertificate().fingerprint256;
        let body = '';
        response.setEncoding('utf8').on('data', (part: string) => (body += part));
        response.on('end', () => resolve({ body, shown }));
      })
        .on('error', reject)
        .end();
    });
  }

  function pair(name: string): { HTTPS_CERT: string; HTTPS_KEY: string } {
    const issuing = { nowMs: Date.now(), random: (size: number) => randomBytes(size) };
    const one = makeCertificate(makeAuthority('other', boundsFor(NAMES), issuing), NAMES, issuing);
    const files = { HTTPS_CERT: join(folder, `${name}.crt`), HTTPS_KEY: join(folder, `${name}.key`) };
    writeFileSync(files.HTTPS_CERT, one.certificate.toString());
    writeFileSync(files.HTTPS_KEY, one.key.export({ type: 'pkcs8', format: 'pem' }));
    return files;
  }

  it('opens for a certificate made beside it, knows who is at its own machine, and stops with callers that say nothing', async () => {
    const server = await start();
    expect(await portOf(server.url)).toBeNull();
    expect((await jishan()).code).toBe(0);
    const port = await opened(server.url);
    const needsCode = async (headers: Record<string, string>) =>
      (JSON.parse((await ask(port, '/api/v1/setup', headers)).body) as { needsCode: boolean }).needsCode;
    expect(await needsCode({ Host: `localhost:${port}` })).toBe(false);
    expect(await needsCode({ Host: `shop.lan:${port}` })).toBe(true);
    expect(await needsCode({ Host: `localhost:${port}`, 'X-Forwarded-For': '127.0.0.1' })).toBe(true);

    const silent = connectTls({ host: '127.0.0.1', port, ca: trusted() });
    await once(silent, 'secureConnect');
    const half = connect(port, '127.0.0.1');
    await once(half, 'connect');
    half.write(Buffer.from([0x16, 0x03, 0x01]));
    for (const socket of [silent, half]) socket.on('error', () => undefined).resume();
    await wait(50);
    server.child.kill('SIGTERM');
    expect(await server.gone).toBe(0);
    expect(server.said.out).not.toContain('were cut');
    running.splice(0);
  });

  it('goes on with a port of its own taken, unless somebody chose it', async () => {
    expect((await jishan()).code).toBe(0);
    const taken = createServer().listen(0, '127.0.0.1');
    await once(taken, 'listening');
    const { port } = taken.address() as AddressInfo;
    const refused = launchServer(place, { env: { HTTPS_PORT: String(port) } });
    expect(await refused.origin).toBeNull();
    expect(refused.said.errors).toContain(`HTTPS_PORT=8090`);
    // Nobody chose 8443: plain http is there, even if another program holds that port.
    const holder = createServer()
      .on('error', () => undefined)
      .listen(8443, '127.0.0.1');
    await wait(50);
    const server = await start({ HTTPS_PORT: '' });
    expect(await portOf(server.url)).toBeNull();
    expect(server.said.out).toContain('https is not served');
    for (const one of [taken, holder]) one.close();
  });

  it('listens nowhere where it is switched off', async () => {
    expect((await jishan()).code).toBe(0);
    const server = await start({ HTTPS_PORT: 'off' });
    await wait(300);
    expect(await portOf(server.url)).toBeNull();
  });

  it('takes a certificate of the village’s own, and its successor without a restart', async () => {
    const first = pair('first');
    const server = await start(first);
    const port = await opened(server.url);
    const { shown } = await ask(port, '/api/v1/health');
    const next = pair('next');
    renameSync(next.HTTPS_KEY, first.HTTPS_KEY);
    // The pair does not fit for a moment: the old one goes on.
    await wait(2_500);
    expect((await ask(port, '/api/v1/health')).shown).toBe(shown);
    renameSync(next.HTTPS_CERT, first.HTTPS_CERT);
    await expect
      .poll(async () => (await ask(port, '/api/v1/health')).shown, { timeout: 10_000 })
      .not.toBe(shown);
  });

  it('refuses to start with files that cannot be right, in words', async () => {
    const { HTTPS_CERT, HTTPS_KEY } = pair('one');
    const cases: [Record<string, string>, string][] = [
      [{ HTTPS_CERT }, 'HTTPS_CERT 和 HTTPS_KEY 要一起设'],
      [{ HTTPS_CERT, HTTPS_KEY: HTTPS_CERT }, '私钥'],
      [{ HTTPS_CERT, HTTPS_KEY: pair('other').HTTPS_KEY }, '不是一对'],
      [{ HTTPS_CERT: join(folder, 'none'), HTTPS_KEY }, '读不了'],
      [{ HTTPS_PORT: '99999' }, 'HTTPS_PORT'],
    ];
    for (const [env, words] of cases) {
      const server = launchServer(place, { env });
      expect([words, await server.origin]).toEqual([words, null]);
      expect(server.said.errors).toContain(words);
    }
  });

  it('a command killed at any moment leaves files that are whole', async () => {
    for (const afterMs of [150, 300, 450, 600, 750, 900]) {
      const { child, ended } = launchCommand(place, 'https', '--new-authority');
      await wait(afterMs);
      child.kill('SIGKILL');
      await ended;
      const files = httpsFiles(place.dataDir);
      expect(() => [files.authority(), files.inUse()]).not.toThrow();
    }
    expect((await jishan()).code).toBe(0);
    const server = await start();
    const port = await opened(server.url);
    const socket = connectTls({ host: '127.0.0.1', port, ca: trusted() });
    await once(socket, 'secureConnect');
    expect(socket.authorized).toBe(true);
    socket.destroy();
  });
});
