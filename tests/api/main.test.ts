import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync, statSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createTestDatabase, hasPostgres } from '../support/postgres.ts';

const main = join(import.meta.dirname, '../../server/main.mjs');

/** The real program as a process with its own data, which gets real signals. */
describe('the server as a process', () => {
  let dataDir: string;
  const running: ChildProcess[] = [];
  beforeEach(() => {
    dataDir = mkdtempSync(join(tmpdir(), 'jishan-main-'));
  });
  afterEach(async () => {
    for (const child of running.splice(0)) {
      if (child.exitCode !== null || child.signalCode !== null) continue;
      child.kill('SIGKILL');
      await once(child, 'exit');
    }
    rmSync(dataDir, { recursive: true });
  });

  async function start(env: Record<string, string>, args: string[] = []) {
    const child = spawn(process.execPath, [main, ...args], {
      env: { PATH: process.env.PATH, PORT: '0', HOST: '127.0.0.1', DATA_DIR: join(dataDir, 'data'), ...env },
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    running.push(child);
    const out = { text: '', errors: '' };
    child.stderr.on('data', (chunk: Buffer) => (out.errors += chunk.toString()));
    const gone = once(child, 'exit').then(([code]) => code as number | null);
    const url = await new Promise<string | null>((resolve) => {
      void gone.then(() => resolve(null));
      child.stdout.on('data', (chunk: Buffer) => {
        out.text += chunk.toString();
        const found = /http:\/\/127\.0\.0\.1:\d+/.exec(out.text);
        if (found && out.text.includes('Ctrl-C')) resolve(found[0]);
      });
    });
    return { child, url: url ?? '', out, gone };
  }

  const engines = [
    { engine: 'sqlite', missing: false },
    { engine: 'postgres', missing: !hasPostgres },
  ];
  it.each(engines.filter(({ missing }) => !missing))(
    'starts, says where to go, and ends at a word on $engine',
    async ({ engine }) => {
      const database = engine === 'postgres' ? await createTestDatabase() : null;
      const env: Record<string, string> = database ? { DATABASE_URL: database.url } : {};
      const first = await start(env);
      const code = /\/setup\?code=([0-9a-f]{16})/.exec(first.out.text)?.[1];
      expect(code).toBeDefined();
      const ready = await (await fetch(`${first.url}/api/v1/ready`)).json();
      expect(ready).toEqual({ status: 'ready', lastVerification: null });
      const post = (path: string, body: unknown, headers: Record<string, string> = {}) =>
        fetch(`${first.url}/api/v1${path}`, {
          method: 'POST',
          headers: { 'Content-Type': 'application/json', ...headers },
          body: JSON.stringify(body),
        });
      const setup = {
        village: { name: '前洼村', town: '谷旦镇' },
        admin: { displayName: '王芳', username: 'wangfang', password: 'three brown hens' },
      };
      const outside = { 'X-Forwarded-For': '203.0.113.7' };
      expect((await post('/setup', setup, outside)).status).toBe(403);
      expect((await post('/setup', { ...setup, code: 'wrong' }, outside)).status).toBe(403);
      expect((await post('/setup', { ...setup, code }, outside)).status).toBe(200);
      first.child.kill('SIGTERM');
      expect(await first.gone).toBe(0);
      expect(first.out.errors).toBe('');

      const second = await start(env);
      expect(second.out.text).not.toContain('setup');
      const login = await fetch(`${second.url}/api/v1/session`, {
        method: 'POST',
        headers: { 'Content-Type': 'application/json' },
        body: JSON.stringify({ username: 'wangfang', password: 'three brown hens' }),
      });
      expect(login.status).toBe(200);
      second.child.kill('SIGINT');
      expect(await second.gone).toBe(0);
      await database?.drop();
    },
  );

  it('answers what is under way before it ends', async () => {
    const { child, url, gone } = await start({});
    const slow = fetch(`${url}/api/v1/session`, {
      method: 'POST',
      headers: { 'Content-Type': 'application/json' },
      body: JSON.stringify({ username: 'nobody', password: 'hashing takes a while' }),
    });
    await new Promise((resolve) => setTimeout(resolve, 5));
    child.kill('SIGTERM');
    const outcome = await slow.then(({ status }) => status).catch(() => 'refused');
    expect([401, 503, 'refused']).toContain(outcome);
    expect(await gone).toBe(0);
  });

  it('keeps its secret and its set-up code to itself', async () => {
    const { child, gone } = await start({});
    for (const name of ['secret', 'setup-code', 'jishan.db']) {
      expect(statSync(join(dataDir, 'data', name)).mode & 0o077).toBe(0);
    }
    child.kill('SIGTERM');
    await gone;
  });

  it('ends at a mistake nobody caught, and says so without the values in it', async () => {
    const mistake = `process.on('SIGUSR2', () => { throw Object.assign(new Error('params: 王小明'), { query: 'select 1', params: ['王小明'] }); });`;
    const { child, gone, out } = await start({
      NODE_OPTIONS: `--import=data:text/javascript,${encodeURIComponent(mistake)}`,
    });
    child.kill('SIGUSR2');
    expect(await gone).toBe(1);
    const last = JSON.parse(out.text.trim().split('\n').at(-1) ?? '') as object;
    expect(last).toMatchObject({ level: 60, msg: 'bug', err: { message: 'a query failed: select 1' } });
    expect(out.text + out.errors).not.toContain('王小明');
  });

  it('says in words what is in the way', async () => {
    const other = createServer().listen(0, '127.0.0.1');
    await once(other, 'listening');
    const { port } = other.address() as AddressInfo;
    const taken = await start({ PORT: String(port) });
    expect(await taken.gone).toBe(1);
    expect(taken.out.errors).toContain(`端口 ${port} 已被占用`);
    expect(taken.out.errors).not.toContain(' at ');
    await new Promise((resolve) => other.close(resolve));
    const bad = await start({ PORT: 'eighty' });
    expect(await bad.gone).toBe(1);
    expect(bad.out.errors).toContain('PORT');
    const unreachable = await start({ DATABASE_URL: 'postgres://nobody@127.0.0.1:9/nothing' });
    expect(await unreachable.gone).toBe(1);
    expect(unreachable.out.errors).toMatch(/database/);
    expect(unreachable.out.errors).not.toContain(' at ');
  });
});
