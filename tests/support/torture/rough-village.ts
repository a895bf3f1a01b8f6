import { mkdtempSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Ask, demoAdmin, type DemoLogins, readDemoLogins } from '../demo-village.ts';
import { copyDemo } from '../program.ts';
import { type Place, runCommand, type ServerProcess, startServer } from '../server-process.ts';

/** So long after a day has begun nobody serves. */
export const NIGHT_AFTER_HOURS = 16;
const CLOCK = join(import.meta.dirname, 'shifted-clock.ts');

/** A village whose server is killed and put back to a backup, and whose clock the test sets. */
export class RoughVillage {
  readonly folder = mkdtempSync(join(tmpdir(), 'jishan-torture-'));
  readonly place: Place;
  readonly logins: DemoLogins;
  origin = '';
  aheadMs = 0;
  kills = 0;
  restores = 0;
  private server: ServerProcess | null = null;
  private readonly clockFile: string;

  constructor() {
    this.clockFile = join(this.folder, 'clock');
    const dataDir = join(this.folder, 'data');
    const env = {
      ...{ JISHAN_TEST_CLOCK: this.clockFile, NODE_OPTIONS: `--import=${CLOCK}` },
      BACKUP_HOUR: String((new Date().getHours() + NIGHT_AFTER_HOURS) % 24),
    };
    this.place = { dataDir, databaseUrl: undefined, env };
    copyDemo(dataDir);
    this.logins = readDemoLogins({ dataDir });
    this.setClock(0);
  }

  /** A rename, so that nobody reads half a number. */
  setClock(aheadMs: number): void {
    this.aheadMs = aheadMs;
    writeFileSync(`${this.clockFile}.new`, String(aheadMs));
    renameSync(`${this.clockFile}.new`, this.clockFile);
  }

  async start(): Promise<void> {
    const server = await startServer(this.place);
    this.server = server;
    this.origin = server.url;
  }

  async kill(): Promise<void> {
    this.kills += 1;
    await this.server?.kill('SIGKILL');
  }

  /** A log-in of the office lasts less than the days of a torture: each call logs in anew. */
  readonly ask: Ask = async (method, path, body) => {
    return (await demoAdmin(this, this.logins))(method, path, body);
  };

  async command(...words: string[]): Promise<string> {
    const { code, out, errors } = await runCommand(this.place, ...words);
    if (code !== 0) throw new Error(`jishan ${words.join(' ')}: ${errors}${out}`);
    return out;
  }

  /** Makes the newest backup that there is: whatever a tablet still holds of before is in it, too. Answers its name. */
  async backup(): Promise<string> {
    for (;;) {
      try {
        return String((await this.ask('POST', '/backups')).name);
      } catch (error) {
        // The daily one is being made.
        if (!String(error).includes('backup.busy')) throw error;
      }
      await sleep(1000);
    }
  }

  async restore(name: string): Promise<void> {
    this.restores += 1;
    await this.server?.kill('SIGTERM');
    await this.command('restore', name, '--force');
    await this.start();
  }

  async stop(): Promise<void> {
    await this.server?.kill('SIGTERM');
    rmSync(this.folder, { recursive: true, force: true, maxRetries: 5 });
  }
}
