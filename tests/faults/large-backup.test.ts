import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, openSync, readSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import process from 'node:process';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { sqlitePath } from '../../db/index.ts';
import { growBook } from '../bench/big-book.ts';
import { openShop, redemption, type Shop } from '../bench/shop.ts';
import { createTestDatabase, hasPostgres } from '../support/postgres.ts';
import { type AnswerOf, SECRETS } from '../support/server.ts';
import { environmentOf, type Place, runCommand, startServer } from '../support/server-process.ts';
import { peaksOf, pulse } from './watch.ts';
import { ask } from './working-village.ts';

/**
 * A book of half a gigabyte is backed up from under a working server, sent to it as a file and restored:
 * npm test -- --long tests/faults/large-backup, or of another size JISHAN_BOOK_MB=2000. It prints what it took; without
 * `--long` the same is done with a small one.
 */
const BOOK_MB = Number(process.env.JISHAN_BOOK_MB ?? (process.env.JISHAN_LONG ? 500 : 12));
const MEGABYTE = 1024 * 1024;
const POSTINGS_A_MB = 2_800;
const ASK_EVERY_MS = 50;
/** How long the server is watched at rest: for the figures of a large book alone. */
const REST_MS = BOOK_MB < 100 ? 500 : 5_000;
const HOUR_MS = 3_600_000;
const cli = join(import.meta.dirname, '../../scripts/jishan.mjs');

describe(`a book of ${BOOK_MB} MB`, { timeout: HOUR_MS }, () => {
  let folder: string;
  let place: Place;
  let shop: Shop;
  let server: Awaited<ReturnType<typeof startServer>>;
  let admin: { id: string; headers: { Authorization: string } };
  let made: AnswerOf<'backups.make'>;
  const figures: Record<string, unknown>[] = [];
  const note = (what: string, more: object) => figures.push({ what, ...more });

  beforeAll(async () => {
    folder = mkdtempSync(join(tmpdir(), 'jishan-large-'));
    place = { dataDir: join(folder, 'data'), databaseUrl: undefined };
    shop = await openShop(place, { households: 300, kiosks: 2 });
    const postings = Math.round(BOOK_MB * POSTINGS_A_MB);
    await growBook(
      place.dataDir,
      [shop],
      { villages: 1, householdsEach: 300, postings, verifies: true },
      () => undefined,
    );
    server = await startServer(place, { env: { JISHAN_SECRET: SECRETS.current } });
    await logIn();
  }, HOUR_MS);
  afterAll(async () => {
    console.table(figures);
    await server.kill();
    rmSync(folder, { recursive: true, force: true });
  });

  async function logIn(): Promise<void> {
    const { accessToken } = await ask<'session.login'>(server.url, 'session.login', { body: shop.admin });
    admin = { id: 'admin', headers: { Authorization: `Bearer ${accessToken}` } };
  }
  const pid = () => server.child.pid ?? 0;
  const bytesOf = (path: string) => Math.round(statSync(path).size / MEGABYTE);
  const heads = (books: AnswerOf<'backups.make'>['books']) =>
    books.map(({ number, hash }) => ({ number, hash }));

  /** A counter that hands out and an office that looks, twenty times a second. */
  function atWork() {
    return pulse(ASK_EVERY_MS, async (count) => {
      const householdId = shop.householdIds[count % shop.householdIds.length] ?? '';
      const kiosk = { id: 'kiosk', headers: shop.kiosks[count % shop.kiosks.length] ?? {} };
      if (count % 2 === 0)
        await ask(server.url, 'kiosk.redeem', {
          as: kiosk,
          body: JSON.parse(redemption(shop, count).body) as object,
        });
      else await ask(server.url, 'households.passbook', { as: admin, params: { id: householdId } });
    });
  }

  async function verify(at: Place): Promise<{ number: number; hash: string }> {
    const { code, out } = await runCommand(at, 'verify', '--json');
    expect(code).toBe(0);
    const { headNumber, headHash } = JSON.parse(out) as { headNumber: number; headHash: string };
    return { number: headNumber, hash: headHash };
  }

  /** The first entry after the backup's is the act that tells of the restore. */
  function expectGoesOn(head: { readonly number: number } | undefined): void {
    expect(head?.number).toBe((made.books[0]?.number ?? 0) + 1);
  }

  async function restoreByCommand(at: Place, file: string) {
    const child = spawn(process.execPath, [cli, 'restore', file], {
      env: environmentOf(at),
      stdio: ['ignore', 'ignore', 'pipe'],
    });
    let said = '';
    child.stderr.on('data', (chunk: Buffer) => (said = (said + chunk.toString()).slice(-500)));
    const { result, ...cost } = await peaksOf(child.pid ?? 0, () => once(child, 'close'));
    if (result[0] !== 0) throw new Error(said);
    return cost;
  }

  it('is backed up while the server works on it', async () => {
    const resting = atWork();
    await new Promise((done) => setTimeout(done, REST_MS));
    note('the server before', { bookMb: bytesOf(sqlitePath(place.dataDir)), ...(await resting()) });
    const working = atWork();
    const { result, ...cost } = await peaksOf(pid(), () =>
      ask<'backups.make'>(server.url, 'backups.make', { as: admin, body: {} }),
    );
    made = result;
    note('made and verified', { backupMb: Math.round(made.bytes / MEGABYTE), ...cost, ...(await working()) });
    expect(bytesOf(sqlitePath(place.dataDir))).toBeGreaterThanOrEqual(BOOK_MB);
  });

  it('comes back by the command line, the same', async () => {
    const elsewhere = { ...place, dataDir: join(folder, 'elsewhere') };
    note('restored by the command line', await restoreByCommand(elsewhere, fileOf(made.name)));
    const startedMs = performance.now();
    expectGoesOn(await verify(elsewhere));
    note('verified by the command line', { seconds: (performance.now() - startedMs) / 1000 });
  });

  it.skipIf(!hasPostgres)('comes back on PostgreSQL, the same', async () => {
    const database = await createTestDatabase();
    const at = { dataDir: join(folder, 'postgres'), databaseUrl: database.url };
    note('restored onto PostgreSQL', await restoreByCommand(at, fileOf(made.name)));
    expectGoesOn(await verify(at));
    await database.drop();
  });

  it('is sent to the server as a file and restored there, the same', async () => {
    const working = atWork();
    const sent = await peaksOf(pid(), () => sendFile(fileOf(made.name), made.bytes));
    note('sent as a file', { seconds: sent.seconds, ownMb: sent.ownMb, ...(await working()) });
    const params = { upload: sent.result };
    const verifying = atWork();
    const taken = await peaksOf(pid(), () =>
      ask<'backups.endUpload'>(server.url, 'backups.endUpload', { as: admin, params, body: {} }),
    );
    note('verified as a file', { ...costOf(taken), ...(await verifying()) });
    await logIn();
    await allowRestore(taken.result);
    const restored = await peaksOf(pid(), () =>
      ask<'backups.restore'>(server.url, 'backups.restore', {
        as: admin,
        params: { name: taken.result.name },
        body: { password: shop.admin.password, villageName: '前洼村' },
      }),
    );
    note('restored from the desk, a backup of the present before it', costOf(restored));
    expect(heads(restored.result.books)).toEqual(heads(made.books));
    expectGoesOn(await verify(place));
    await logIn();
    const rested = atWork();
    await new Promise((done) => setTimeout(done, REST_MS));
    note('the server after', await rested());
  });

  /** An approver agrees to going back to this very file. */
  async function allowRestore({ name, madeAtMs, books: [book] }: typeof made): Promise<void> {
    const head = { number: book?.number ?? 0, hash: book?.hash ?? '' };
    const { id, mark } = await ask<'changes.propose'>(server.url, 'changes.propose', {
      as: admin,
      body: { operation: 'backups.allowRestore', params: { name }, body: { madeAtMs, head } },
    });
    const { accessToken } = await ask<'session.login'>(server.url, 'session.login', { body: shop.approver });
    const as = { id: 'approver', headers: { Authorization: `Bearer ${accessToken}` } };
    await ask<'changes.agree'>(server.url, 'changes.agree', { as, params: { id }, body: { mark } });
  }

  const fileOf = (name: string) => join(place.dataDir, 'backups', name);

  async function sendFile(path: string, bytes: number): Promise<string> {
    const begun = await ask<'backups.beginUpload'>(server.url, 'backups.beginUpload', {
      as: admin,
      body: { bytes },
    });
    const params = { upload: begun.upload };
    const descriptor = openSync(path, 'r');
    const piece = new Uint8Array(begun.pieceBytesMax);
    for (let at = 0; at < bytes;) {
      const size = readSync(descriptor, piece, 0, piece.length, at);
      const body = piece.subarray(0, size);
      await ask(server.url, 'backups.addPiece', { as: admin, params, query: { at }, body });
      at += size;
    }
    return begun.upload;
  }
});

function costOf({ seconds, ownMb, childMb }: { seconds: number; ownMb: number; childMb: number }) {
  return { seconds, ownMb, childMb };
}
