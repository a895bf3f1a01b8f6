import { once } from 'node:events';
import { Agent, createServer, request, type Server } from 'node:http';
import { type AddressInfo, connect } from 'node:net';
import { pino } from 'pino';
import { afterEach, describe, expect, it } from 'vitest';
import { gracefulStop, type StopLimits } from '../../../server/graceful-shutdown.ts';

/** A real server whose one handler answers when the test says so. */
class Stage {
  readonly server: Server;
  readonly lines: string[] = [];
  readonly said: string[] = [];
  private readonly held: (() => void)[] = [];
  private readonly exits: number[] = [];
  private told: (code: number) => void = () => undefined;

  constructor() {
    this.server = createServer((_request, response) => {
      this.held.push(() => response.end('done'));
      this.server.emit('held');
    });
  }

  async listen(): Promise<string> {
    this.server.listen(0, '127.0.0.1');
    await once(this.server, 'listening');
    return `http://127.0.0.1:${(this.server.address() as AddressInfo).port}`;
  }

  stopper(limits: Partial<StopLimits> = {}, close = () => Promise.resolve()) {
    return gracefulStop({
      servers: [this.server],
      http: { beginStopping: () => void this.said.push('begin') },
      background: { stop: () => Promise.resolve(void this.said.push('background')) },
      store: {
        close: () => {
          this.said.push('store');
          return close();
        },
      },
      logger: pino({ level: 'info' }, { write: (line: string) => void this.lines.push(line) }),
      exit: (code) => {
        this.exits.push(code);
        this.told(code);
      },
      limits,
    });
  }

  exited(): Promise<number> {
    const [before] = this.exits;
    return before === undefined ? new Promise((resolve) => (this.told = resolve)) : Promise.resolve(before);
  }

  release(): void {
    for (const answer of this.held.splice(0)) answer();
  }
}

describe('told to stop', () => {
  const agent = new Agent({ keepAlive: true });
  let stage: Stage;
  afterEach(() => {
    stage.server.closeAllConnections();
    stage.server.close();
  });

  /** Sends over a connection that stays, and gives the answer's text and its Connection header. */
  function ask(url: string): Promise<{ text: string; connection: string | undefined }> {
    return new Promise((resolve, reject) => {
      request(url, { agent }, (response) => {
        let text = '';
        response.on('data', (chunk: Buffer) => (text += chunk.toString()));
        response.on('end', () => resolve({ text, connection: response.headers.connection }));
      })
        .on('error', reject)
        .end();
    });
  }

  it('answers what is under way, says that the connection ends, then closes the books and exits with 0', async () => {
    stage = new Stage();
    const url = await stage.listen();
    const stop = stage.stopper();
    const asked = ask(url);
    await once(stage.server, 'held');
    stop('SIGTERM');
    expect(stage.said).toEqual(['begin']);
    while (stage.server.listening) await new Promise((resolve) => setImmediate(resolve));
    stage.release();
    expect(await asked).toEqual({ text: 'done', connection: 'close' });
    expect(await stage.exited()).toBe(0);
    expect(stage.said).toEqual(['begin', 'background', 'store']);
    expect(stage.lines.map((line) => (JSON.parse(line) as { msg: string }).msg)).toEqual([
      'stopping',
      'stopped',
    ]);
  });

  it('waits neither for idle connections nor for those that never said a word', async () => {
    stage = new Stage();
    const url = await stage.listen();
    const stop = stage.stopper();
    const asked = ask(url);
    await once(stage.server, 'held');
    stage.release();
    await asked;
    const silent = connect(Number(new URL(url).port), '127.0.0.1');
    await once(stage.server, 'connection');
    const closed = once(silent, 'close');
    stop('SIGINT');
    expect(await stage.exited()).toBe(0);
    await closed;
    expect(stage.lines.join('')).not.toContain('cut');
  });

  it('cuts what takes too long, says so, and still closes the books', async () => {
    stage = new Stage();
    const url = await stage.listen();
    const stop = stage.stopper({ answersMs: 30 });
    const asked = ask(url).catch((error: unknown) => (error as NodeJS.ErrnoException).code);
    await once(stage.server, 'held');
    stop('SIGTERM');
    expect(await stage.exited()).toBe(0);
    expect(await asked).toBe('ECONNRESET');
    expect(stage.said.at(-1)).toBe('store');
    const cut = stage.lines.map((line) => JSON.parse(line) as object).find((line) => 'cut' in line);
    expect(cut).toMatchObject({ level: 40, cut: 1 });
  });

  it('exits with 1 when the books cannot be closed', async () => {
    stage = new Stage();
    await stage.listen();
    stage.stopper({}, () => Promise.reject(new Error('disk gone')))('SIGTERM');
    expect(await stage.exited()).toBe(1);
    const other = new Stage();
    await other.listen();
    other.stopper({ closingMs: 20 }, () => new Promise(() => undefined))('SIGTERM');
    expect(await other.exited()).toBe(1);
    expect(other.lines.join('')).toContain('did not close in time');
  });

  it.each([
    ['SIGTERM', 143],
    ['SIGINT', 130],
  ] as const)('exits at once at a second %s, but not at the echo of the first', async (signal, code) => {
    stage = new Stage();
    const url = await stage.listen();
    const stop = stage.stopper({ sameWordMs: 60_000 });
    const hasty = stage.stopper({ sameWordMs: 0 });
    const asked = ask(url).catch(() => null);
    await once(stage.server, 'held');
    stop(signal);
    stop(signal);
    expect(stage.said).toEqual(['begin']);
    hasty(signal);
    hasty(signal);
    expect(await stage.exited()).toBe(code);
    stage.server.closeAllConnections();
    await asked;
  });
});
