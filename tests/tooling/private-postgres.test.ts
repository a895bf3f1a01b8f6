import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { createInterface } from 'node:readline';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import pg from 'pg';
import { afterAll, describe, expect, it } from 'vitest';
import { createTestDatabase, hasPostgres, type TestDatabase } from '../support/postgres.ts';
import { findPostgresBin } from '../support/tools.ts';

async function query(url: string, text: string): Promise<Record<string, unknown>[]> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    return (await client.query<Record<string, unknown>>(text)).rows;
  } finally {
    await client.end();
  }
}

describe.skipIf(!hasPostgres)('the private PostgreSQL of the tests', () => {
  const databases: TestDatabase[] = [];
  afterAll(async () => {
    for (const database of databases) await database.drop();
  });

  it('is durable, and gives each test file a database of its own', async () => {
    const [one, two] = [await createTestDatabase(), await createTestDatabase()];
    databases.push(one, two);
    await query(one.url, 'create table mark (n integer)');
    expect(await query(one.url, 'show fsync')).toEqual([{ fsync: 'on' }]);
    expect(await query(one.url, 'show synchronous_commit')).toEqual([{ synchronous_commit: 'on' }]);
    expect(await query(two.url, "select to_regclass('mark') as mark")).toEqual([{ mark: null }]);
  });

  it('drops a database even while somebody is connected to it', async () => {
    const database = await createTestDatabase();
    const client = new pg.Client({ connectionString: database.url });
    client.on('error', () => undefined); // being cut off is the point
    await client.connect();
    await database.drop();
    await expect(query(database.url, 'select 1')).rejects.toThrow(/does not exist/);
  });

  it('goes away with its parent, however that one ended', async () => {
    const guard = fileURLToPath(new URL('../support/postgres-guard.ts', import.meta.url));
    const child = spawn(process.execPath, [guard, findPostgresBin() ?? ''], {
      stdio: ['pipe', 'pipe', 'inherit'],
    });
    const [line] = (await once(createInterface({ input: child.stdout }), 'line')) as [string];
    const { port, socketDir } = JSON.parse(line) as { port: number; socketDir: string };
    const url = `postgres://postgres@127.0.0.1:${port}/postgres`;
    expect(await query(url, 'select 1 as one')).toEqual([{ one: 1 }]);

    child.kill('SIGINT'); // a Ctrl-C meant for the test run must not stop it half way
    await sleep(200);
    expect(await query(url, 'select 1 as one')).toEqual([{ one: 1 }]);

    child.stdin.end(); // what the guard sees when its parent is gone
    await once(child, 'exit');
    expect(existsSync(socketDir)).toBe(false);
    await expect(query(url, 'select 1')).rejects.toThrow(/ECONNREFUSED/);
  });
});
