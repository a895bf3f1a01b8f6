/** Before the tests that need a database: what they share in the whole run, once for all projects. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { TestProject } from 'vitest/node';
import { type PrivatePostgres, startPrivatePostgres } from './postgres-server.ts';
import { makeMigratedPostgres, makeMigratedSqlite } from './templates.ts';

interface Shared {
  users: number;
  made: Promise<{ folder: string; server: PrivatePostgres | undefined; migratedSqlite: string }>;
}

// Each project loads this file on its own; what they share is known by a name they all see.
const shelf = globalThis as typeof globalThis & { jishanShared?: Shared };

export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  const shared = (shelf.jishanShared ??= { users: 0, made: make() });
  shared.users += 1;
  const { folder, server, migratedSqlite } = await shared.made;
  project.provide('postgresUrl', server?.url ?? '');
  project.provide('migratedSqlite', migratedSqlite);
  return async () => {
    shared.users -= 1;
    if (shared.users > 0) return;
    delete shelf.jishanShared;
    await server?.stop();
    rmSync(folder, { recursive: true, force: true });
  };
}

async function make(): Shared['made'] {
  const folder = mkdtempSync(join(tmpdir(), 'jishan-run-'));
  const migratedSqlite = makeMigratedSqlite(folder);
  const server = await startServer();
  if (server !== undefined) await makeMigratedPostgres(server.url);
  return { folder, server, migratedSqlite };
}

async function startServer(): Promise<PrivatePostgres | undefined> {
  const server = await startPrivatePostgres();
  if (server !== undefined) return server;
  if (process.env.CI === 'true') throw new Error('PostgreSQL is not installed, and CI skips nothing');
  console.warn('\n  没有找到 PostgreSQL：相关测试将跳过 / PostgreSQL not found: its tests are skipped\n');
  return undefined;
}
