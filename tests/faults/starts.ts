/** Starts of the real program in a folder of their own, those that are refused too. */
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

  /** What is to be cleared away after the test, the last first. */
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

  /** A start that must be refused: exit code 1, both languages, no stack; gives what was said. */
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

  /** A village with so many entries, and its server ended by a kill, as when the power goes. */
  async killedWith(entries: number): Promise<WorkingVillage> {
    const server = await startServer(this.place);
    const village = await foundVillage(server.url);
    for (let entry = 1; entry <= entries; entry++)
      expect((await deliver(server.url, village)).body.journalNumber).toBe(entry);
    await this.untilNoted(entries);
    await server.kill();
    return village;
  }

  /** Until the server's note of how far the book has come says so. */
  async untilNoted(number: number): Promise<void> {
    await expect.poll(() => this.notedNumber()).toBe(number);
  }

  private notedNumber(): number | undefined {
    const path = join(this.place.dataDir, 'heads.json');
    const noted = existsSync(path) ? (JSON.parse(readFileSync(path, 'utf8')) as { number: number }[]) : [];
    return noted[0]?.number;
  }
}

/** New for each test, and cleared away after it. */
export function eachStarts(use: (starts: Starts) => void): void {
  let starts: Starts;
  beforeEach(() => {
    starts = new Starts();
    use(starts);
  });
  afterEach(() => starts.end());
}
