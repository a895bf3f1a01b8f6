import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createTestDatabase } from './postgres.ts';
import type { Engine } from '../../db/store.ts';

const root = join(import.meta.dirname, '../..');

export interface Program {
  readonly origin: string;
  readonly dataDir: string;
  /** The command line on the same data: exit code and what it printed. */
  command(...args: string[]): Promise<{ code: number | null; out: string; errors: string }>;
  /** Ends the server and removes its data. */
  stop(): Promise<void>;
}

/** The whole program as a village runs it: its own process, its own data, the screens as built. */
export async function startProgram(engine: Engine, ...args: string[]): Promise<Program> {
  const folder = mkdtempSync(join(tmpdir(), 'jishan-program-'));
  const database = engine === 'postgres' ? await createTestDatabase() : null;
  const dataDir = join(folder, 'data');
  const env = {
    ...process.env,
    PORT: '0',
    HOST: '127.0.0.1',
    DATA_DIR: dataDir,
    ...(database ? { DATABASE_URL: database.url } : {}),
  };
  const server = spawn(process.execPath, [join(root, 'server/main.ts'), ...args], {
    env,
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const gone = once(server, 'exit');
  let printed = '';
  const origin = await new Promise<string>((resolve, reject) => {
    void gone.then(() => reject(new Error(`the server ended: ${printed}`)));
    server.stdout.on('data', (chunk: Buffer) => {
      printed += chunk.toString();
      const found = /http:\/\/127\.0\.0\.1:\d+/.exec(printed);
      if (found && printed.includes('Ctrl-C')) resolve(found[0]);
    });
  });
  return {
    origin,
    dataDir,
    async command(...words) {
      const child = spawn(process.execPath, [join(root, 'scripts/jishan.mjs'), ...words], {
        env,
        cwd: root,
        stdio: ['ignore', 'pipe', 'pipe'],
      });
      let [out, errors] = ['', ''];
      child.stdout.on('data', (chunk: Buffer) => (out += chunk.toString()));
      child.stderr.on('data', (chunk: Buffer) => (errors += chunk.toString()));
      const [code] = (await once(child, 'close')) as [number | null];
      return { code, out, errors };
    },
    async stop() {
      server.kill('SIGTERM');
      await gone;
      await database?.drop();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}
