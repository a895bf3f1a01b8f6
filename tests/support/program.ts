import { cpSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { inject } from 'vitest';
import { createTestDatabase } from './postgres.ts';
import type { Engine } from '../../db/store.ts';
import { runCommand, startServer } from './server-process.ts';

declare module 'vitest' {
  interface ProvidedContext {
    /** The data folder of a demo village that was made for this run, to be copied (demo-setup.ts). */
    demoVillage: string;
  }
}

export interface Program {
  readonly origin: string;
  readonly dataDir: string;
  /** The command line on the same data: exit code and what it printed. */
  command(...args: string[]): Promise<{ code: number | null; out: string; errors: string }>;
  /** Ends the server and removes its data. */
  stop(): Promise<void>;
}

/** What a server that runs keeps in its data folder to say so. */
const OF_A_RUNNING_SERVER = ['server.lock', 'server.pid'];

/**
 * The whole program as a village runs it: its own process, its own data, the screens as built. With `--demo` on SQLite
 * it starts over a copy of the run's demo village, which is what a second start after `--demo` finds.
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

function copyDemo(dataDir: string): void {
  cpSync(inject('demoVillage'), dataDir, {
    recursive: true,
    filter: (path) => !OF_A_RUNNING_SERVER.includes(basename(path)),
  });
}
