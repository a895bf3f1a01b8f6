import { randomBytes } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest';
import { deliver } from '../faults/desk.ts';
import { foundVillage } from '../faults/working-village.ts';
import { createTestDatabase, hasPostgres, type TestDatabase } from '../support/postgres.ts';
import { openRaw, type Raw } from '../support/raw.ts';
import { launchServer, type Place, runCommand, startServer } from '../support/server-process.ts';

/** The program needs no more of PostgreSQL than an account that owns its own database. */
describe.skipIf(!hasPostgres)('an account of the database with no rights but its own', () => {
  const folder = mkdtempSync(join(tmpdir(), 'jishan-account-'));
  const role = `jishan_${randomBytes(4).toString('hex')}`;
  let database: TestDatabase;
  let superuser: Raw;
  let place: Place;

  beforeAll(async () => {
    database = await createTestDatabase();
    superuser = await openRaw({ dataDir: '', databaseUrl: database.url });
    await superuser.run(
      `create role ${role} login nosuperuser nocreatedb nocreaterole noreplication nobypassrls`,
    );
    const url = new URL(database.url);
    url.username = role;
    place = { dataDir: join(folder, 'data'), databaseUrl: url.href };
  });
  afterAll(async () => {
    await superuser.close();
    await database.drop();
    const elsewhere = await openRaw({ dataDir: '', databaseUrl: inject('postgresUrl') });
    await elsewhere.run(`drop role ${role}`);
    await elsewhere.close();
    rmSync(folder, { recursive: true, force: true });
  });

  it('is told in words that it must own its database', async () => {
    const server = launchServer(place);
    expect(await server.gone).toBe(1);
    expect(server.said.errors).toMatch(/没有权限.*\n.*must own its database/);
  });

  it('is enough to set up, book, verify, back up and restore', async () => {
    const name = new URL(database.url).pathname.slice(1);
    await superuser.run(`alter database ${name} owner to ${role}`);
    const server = await startServer(place);
    const village = await foundVillage(server.url);
    expect((await deliver(server.url, village)).body.journalNumber).toBe(1);
    await server.kill('SIGTERM');
    expect(await runCommand(place, 'verify')).toMatchObject({ code: 0 });
    const backup = join(folder, 'village.backup');
    expect(await runCommand(place, 'backup', backup)).toMatchObject({ code: 0 });
    expect(await runCommand(place, 'restore', '--force', backup)).toMatchObject({ code: 0 });
    const again = await startServer(place);
    await village.keyring.logIn(again.url, 'maker');
    // The backup and the restore are entries too.
    expect((await deliver(again.url, village)).body.journalNumber).toBe(4);
    await again.kill('SIGTERM');
  });

  it('owns what the program made, and nothing else there was made', async () => {
    const owners = await superuser.rows(
      `select distinct pg_get_userbyid(relowner) as owner from pg_class c join pg_namespace n on n.oid = relnamespace
       where nspname not like 'pg\\_%' and nspname <> 'information_schema'`,
    );
    expect(owners).toEqual([{ owner: role }]);
    const [made] = await superuser.rows(
      `select count(*)::int as roles from pg_auth_members m where pg_get_userbyid(m.member) = '${role}'`,
    );
    expect(Number(made?.roles)).toBe(0);
    const bare = await openRaw(place);
    await expect(bare.run('create database another')).rejects.toThrow(/permission denied/);
    await expect(bare.run('select * from pg_authid')).rejects.toThrow(/permission denied/);
    await bare.close();
  });
});
