import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createTestDatabase } from './postgres.ts';
import type { Engine } from '../../db/store.ts';
import { runCommand, startServer } from './server-process.ts';

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
  const place = { dataDir: join(folder, 'data'), databaseUrl: database?.url };
  const server = await startServer(place, { args });
  return {
    origin: server.url,
    dataDir: place.dataDir,
    command: (...words) => runCommand(place, ...words),
    async stop() {
      await server.kill('SIGTERM');
      await database?.drop();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}
