import { execFileSync, spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createServer, type IncomingHttpHeaders } from 'node:http';
import { request } from 'node:https';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type ServerProcess, startServer } from '../support/server-process.ts';
import { findCommand, isMissing } from '../support/tools.ts';

const example = join(import.meta.dirname, '../../deploy/nginx.conf');
const NAME = 'points.example.cn';
const setup = {
  village: { name: '前洼村', town: '谷旦镇' },
  admin: { displayName: '王芳', username: 'wangfang', password: 'three brown hens' },
};

/** The example as it stands in deploy/, on ports and with a certificate of the test. */
describe.skipIf(isMissing('nginx') || isMissing('openssl'))('behind nginx', () => {
  let folder: string;
  let server: ServerProcess & { readonly url: string };
  let nginx: ChildProcess;
  let ports: { plain: number; safe: number };

  beforeAll(async () => {
    folder = mkdtempSync(join(tmpdir(), 'jishan-proxy-'));
    server = await startServer(
      { dataDir: join(folder, 'data'), databaseUrl: undefined },
      { env: { TRUST_PROXY: 'loopback', PUBLIC_URL: `https://${NAME}` } },
    );
    const subject = ['-subj', `/CN=${NAME}`, '-keyout', 'key.pem', '-out', 'cert.pem', '-days', '1'];
    execFileSync('openssl', ['req', '-x509', '-newkey', 'rsa:2048', '-nodes', ...subject], {
      cwd: folder,
      stdio: 'ignore',
    });
    ports = { plain: await freePort(), safe: await freePort() };
    const site = readFileSync(example, 'utf8')
      .replace('listen 80;', `listen 127.0.0.1:${ports.plain};`)
      .replace('listen 443 ssl;', `listen 127.0.0.1:${ports.safe} ssl;`)
      .replace('/etc/ssl/points.example.cn.pem', 'cert.pem')
      .replace('/etc/ssl/private/points.example.cn.key', 'key.pem')
      .replaceAll('/var/log/nginx/', 'logs/')
      .replace('http://127.0.0.1:8080', server.url);
    mkdirSync(join(folder, 'logs'));
    writeFileSync(
      join(folder, 'nginx.conf'),
      `daemon off; pid nginx.pid; error_log stderr; worker_processes 1; events {}
       http { access_log logs/access.log; error_log logs/error.log; client_body_temp_path t1; proxy_temp_path t2; fastcgi_temp_path t3; uwsgi_temp_path t4; scgi_temp_path t5; ${site} }`,
    );
    const args = ['-p', folder, '-c', 'nginx.conf', '-e', 'stderr'];
    execFileSync(findCommand('nginx') ?? '', ['-t', ...args], { stdio: 'ignore' });
    nginx = spawn(findCommand('nginx') ?? '', args, { stdio: 'ignore' });
    while (
      (await fetch(`http://127.0.0.1:${ports.plain}`, { redirect: 'manual' }).catch(() => null)) === null
    )
      await wait(20);
  });
  afterAll(async () => {
    nginx.kill('SIGTERM');
    await once(nginx, 'exit');
    await server.kill('SIGTERM');
    rmSync(folder, { recursive: true });
  });

  it('sends pages on to https, and refuses whoever speaks to the API in the clear', async () => {
    const inTheClear = (method: string, path: string) =>
      fetch(`http://127.0.0.1:${ports.plain}${path}`, {
        method,
        redirect: 'manual',
        headers: { Host: NAME },
      });
    const page = await inTheClear('GET', '/board?village=1');
    expect(page.status).toBe(301);
    expect(page.headers.get('Location')).toMatch(/^https:\/\/[^/]+\/board\?village=1$/);
    for (const [method, path] of [
      ['GET', '/api/v1/households?q=王'],
      ['POST', '/api/v1/session'],
      ['POST', '/desk'],
    ] as const) {
      const refused = await inTheClear(method, path);
      expect(refused.status).toBe(403);
      expect(refused.headers.get('Location')).toBeNull();
    }
  });

  it('the program sees that the caller is not at its own machine, whatever the caller claims', async () => {
    const direct = (await (await fetch(`${server.url}/api/v1/setup`)).json()) as object;
    expect(direct).toEqual({ needsSetup: true, needsCode: false });
    const claims: Record<string, string>[] = [{}, { 'X-Forwarded-For': '127.0.0.1' }];
    for (const headers of claims)
      expect((await ask('GET', '/api/v1/setup', headers)).body).toEqual({
        needsSetup: true,
        needsCode: true,
      });
    expect((await ask('POST', '/api/v1/setup', {}, setup)).status).toBe(403);
  });

  it('the program sees https: its cookie is for https alone, and pages tell browsers to keep to it', async () => {
    await fetch(`${server.url}/api/v1/setup`, {
      method: 'POST',
      headers: { 'Content-Type': 'application/json' },
      body: JSON.stringify(setup),
    });
    const { username, password } = setup.admin;
    const { status, cookies } = await ask('POST', '/api/v1/session', {}, { username, password });
    expect(status).toBe(200);
    expect(cookies.join()).toMatch(/; Secure/);
    const plain = await fetch(`${server.url}/api/v1/session`, {
      method: 'POST',
      headers: { 'Content-Type': 'application/json' },
      body: JSON.stringify({ username, password }),
    });
    expect(plain.headers.getSetCookie().join()).not.toMatch(/; Secure/);
    expect((await ask('GET', '/board')).headers['strict-transport-security']).toMatch(/max-age/);
  });

  it('keeps nothing of what was asked, and by whom, also when the program is gone', async () => {
    const secret = '/setup?code=0123456789abcdef&q=wangxiaoming';
    await fetch(`http://127.0.0.1:${ports.plain}${secret}`, { redirect: 'manual' });
    await ask('GET', secret);
    await server.kill('SIGTERM');
    expect((await ask('GET', secret)).status).toBe(502);
    const logs = readdirSync(join(folder, 'logs'));
    expect(logs).toContain('error.log');
    for (const name of logs)
      expect(readFileSync(join(folder, 'logs', name), 'utf8'), name).not.toMatch(/client|wang|setup/);
  });

  function ask(method: string, path: string, headers: Record<string, string> = {}, body?: unknown) {
    return new Promise<{
      status: number;
      body: unknown;
      cookies: readonly string[];
      headers: IncomingHttpHeaders;
    }>((resolve, reject) => {
      const options = {
        method,
        host: '127.0.0.1',
        port: ports.safe,
        path,
        servername: NAME,
        ca: readFileSync(join(folder, 'cert.pem')),
        checkServerIdentity: () => undefined,
        headers: { Host: NAME, 'Content-Type': 'application/json', ...headers },
      };
      request(options, (response) => {
        let text = '';
        response.on('data', (chunk: Buffer) => (text += chunk.toString()));
        response.on('end', () =>
          resolve({
            status: response.statusCode ?? 0,
            body: (response.headers['content-type'] ?? '').includes('json')
              ? (JSON.parse(text) as unknown)
              : text,
            cookies: response.headers['set-cookie'] ?? [],
            headers: response.headers,
          }),
        );
      })
        .on('error', reject)
        .end(body === undefined ? undefined : JSON.stringify(body));
    });
  }
});

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  await new Promise((resolve) => server.close(resolve));
  return port;
}
