/** Before the tests that need a database: one private PostgreSQL for the whole run, shared by all projects. */
import type { TestProject } from 'vitest/node';
import { type PrivatePostgres, startPrivatePostgres } from './postgres-server.ts';

interface Shared {
  users: number;
  started: Promise<PrivatePostgres | undefined>;
}

// Each project loads this file on its own; the one server is known by a name they all see.
const shelf = globalThis as typeof globalThis & { jishanPostgres?: Shared };

export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  const shared = (shelf.jishanPostgres ??= { users: 0, started: start() });
  shared.users += 1;
  const server = await shared.started;
  project.provide('postgresUrl', server?.url ?? '');
  return async () => {
    shared.users -= 1;
    if (shared.users > 0) return;
    delete shelf.jishanPostgres;
    await server?.stop();
  };
}

async function start(): Promise<PrivatePostgres | undefined> {
  const server = await startPrivatePostgres();
  if (server !== undefined) return server;
  if (process.env.CI === 'true') throw new Error('PostgreSQL is not installed, and CI skips nothing');
  console.warn('\n  没有找到 PostgreSQL：相关测试将跳过 / PostgreSQL not found: its tests are skipped\n');
  return undefined;
}
