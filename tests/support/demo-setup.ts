/** Makes the demo village once before the browser tests. Each test's program gets a copy (program.ts). */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { TestProject } from 'vitest/node';
import { demoAdmin, readDemoLogins } from './demo-village.ts';
import { startServer } from './server-process.ts';

interface Shared {
  users: number;
  folder: Promise<string>;
}

// Two projects run browser tests and each loads this file, so the village is shared through `globalThis`.
const shelf = globalThis as typeof globalThis & { jishanDemo?: Shared };

export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  const shared = (shelf.jishanDemo ??= { users: 0, folder: makeDemo() });
  shared.users += 1;
  const folder = await shared.folder;
  project.provide('demoVillage', folder);
  return () => {
    shared.users -= 1;
    if (shared.users > 0) return Promise.resolve();
    delete shelf.jishanDemo;
    rmSync(folder, { recursive: true, force: true });
    return Promise.resolve();
  };
}

/** Makes the village by `--demo`, like a user does, and returns the data folder. */
async function makeDemo(): Promise<string> {
  const dataDir = mkdtempSync(join(tmpdir(), 'jishan-demo-'));
  const server = await startServer({ dataDir, databaseUrl: undefined }, { args: ['--demo'] });
  // Most tests look at what an approval posts, and from where. Those of notices and budgets switch them on.
  const ask = await demoAdmin({ origin: server.url }, readDemoLogins({ dataDir }));
  await ask('PATCH', '/village', { settings: { noticeDays: null, budgetHundredths: null } });
  await server.kill('SIGTERM');
  return dataDir;
}
