import { spawnSync } from 'node:child_process';
import { closeSync, openSync, readFileSync, writeSync } from 'node:fs';
import { join } from 'node:path';
import pg from 'pg';
import { describe, expect, it } from 'vitest';
import { createTestDatabase, hasPostgres } from '../support/postgres.ts';
import { PASSWORD } from '../support/server.ts';
import { launchCommand, runCommand } from '../support/server-process.ts';
import { isMissing } from '../support/tools.ts';
import { deliver } from './desk.ts';
import { eachStarts, type Starts } from './starts.ts';
import { ask, foundVillage } from './working-village.ts';

let at: Starts;
eachStarts((starts) => (at = starts));

describe('a second server on the same folder', () => {
  it('is refused and told which process has it; a killed one leaves it free', async () => {
    const first = await at.start();
    const village = await foundVillage(first.url);
    const said = await at.refusal();
    expect(said).toContain(`进程号 ${first.child.pid}`);
    expect(said).toContain(`process ${first.child.pid}`);
    expect((await deliver(first.url, village)).status).toBe(200);
    await first.kill();
    const second = await at.start();
    expect((await deliver(second.url, village)).body.journalNumber).toBe(2);
  });

  it('keeps no command out that may work beside it, and those that may not', async () => {
    const first = await at.start();
    const village = await foundVillage(first.url);
    const backup = join(at.folder, 'village.backup');
    for (const words of [
      ['verify'],
      ['export', '--format', 'journal'],
      ['backup', backup],
      ['create-admin', '--username', 'second'],
    ])
      expect(await runCommand(at.place, ...words)).toMatchObject({ code: 0 });
    const refused = await runCommand(at.place, 'restore', '--force', backup);
    expect(refused).toMatchObject({ code: 3 });
    expect(refused.errors).toMatch(/正在使用|using/);
    // Behind the acts of the export, of the backup and of the new administrator.
    expect((await deliver(first.url, village)).body.journalNumber).toBe(4);
  });
});

describe.skipIf(!hasPostgres)('a second server on one PostgreSQL', () => {
  it('may share the folder, and so the secret: either knows the log-ins of the other, and both may stop', async () => {
    const database = await createTestDatabase();
    at.after(() => database.drop());
    at.place = { ...at.place, databaseUrl: database.url };
    const [first, second] = [await at.start(), await at.start()];
    const village = await foundVillage(first.url);
    expect((await deliver(first.url, village)).body.journalNumber).toBe(1);
    expect((await deliver(second.url, village)).body.journalNumber).toBe(2);
    await Promise.all([first.kill('SIGTERM'), second.kill('SIGTERM')]);
    expect([await first.gone, await second.gone]).toEqual([0, 0]);
    const third = await at.start();
    expect((await deliver(third.url, village)).body.journalNumber).toBe(3);
  });
});

describe('a server started while a command has the folder to itself', () => {
  /** Until the folder is that process's. */
  async function holds(processId: number | undefined): Promise<void> {
    const note = join(at.place.dataDir, 'server.pid');
    await expect.poll(() => readFileSync(note, 'utf8').trim(), { timeout: 30_000 }).toBe(String(processId));
  }

  it.skipIf(isMissing('mkfifo'))('is refused in the midst of a restore, and starts after it', async () => {
    const village = await at.killedWith(2);
    const backup = join(at.folder, 'village.backup');
    expect(await runCommand(at.place, 'backup', backup)).toMatchObject({ code: 0 });
    // A file whose second half is not there yet: so long the restore is at work.
    const pipe = join(at.folder, 'slow.backup');
    expect(spawnSync('mkfifo', [pipe]).status).toBe(0);
    const bytes = readFileSync(backup);
    const half = Math.floor(bytes.length / 2);
    const writer = openSync(pipe, 'r+');
    writeSync(writer, bytes, 0, half);
    const command = launchCommand(at.place, 'restore', '--force', pipe);
    await holds(command.child.pid);
    expect(await at.refusal()).toContain(`process ${command.child.pid}`);
    writeSync(writer, bytes, half);
    closeSync(writer);
    expect(await command.ended).toMatchObject({ code: 0 });
    const server = await at.start();
    await village.keyring.logIn(server.url, 'maker');
    // Behind the acts of the backup and of the restore.
    expect((await deliver(server.url, village)).body.journalNumber).toBe(5);
  });

  it.skipIf(!hasPostgres)('is refused in the midst of a move to PostgreSQL', async () => {
    const village = await at.killedWith(2);
    const target = await createTestDatabase();
    at.after(() => target.drop());
    const there = { ...at.place, databaseUrl: target.url };
    const holder = new pg.Client({ connectionString: target.url });
    await holder.connect();
    // Its first step waits for this, as for another process that brings the database up to date.
    await holder.query('select pg_advisory_lock(7421001)');
    const command = launchCommand(at.place, 'move-to-postgres', target.url);
    for (let waits = false; !waits;) {
      const { rows } = await holder.query(
        'select 1 from pg_locks, pg_database where not granted and database = pg_database.oid and datname = current_database()',
      );
      waits = rows.length > 0;
    }
    expect(await at.refusal()).toContain(`process ${command.child.pid}`);
    await holder.query('select pg_advisory_unlock(7421001)');
    await holder.end();
    expect(await command.ended).toMatchObject({ code: 0 });
    at.place = there;
    const server = await at.start();
    expect((await deliver(server.url, village)).body.journalNumber).toBe(3);
  });
});

describe('a backup restored by a running server', () => {
  it('is what the next start finds, though the book had come further; the folder stays its own', async () => {
    // With figures: who counts is told of the other database too.
    const first = await at.start({ env: { METRICS_PORT: '0' } });
    const village = await foundVillage(first.url);
    const as = village.keyring.of('maker');
    const { name } = await ask<'backups.make'>(first.url, 'backups.make', { as, body: {} });
    for (const number of [2, 3]) expect((await deliver(first.url, village)).body.journalNumber).toBe(number);
    await at.untilNoted(village.booked + 3);
    await ask<'backups.restore'>(first.url, 'backups.restore', {
      as,
      params: { name },
      body: { password: PASSWORD, villageName: '前洼村' },
    });
    expect(await at.refusal()).toContain(`process ${first.child.pid}`);
    await first.kill();
    const second = await at.start();
    await village.keyring.logIn(second.url, 'maker');
    // The backup holds the act that it was made; the restore follows.
    expect((await deliver(second.url, village)).body.journalNumber).toBe(3);
    await at.untilNoted(village.booked + 3);
  });
});
