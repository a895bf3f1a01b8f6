import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { Agent, get } from 'node:http';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { setTimeout as wait } from 'node:timers/promises';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { ServerProcess } from '../support/server-process.ts';
import { eachStarts, type Starts } from './starts.ts';
import { peaksOf } from './watch.ts';
import { foundVillage } from './working-village.ts';

/** docs/operate.md: how many connections one address may have. */
const PER_ADDRESS = 2_000;
/** The database opens and closes files of its own. */
const OTHER_FILES = 20;
const MEMORY_MB = 100;
/** `npm start`, the unit and the image set the same. */
const LEAN = {
  LOG_LEVEL: 'warn',
  NODE_OPTIONS: '--max-semi-space-size=4 --v8-pool-size=1',
  MALLOC_ARENA_MAX: '2',
};
/** A server that waits for such callers answers nobody for half a minute. */
const ANSWER_MS = 5_000;
const HONEST = '127.0.0.1';
const PHONES = 300;
/** A browser opens so many to one server. */
const SOCKETS_A_PHONE = 6;

interface Held {
  readonly open: number;
  readonly closed: number;
}

interface Holder {
  held(): Promise<Held>;
  end(): Promise<void>;
}

let at: Starts;
eachStarts((starts) => (at = starts));

/** The database has no part in this: one engine is enough. */
describe('callers that hold on to what they have', () => {
  let server: ServerProcess & { readonly url: string };
  const holders: Holder[] = [];
  beforeEach(async () => {
    server = await at.start({ env: LEAN });
    await foundVillage(server.url);
  });
  afterEach(async () => {
    await Promise.all(holders.splice(0).map((holder) => holder.end()));
  });

  const pid = () => server.child.pid ?? 0;
  const connections = () => readdirSync(`/proc/${String(pid())}/fd`).length;
  const memoryMb = () =>
    Number(/VmRSS:\s+(\d+)/.exec(readFileSync(`/proc/${String(pid())}/status`, 'utf8'))?.[1]) / 1024;

  /** Somebody at that address, with so many connections over which these bytes are sent. */
  async function hold(address: string, count: number, bytes: string, ...more: string[]): Promise<Holder> {
    const file = join(at.folder, `sent-${String(holders.length)}`);
    writeFileSync(file, bytes, 'latin1');
    const words = [join(import.meta.dirname, 'holding-process.ts'), new URL(server.url).port, address];
    const child = spawn(process.execPath, [...words, String(count), file, ...more], {
      stdio: ['pipe', 'pipe', 'inherit'],
    });
    const holder = holderOf(child);
    holders.push(holder);
    await expect.poll(() => begun(holder), { timeout: 60_000 }).toBe(count);
    return holder;
  }

  /** The status with which a caller is answered. The callers that hold on do so for longer than `withinMs`. */
  function ask(localAddress = HONEST, withinMs = ANSWER_MS): Promise<number> {
    return new Promise((resolve, reject) => {
      const request = get(`${server.url}/api/v1/ready`, { localAddress, agent: false }, (response) => {
        response.resume();
        response.once('end', () => resolve(response.statusCode ?? 0));
      });
      request.setTimeout(withinMs, () =>
        request.destroy(new Error(`no answer within ${String(withinMs)} ms`)),
      );
      request.once('error', reject);
    });
  }
  /** While thousands of connections are opened the machine itself is busy with both sides; what counts is what follows. */
  async function askOften(times = 20): Promise<void> {
    expect(await ask(HONEST, 30_000)).toBe(200);
    for (let round = 0; round < times; round += 1) {
      expect(await ask()).toBe(200);
      await wait(50);
    }
  }

  it('4,000 idle connections and 1,600 half-sent bodies from one address shut nobody out and hold no memory', async () => {
    await askOften();
    const before = { memoryMb: memoryMb(), connections: connections() };
    const { ownMb } = await peaksOf(pid(), async () => {
      const idle = await hold('127.0.0.2', 4_000, '');
      await askOften();
      const bodies = await hold('127.0.0.2', 800, halfSent(250_000, 245_000));
      const small = await hold('127.0.0.2', 800, halfSent(3_600, 3_500));
      await askOften();
      expect(connections() - before.connections).toBeLessThanOrEqual(PER_ADDRESS + OTHER_FILES);
      const closed = async () => {
        const held = await Promise.all([idle, bodies, small].map((holder) => holder.held()));
        return held.reduce((sum, one) => sum + one.closed, 0);
      };
      await expect.poll(closed, { timeout: 20_000 }).toBeGreaterThan(PER_ADDRESS);
      // The server lets go of those whose bodies do not come, and of the silent ones.
      await expect
        .poll(connections, { timeout: 90_000 })
        .toBeLessThanOrEqual(before.connections + OTHER_FILES);
    });
    console.info(`held off: ${String(Math.round(ownMb - before.memoryMb))} MB more than before at most`);
    expect(ownMb).toBeLessThan(before.memoryMb + MEMORY_MB);
    await Promise.all(holders.splice(0).map((holder) => holder.end()));
    expect(await ask('127.0.0.2')).toBe(200);
    await askOften();
    await expect.poll(() => server.said.out, { timeout: 60_000 }).toContain('closed to leave room');
    const told = server.said.out.split('\n').filter((line) => line.includes('closed to leave room'));
    expect(told.length).toBeLessThan(6);
    expect(told.join('')).toMatch(/"perAddress":\d{3,}.*"addresses":1\b/);
    expect(told.join('')).not.toContain('127.0.0');
  });

  it('many addresses that fill the server are thinned out in favour of who comes new', async () => {
    const before = connections();
    await hold('127.0.0.2', 2_000, 'GET /api/v1/health HTTP/1.1\r\nHost: x\r\n\r\n');
    await hold('127.0.0.3', 1_900, '');
    await hold('127.0.0.4', 900, '');
    expect(connections() - before).toBeLessThanOrEqual(2 * PER_ADDRESS + OTHER_FILES);
    await askOften();
    expect(await ask('127.0.0.5')).toBe(200);
  });

  it('who asks for much and takes nothing of it holds little', async () => {
    await askOften();
    const page = await (await fetch(`${server.url}/desk`)).text();
    const script = /\/assets\/desk-[\w-]+\.js/.exec(page)?.[0] ?? '';
    const asked = ['/api/v1/openapi.json', script].flatMap((path) => [
      asking(path, 'gzip'),
      asking(path, 'identity'),
    ]);
    const once = asked.map((bytes) => hold(HONEST, 1, bytes));
    await Promise.all((await Promise.all(once)).map((holder) => holder.end()));
    const beforeMb = memoryMb();
    const { ownMb } = await peaksOf(pid(), async () => {
      for (const bytes of asked) {
        await hold('127.0.0.2', 300, bytes, '--deaf');
        await askOften();
      }
    });
    console.info(`not taken: ${String(Math.round(ownMb - beforeMb))} MB more than before at most`);
    expect(ownMb).toBeLessThan(beforeMb + MEMORY_MB);
  });

  it('a proxy in front may hold as many as there are, and its callers are answered', async () => {
    await server.kill('SIGTERM');
    server = await at.start({ env: { ...LEAN, TRUST_PROXY: 'loopback' } });
    const before = connections();
    await hold('127.0.0.2', PER_ADDRESS + 500, '');
    await expect.poll(() => connections() - before, { timeout: 30_000 }).toBeGreaterThan(PER_ADDRESS + 400);
    await askOften();
  });

  it(`a village of ${String(PHONES)} phones behind one address is served, beside somebody who holds on`, async () => {
    await hold('127.0.0.2', 2_000, '');
    const phones = Array.from({ length: PHONES }, () => {
      const agent = new Agent({ keepAlive: true, maxSockets: SOCKETS_A_PHONE });
      // All its sockets at once, and each of them twice.
      const asked = Array.from({ length: 2 * SOCKETS_A_PHONE }, () => answered('127.0.0.6', agent));
      return { agent, asked };
    });
    const statuses = await Promise.all(phones.flatMap(({ asked }) => asked));
    for (const { agent } of phones) agent.destroy();
    expect(new Set(statuses)).toEqual(new Set([200]));
    expect(statuses).toHaveLength(PHONES * SOCKETS_A_PHONE * 2);
  });

  /** However long it takes: all of them ask at once. */
  function answered(localAddress: string, agent: Agent): Promise<number> {
    return new Promise((resolve, reject) => {
      get(`${server.url}/api/v1/board`, { localAddress, agent }, (response) => {
        response.resume();
        response.once('end', () => resolve(response.statusCode ?? 0));
      }).once('error', reject);
    });
  }
});

function holderOf(child: ChildProcess): Holder {
  const { stdin, stdout } = child;
  if (!stdin || !stdout) throw new Error('a process without pipes');
  const lines = createInterface({ input: stdout });
  return {
    async held() {
      const line = once(lines, 'line');
      stdin.write('\n');
      return JSON.parse(String((await line)[0])) as Held;
    },
    async end() {
      child.kill('SIGKILL');
      if (child.exitCode === null && child.signalCode === null) await once(child, 'close');
    },
  };
}

/** How many connections there are or were. */
async function begun(holder: Holder): Promise<number> {
  const { open, closed } = await holder.held();
  return open + closed;
}

/** The end of a log-in: anybody may send it. */
function halfSent(promised: number, sent: number): string {
  const head = `POST /api/v1/session/logout HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\nContent-Length: ${String(promised)}`;
  return `${head}\r\n\r\n{"a":"${'x'.repeat(sent)}`;
}

function asking(path: string, encoding: string): string {
  return `GET ${path} HTTP/1.1\r\nHost: x\r\nAccept-Encoding: ${encoding}\r\n\r\n`;
}
