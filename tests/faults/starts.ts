/** Starts the real program in a folder of the test's own, also where the start must be refused. */
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect } from 'vitest';
import {
  launchServer,
  type Launching,
  type Place,
  type ServerProcess,
  startServer,
} from '../support/server-process.ts';
import { deliver } from './desk.ts';
import { foundVillage, type WorkingVillage } from './working-village.ts';

export class Starts {
  readonly folder = mkdtempSync(join(tmpdir(), 'jishan-start-'));
  place: Place = { dataDir: join(this.folder, 'data'), databaseUrl: undefined };
  private readonly closings: (() => unknown)[] = [];

  /** Registers a clean-up for the end of the test. The last one runs first. */
  after(close: () => unknown): void {
    this.closings.push(close);
  }

  async end(): Promise<void> {
    for (const close of this.closings.splice(0).reverse()) await close();
    rmSync(this.folder, { recursive: true, force: true });
  }

  get databaseFile(): string {
    return join(this.place.dataDir, 'jishan.db');
  }

  async start(options: Launching = {}): Promise<ServerProcess & { readonly url: string }> {
    const server = await startServer(this.place, options);
    this.after(() => server.kill());
    return server;
  }

  /** Expects a refused start: exit code 1, a message in both languages and no stack. Returns the message. */
  async refusal(options: Launching = {}): Promise<string> {
    const server = launchServer(this.place, options);
    this.after(() => server.kill());
    expect(await server.origin).toBe(null);
    expect(await server.gone).toBe(1);
    const { errors } = server.said;
    expect(errors).toMatch(/✗ .*[\u4e00-\u9fff]/);
    expect(errors).toMatch(/^[^\u4e00-\u9fff]+ (?:is|was|can|cannot|must|refuses|uses|had) /m);
    expect(errors).not.toMatch(/^\s+at /m);
    return errors;
  }

  /** Founds a village with this many entries and kills its server, which acts like a power cut. */
  async killedWith(entries: number): Promise<WorkingVillage> {
    const server = await startServer(this.place);
    const village = await foundVillage(server.url);
    for (let entry = 1; entry <= entries; entry++)
      expect((await deliver(server.url, village)).body.journalNumber).toBe(entry);
    await this.untilNoted(village.booked + entries);
    await server.kill();
    return village;
  }

  /** Waits until the server's note of the book's head reaches this number. */
  async untilNoted(number: number): Promise<void> {
    await expect.poll(() => this.notedNumber()).toBe(number);
  }

  private notedNumber(): number | undefined {
    const path = join(this.place.dataDir, 'heads.json');
    const noted = existsSync(path) ? (JSON.parse(readFileSync(path, 'utf8')) as { number: number }[]) : [];
    return noted[0]?.number;
  }
}

/** Gives each test a new `Starts` and clears it away afterwards. */
export function eachStarts(use: (starts: Starts) => void): void {
  let starts: Starts;
  beforeEach(() => {
    starts = new Starts();
    use(starts);
  });
  afterEach(() => starts.end());
}
