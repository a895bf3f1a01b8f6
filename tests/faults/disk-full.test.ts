import { spawnSync } from 'node:child_process';
import { mkdtempSync, readdirSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterEach, describe, expect, it } from 'vitest';
import { createDice } from '../../server/demo/dice.ts';
import { hasPostgres } from '../support/postgres.ts';
import { startPrivatePostgres } from '../support/postgres-server.ts';
import { type Place, runCommand, startServer } from '../support/server-process.ts';
import { isMissing } from '../support/tools.ts';
import { Clients } from './clients.ts';
import { deliver, deliverUntilRefused, expectRefused, reads } from './desk.ts';
import { makeSmallDisk, mayMount, type SmallDisk } from './disks.ts';
import { chosenSeed } from './options.ts';
import { differences, NO_DIFFERENCES } from './truth.ts';
import { foundVillage } from './working-village.ts';

/** A write that does not fit is refused in words, reads go on, and with room again so do writes: no restart. */
describe('a full disk', () => {
  const closings: (() => unknown)[] = [];
  afterEach(async () => {
    for (const close of closings.splice(0).reverse()) await close();
  });

  function smallDisk(megabytes: number): SmallDisk {
    const disk = makeSmallDisk(megabytes);
    if (!disk) throw new Error('no disk to be had');
    closings.push(() => disk.remove());
    return disk;
  }

  async function start(place: Place, under: readonly string[] = []) {
    const server = await startServer(place, { under });
    closings.push(() => server.kill());
    return { server, village: await foundVillage(server.url) };
  }

  async function expectGoesOn(place: Place, url: string, refused: { key: string }, village: Village) {
    await expect
      .poll(async () => (await deliver(url, village, refused.key)).status, { timeout: 20_000 })
      .toBe(200);
    expect((await deliver(url, village)).status).toBe(200);
    const { code, errors } = await runCommand(place, 'verify');
    expect({ code, errors }).toMatchObject({ code: 0 });
  }
  type Village = Awaited<ReturnType<typeof foundVillage>>;

  it.skipIf(!mayMount)('under SQLite’s log and file', async () => {
    const disk = smallDisk(12);
    const place = { dataDir: join(disk.folder, 'data'), databaseUrl: undefined };
    const { server, village } = await start(place);
    disk.fill();
    const refused = await deliverUntilRefused(server.url, village);
    expectRefused(refused, 'server.disk_full');
    expect(refused.body.detail).toMatch(/磁盘满了.*没有入账/);
    expect(await reads(server.url, village)).toBe(200);
    expectRefused(await deliver(server.url, village, refused.key), 'server.disk_full');
    disk.makeRoom();
    await expectGoesOn(place, server.url, refused, village);
    expect(server.said.errors).toBe('');
  });

  it.skipIf(!mayMount)('under load: filled and emptied, and every client knows the truth', async () => {
    const disk = smallDisk(24);
    const place = { dataDir: join(disk.folder, 'data'), databaseUrl: undefined };
    const { server, village } = await start(place);
    const clients = new Clients(village, createDice(chosenSeed('disk full')));
    clients.url = server.url;
    const ending = new AbortController();
    const working = clients.persist(ending.signal);
    for (let round = 1; round <= 3; round++) {
      await sleep(200);
      disk.fill();
      const before = clients.triedAgain.get('server.disk_full') ?? 0;
      await expect
        .poll(() => clients.triedAgain.get('server.disk_full') ?? 0, { timeout: 30_000 })
        .toBeGreaterThan(before);
      disk.makeRoom();
    }
    ending.abort();
    await working;
    expect(await clients.askAgain()).toEqual([]);
    expect(await differences(place, clients.intents)).toEqual(NO_DIFFERENCES);
    const { code, errors } = await runCommand(place, 'verify');
    expect({ code, errors }).toMatchObject({ code: 0 });
  });

  // Needs no right to mount: the system refuses this process any file longer than so. With nothing at all, it is what a
  // disk does that turned read-only under files that were open.
  it.skipIf(isMissing('prlimit')).each([
    { most: 'the largest file there is', limited: (bytes: number) => bytes },
    { most: 'nothing at all', limited: () => 0 },
  ])('on a disk that takes no more than $most', async ({ limited }) => {
    const folder = mkdtempSync(join(tmpdir(), 'jishan-limit-'));
    closings.push(() => rmSync(folder, { recursive: true, force: true }));
    const place = { dataDir: join(folder, 'data'), databaseUrl: undefined };
    const { server, village } = await start(place);
    const limit = (bytes: string) =>
      expect(spawnSync('prlimit', ['--pid', String(server.child.pid), `--fsize=${bytes}:`]).status).toBe(0);
    const sizes = readdirSync(place.dataDir).map((name) => statSync(join(place.dataDir, name)).size);
    limit(String(limited(Math.max(...sizes))));
    const refused = await deliverUntilRefused(server.url, village);
    expectRefused(refused, 'server.disk_full');
    expect(await reads(server.url, village)).toBe(200);
    limit('unlimited');
    await expectGoesOn(place, server.url, refused, village);
  });

  it.skipIf(!mayMount || !hasPostgres)('under PostgreSQL', async () => {
    const disk = smallDisk(200);
    const postgres = await startPrivatePostgres(disk.folder);
    if (!postgres) throw new Error('no PostgreSQL');
    closings.push(() => postgres.stop());
    const folder = mkdtempSync(join(tmpdir(), 'jishan-full-'));
    closings.push(() => rmSync(folder, { recursive: true, force: true }));
    const place = { dataDir: folder, databaseUrl: postgres.url };
    const { server, village } = await start(place);
    disk.fill();
    const refused = await deliverUntilRefused(server.url, village);
    expectRefused(refused, 'server.disk_full');
    expect(await reads(server.url, village)).toBe(200);
    disk.makeRoom();
    await expectGoesOn(place, server.url, refused, village);
  });
});
