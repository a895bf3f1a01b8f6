import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readdirSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterEach, describe, expect, it } from 'vitest';
import { openStore } from '../../db/index.ts';
import { createDice } from '../../server/demo/dice.ts';
import { freeBytes } from '../../server/disk-space.ts';
import { spool } from '../../server/http/downloads.ts';
import { createLedger, householdAccount, orRefuse, villageAccount } from '../support/ledger.ts';
import { createTestDatabase, hasPostgres } from '../support/postgres.ts';
import { startPrivatePostgres } from '../support/postgres-server.ts';
import { addressOf, type ProblemBody, requestOf } from '../support/server.ts';
import { type Place, runCommand, startServer } from '../support/server-process.ts';
import { ENGINES } from '../support/stores.ts';
import { isMissing } from '../support/tools.ts';
import { Clients } from './clients.ts';
import { deliver, deliverUntilRefused, expectRefused, reads } from './desk.ts';
import { makeSmallDisk, mayMount, type SmallDisk } from './disks.ts';
import { chosenSeed } from './options.ts';
import { differences, NO_DIFFERENCES } from './truth.ts';
import { foundVillage } from './working-village.ts';

/** On a full disk writes are refused with a reason and reads go on. With room again writes go on without a restart. */
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

  // prlimit needs no right to mount: the system refuses files of this process above a length. The length 0 acts like
  // a disk that turned read-only while files were open.
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

  describe('under a download', () => {
    /** With this many entries the exported file is too large for the server's memory and goes to the disk. */
    const ENTRIES = 400;

    async function startWithBook(place: Place) {
      const { server, village } = await start(place);
      await post(place, village);
      const as = village.keyring.of('maker');
      const download = (id: 'ledger.export' | 'households.personalData', params: Record<string, string>) =>
        fetch(`${server.url}${addressOf(id, { params })}`, requestOf(id, { as }));
      return {
        server,
        village,
        book: () => download('ledger.export', { format: 'journal' }),
        household: () => download('households.personalData', { id: village.householdIds[1] ?? '' }),
      };
    }

    async function post({ dataDir, databaseUrl }: Place, village: Village): Promise<void> {
      const store = await openStore({ dataDir, databaseUrl, connectionsMax: 1 });
      const ledger = createLedger({ clock: Date.now });
      await store.transaction(async (tx) => {
        for (let index = 0; index < ENTRIES; index += 1)
          orRefuse(
            await ledger.post(tx, {
              villageId: village.id,
              kind: 'opening',
              effectiveOn: '2026-01-01',
              idempotencyKey: `thick-${index}`,
              actorId: 'system',
              lines: [
                { account: villageAccount('opening'), amount: -100 },
                { account: householdAccount(village.householdIds[0] ?? ''), amount: 100 },
              ],
            }),
          );
      });
      await store.close();
    }

    async function expectNoRoom(response: Response, words: RegExp): Promise<void> {
      const { code, detail, moved, kind } = (await response.json()) as ProblemBody;
      expect({ status: response.status, code, moved, kind }).toEqual({
        status: 503,
        code: 'server.disk_full',
        moved: 'no',
        kind: 'retry',
      });
      expect(detail).toMatch(words);
      expect(response.headers.get('Retry-After')).toBe('30');
    }

    it.skipIf(!mayMount).each(ENGINES.filter(({ missing }) => !missing))(
      'of a book on $engine: refused in words while the books need the room, and done with room again',
      async ({ engine }) => {
        const disk = smallDisk(32);
        const database = engine === 'postgres' ? await createTestDatabase() : null;
        if (database) closings.push(() => database.drop());
        const place = { dataDir: join(disk.folder, 'data'), databaseUrl: database?.url };
        const { server, village, book, household } = await startWithBook(place);
        const before = await (await book()).text();
        expect(before.length).toBeGreaterThan(100_000);
        // There is room for the act that tells of the download, and not for the file.
        disk.fill(2 * 1024 * 1024);
        await expectNoRoom(await book(), /只剩 [012] MB，至少要给账本留 16 MB，放不下.*没有下载/);
        // Small answers need no disk but for their act.
        expect((await household()).status).toBe(200);
        expect(await reads(server.url, village)).toBe(200);
        disk.makeRoom();
        const after = (await (await book()).text()).split('\n');
        // All entries of before are in it, and the acts of what was asked for since.
        expect(after.slice(1)).toEqual(expect.arrayContaining(before.split('\n').slice(1)));
        expect(after).toHaveLength(before.split('\n').length + 3);
        expect(readdirSync(join(place.dataDir, '.downloads-under-way'))).toEqual([]);
        expect(server.said.errors).toBe('');
      },
    );

    it.skipIf(!mayMount)('that fills the disk before it is whole leaves nothing behind', async () => {
      const disk = smallDisk(2);
      const before = freeBytes(disk.folder);
      const state = { given: 0, ended: false };
      async function* more(): AsyncGenerator<string> {
        try {
          for (; ; state.given += 1) yield await Promise.resolve('x'.repeat(65_536));
        } finally {
          state.ended = true;
        }
      }
      const place = { folder: join(disk.folder, 'downloads'), leaveBytes: () => 0 };
      const download = { filename: 'a.csv', mediaType: 'text/csv', content: more() };
      const refused = spool(download, place, new AbortController().signal);
      await expect(refused).rejects.toMatchObject({ code: 'server.disk_full', params: { what: 'download' } });
      expect(state.given).toBeGreaterThan(20);
      expect(state.ended).toBe(true);
      expect(before - freeBytes(disk.folder)).toBeLessThan(65_536);
    });

    it.skipIf(isMissing('prlimit'))('of a book on a disk that takes only little of it', async () => {
      const folder = mkdtempSync(join(tmpdir(), 'jishan-limit-'));
      closings.push(() => rmSync(folder, { recursive: true, force: true }));
      const { server, book } = await startWithBook({ dataDir: join(folder, 'data'), databaseUrl: undefined });
      const limit = (bytes: string) =>
        spawnSync('prlimit', ['--pid', String(server.child.pid), `--fsize=${bytes}:`]).status;
      expect(limit('70000')).toBe(0);
      // The act that tells of the download cannot be written, so nothing of the book leaves.
      await expectNoRoom(await book(), /磁盘满了.*没有入账/);
      expect(limit('unlimited')).toBe(0);
      expect((await book()).status).toBe(200);
    });

    it('that a killed server was putting together is gone when it starts again', async () => {
      const folder = mkdtempSync(join(tmpdir(), 'jishan-left-'));
      closings.push(() => rmSync(folder, { recursive: true, force: true }));
      const place = { dataDir: join(folder, 'data'), databaseUrl: undefined };
      const left = join(place.dataDir, '.downloads-under-way');
      const somebodys = join(place.dataDir, 'downloads');
      for (const folder of [left, somebodys]) {
        mkdirSync(folder, { recursive: true });
        writeFileSync(join(folder, 'half-of-a-book'), 'x');
      }
      await start(place);
      expect([readdirSync(left), readdirSync(somebodys)]).toEqual([[], ['half-of-a-book']]);
    });
  });
});
