import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readdirSync, rmSync, statSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';

const root = join(import.meta.dirname, '..', '..');

/** The environment without the variables of a test run. */
const environment = Object.fromEntries(
  Object.entries(process.env).filter(([name]) => !/^(?:NODE_ENV|VITEST|TEST|npm_)/.test(name)),
);

async function freePort(): Promise<number> {
  const probe = createServer().listen(0, '127.0.0.1');
  await once(probe, 'listening');
  const { port } = probe.address() as { port: number };
  probe.close();
  return port;
}

/** The files that a build has written, each with its time. */
function built(): string[] {
  const folder = join(root, 'dist');
  return readdirSync(folder, { recursive: true, encoding: 'utf8' }).map(
    (name) => `${name} ${String(statSync(join(folder, name)).mtimeMs)}`,
  );
}

describe('npm start', () => {
  const dataDir = mkdtempSync(join(tmpdir(), 'jishan-start-'));
  let port = 0;
  let child: ChildProcess | undefined;

  beforeAll(async () => {
    port = await freePort();
  });

  // A server that a failed test left running must not answer the next test.
  afterEach(async () => {
    if (child?.exitCode === null) await end();
  });

  afterAll(() => {
    rmSync(dataDir, { recursive: true, force: true });
  });

  /** Starts the server. Returns its output once it answers. */
  async function start(): Promise<() => string> {
    const started = performance.now();
    let output = '';
    child = spawn('npm', ['start'], {
      cwd: root,
      env: { ...environment, PORT: String(port), DATA_DIR: dataDir },
      stdio: ['ignore', 'pipe', 'pipe'],
      shell: process.platform === 'win32',
    });
    child.stdout?.on('data', (chunk: Buffer) => (output += chunk.toString()));
    child.stderr?.on('data', (chunk: Buffer) => (output += chunk.toString()));
    while (performance.now() - started < 60_000) {
      if (child.exitCode !== null) throw new Error(`npm start ended by itself:\n${output}`);
      if (await answers()) return () => output;
      await sleep(25);
    }
    throw new Error(`npm start did not answer within a minute:\n${output}`);
  }

  async function answers(): Promise<boolean> {
    try {
      return (await fetch(`http://127.0.0.1:${port}/api/v1/health`)).ok;
    } catch {
      return false;
    }
  }

  /** Signals npm to end, like a service manager does, and returns its exit code. */
  async function end(): Promise<number | null> {
    const running = child;
    if (running === undefined) throw new Error('nothing is running');
    running.kill('SIGTERM');
    const [code] = (await once(running, 'exit')) as [number | null];
    return code;
  }

  it('says where to go, warns of nothing, and ends cleanly on SIGTERM', async () => {
    const said = await start();
    await expect.poll(said, { timeout: 10_000 }).toContain(`:${port}`);
    expect(said()).not.toMatch(/warn|deprecat|experimental/i);
    expect(await end()).toBe(0);
    expect(await answers()).toBe(false);
  });

  it('builds nothing the next time', async () => {
    const before = built();
    expect(before.length).toBeGreaterThan(100);
    const said = await start();
    expect(await end()).toBe(0);
    expect(said()).not.toContain('…');
    expect(built()).toEqual(before);
  });
});

describe('npx jishan', () => {
  function jishan(...args: string[]) {
    return spawnSync('npx', ['jishan', ...args], {
      cwd: root,
      env: environment,
      encoding: 'utf8',
      shell: process.platform === 'win32',
    });
  }

  it('shows its help without asking, installing or warning', () => {
    const { status, stdout, stderr } = jishan('--help');
    expect(stdout).toContain('verify');
    expect(stderr).toBe('');
    expect(status).toBe(0);
  });

  it('fails on what it does not know', () => {
    expect(jishan('no-such-command').status).not.toBe(0);
  });
});
