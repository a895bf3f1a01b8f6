import { cpSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { inject } from 'vitest';
import { createTestDatabase } from './postgres.ts';
import type { Engine } from '../../db/store.ts';
import { runCommand, startServer } from './server-process.ts';

declare module 'vitest' {
  interface ProvidedContext {
    /** The data folder of this run's demo village, to be copied (demo-setup.ts). */
    demoVillage: string;
  }
}

export interface Program {
  readonly origin: string;
  readonly dataDir: string;
  /** Runs the command line on the same data. Resolves to its exit code and output. */
  command(...args: string[]): Promise<{ code: number | null; out: string; errors: string }>;
  /** Ends the server and removes its data. */
  stop(): Promise<void>;
}

/** The files in the data folder that exist only while a server runs. */
const OF_A_RUNNING_SERVER = ['server.lock', 'server.pid'];

/**
 * Starts the whole program as a process with its own data and the built screens. With `--demo` on SQLite it starts
 * on a copy of the run's demo village, like a second start after `--demo`.
 */
export async function startProgram(engine: Engine, ...args: string[]): Promise<Program> {
  const folder = mkdtempSync(join(tmpdir(), 'jishan-program-'));
  const database = engine === 'postgres' ? await createTestDatabase() : null;
  const place = { dataDir: join(folder, 'data'), databaseUrl: database?.url };
  if (engine === 'sqlite' && args.includes('--demo')) copyDemo(place.dataDir);
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

/** Copies this run's demo village. */
export function copyDemo(dataDir: string): void {
  cpSync(inject('demoVillage'), dataDir, {
    recursive: true,
    filter: (path) => !OF_A_RUNNING_SERVER.includes(basename(path)),
  });
}
