import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openStore } from '../../db/index.ts';
import { createDice } from '../../server/demo/dice.ts';
import { run } from '../../server/cli/main.ts';
import { createLedger, readHead, verify } from '../support/ledger.ts';
import { Book } from '../support/books.ts';
import { openRaw } from '../support/raw.ts';
import { type KioskCaller, newKey, startTestServer, type TestServer } from '../support/server.ts';
import { addGoods, addHousehold } from '../support/shop.ts';
import { runCommand } from '../support/server-process.ts';
import { ENGINES, openTestStore, type TestStore } from '../support/stores.ts';
import { deliver, expectRefused } from './desk.ts';
import { chosenSeed } from './options.ts';
import { eachStarts, type Starts } from './starts.ts';

const MINUTE_MS = 60_000;
const DAY_MS = 24 * 60 * MINUTE_MS;

/** A machine without a battery starts in another year; a time server sets clocks right in steps, both ways. */
describe.each(ENGINES)('a clock that jumps, on $engine', ({ engine, missing }) => {
  describe.skipIf(missing)('in the ledger', () => {
    it('by minutes never dates an entry before the one it follows', async () => {
      const dice = createDice(chosenSeed('clock'));
      const test = await openTestStore(engine);
      let nowMs = 1_770_000_000_000;
      const book = new Book(test.store, createLedger({ clock: () => nowMs }));
      await book.open();
      let latestMs = 0;
      for (let entry = 1; entry <= 60; entry++) {
        nowMs = Math.max(nowMs + dice.between(-9, 6) * MINUTE_MS, latestMs - 9 * MINUTE_MS);
        expect(await book.award('h1', 100, { key: `key-${entry}` })).toMatchObject({ ok: true });
        latestMs = Math.max(latestMs, nowMs);
      }
      const raw = await openRaw(test);
      const rows = await raw.rows('select booked_at_ms from journal order by number');
      await raw.close();
      const times = rows.map((row) => Number(row.booked_at_ms));
      expect(times).toEqual(times.toSorted((a, b) => a - b));
      expect(times).toHaveLength(60);
      expect(await verify(test.store, book.villageId)).toMatchObject({ ok: true });
      await test.remove();
    });

    it('back by days books nothing, answers what was booked, and goes on once it is right or somebody says so', async () => {
      const test = await openTestStore(engine);
      let nowMs = 1_770_000_000_000;
      const book = new Book(test.store, createLedger({ clock: () => nowMs }));
      await book.open();
      const first = { key: 'first-key' };
      expect(await book.award('h1', 100, first)).toMatchObject({ ok: true });
      nowMs -= 2 * DAY_MS;
      expect(await book.award('h1', 100, { key: 'second-key' })).toMatchObject({
        ok: false,
        code: 'server.clock',
        params: { now: '2026-01-31 02:40 UTC', last: '2026-02-02 02:40 UTC' },
      });
      expect(await book.award('h1', 100, first)).toMatchObject({ ok: true, replay: true });
      const told = new Book(test.store, createLedger({ clock: () => nowMs, guardsClock: false }));
      expect(await told.award('h1', 100, { key: 'third-key' })).toMatchObject({ ok: true });
      // From now on the last entry is right, and nobody has to say it again.
      expect(await book.award('h1', 100, { key: 'second-key' })).toMatchObject({ ok: true });
      expect(await verify(test.store, book.villageId)).toMatchObject({ ok: true, entries: 3 });
      await test.remove();
    });
  });

  describe.skipIf(missing)('through the API', () => {
    let server: TestServer;
    let kiosk: KioskCaller;
    beforeAll(async () => {
      server = await startTestServer(engine, { guardsClock: true });
      kiosk = await server.asKiosk();
    });
    afterAll(() => server.remove());

    it('says what the clock shows and what the book knows, in words, and does the same once it is right', async () => {
      const item = await addGoods(server, {}, { quantity: 5, costFen: 100 });
      const sent = {
        as: server.admin,
        params: { id: item.id },
        body: { quantity: 1, totalCostFen: 0, source: 'donated' } as const,
        key: newKey(),
      };
      const right = server.clock.nowMs;
      // Within the life of the log-in, so that it is the book that speaks.
      server.clock.nowMs = right - 11 * MINUTE_MS;
      const { status, headers, problem } = await server.call('goods.stockIn', sent);
      expect({ status, code: problem.code, moved: problem.moved }).toEqual({
        status: 503,
        code: 'server.clock',
        moved: 'no',
      });
      expect(headers.get('Retry-After')).not.toBe(null);
      expect(problem.detail).toMatch(/时钟不对：现在是 .* UTC，账上最后一笔却在 .* UTC/);
      server.clock.nowMs = right;
      expect((await server.must('goods.stockIn', sent)).stock).toBe(6);
    });

    it('ends shifts either way, and locks nobody out by a lock of another year', async () => {
      const right = server.clock.nowMs;
      const household = await addHousehold(server, 1000);
      expect(
        (await server.call('kiosk.lookup', { as: kiosk, body: { number: household.number } })).status,
      ).toBe(200);
      for (const jumpMs of [DAY_MS, -DAY_MS]) {
        server.clock.nowMs = right + jumpMs;
        expect(await server.refused('kiosk.lookup', { as: kiosk, body: { number: household.number } })).toBe(
          'kiosk.shift_over',
        );
      }
      const wrong = { as: kiosk.device, body: { volunteerId: kiosk.volunteerId, pin: '000000' } };
      server.clock.nowMs = right + 365 * DAY_MS;
      for (let attempt = 0; attempt < 5; attempt++) await server.call('kiosk.signIn', wrong);
      const honest = { ...wrong, body: { volunteerId: kiosk.volunteerId, pin: kiosk.pin } };
      expect(await server.refused('kiosk.signIn', honest)).toBe('auth.locked');
      server.clock.nowMs = right;
      expect((await server.call('kiosk.signIn', honest)).status).toBe(200);
    });
  });
});

/** Every command there is. Those that book are given what they would book, were the clock right. */
const COMMANDS: Readonly<Record<string, readonly string[] | 'books nothing by the clock'>> = {
  'import-balances': ['db/starter/opening-balances-sample.xlsx'],
  'import-roster': 'books nothing by the clock',
  // The entries of a file and of a backup keep the times they were booked at.
  'import-journal': 'books nothing by the clock',
  restore: 'books nothing by the clock',
  'move-to-postgres': 'books nothing by the clock',
  verify: 'books nothing by the clock',
  export: 'books nothing by the clock',
  'create-admin': 'books nothing by the clock',
  'reset-password': 'books nothing by the clock',
  backup: 'books nothing by the clock',
  backups: 'books nothing by the clock',
  https: 'books nothing by the clock',
};
const BOOKING = Object.entries(COMMANDS).flatMap(([name, given]) =>
  typeof given === 'string' ? [] : [[name, given] as const],
);

async function command(words: readonly string[], env: NodeJS.ProcessEnv) {
  const said = { out: '', notes: '' };
  const code = await run(words, env, {
    out: (text) => (said.out += text),
    note: (text) => (said.notes += `${text}\n`),
    readStdin: () => Promise.resolve(''),
  });
  return { code, ...said };
}

describe('the commands that book', () => {
  it('are those of this list', async () => {
    const { out } = await command(['--help'], {});
    const listed = Array.from(out.matchAll(/^ {2}([a-z-]+) (?:\[|<|  )/gm), ([, name]) => name ?? '');
    expect(listed.filter((name) => name !== 'help').toSorted()).toEqual(Object.keys(COMMANDS).toSorted());
  });
});

describe.each(ENGINES)('a command that books while the clock is behind the book, on $engine', (on) => {
  describe.skipIf(on.missing)('with one entry of the day after tomorrow in it', () => {
    let test: TestStore;
    let env: NodeJS.ProcessEnv;
    let before: number | undefined;
    const headNumber = async () => {
      const [village] = await test.store.read(({ db, t }) =>
        db.select({ id: t.ledgerHeads.villageId }).from(t.ledgerHeads),
      );
      return (await test.store.read((reader) => readHead(reader, village?.id ?? '')))?.number;
    };
    beforeAll(async () => {
      test = await openTestStore(on.engine);
      env = { DATA_DIR: test.dataDir, DATABASE_URL: test.databaseUrl, LANG: 'zh_CN.UTF-8' };
      const named = ['--village-name', '清河村'];
      const { code } = await command(['import-roster', 'db/starter/roster-sample.xlsx', ...named], env);
      expect(code).toBe(0);
      const [household] = await test.store.read(({ db, t }) =>
        db.select({ id: t.households.id, villageId: t.households.villageId }).from(t.households).limit(1),
      );
      const ahead = createLedger({ clock: () => Date.now() + 2 * DAY_MS });
      const book = new Book(test.store, ahead, household?.villageId ?? '');
      expect(await book.award(household?.id ?? '', 100, { key: 'ahead' })).toMatchObject({ ok: true });
      before = await headNumber();
    });
    afterAll(() => test.remove());

    it.each(BOOKING)('%s says what docs/faults.md says, and books nothing', async (name, given) => {
      const { code, notes } = await command([name, ...given], env);
      expect(code).toBe(3);
      expect(notes).toMatch(/时钟不对：现在是 .* UTC，账上最后一笔却在 .* UTC。这一次没有入账/);
      expect(await headNumber()).toBe(before);
    });

    it.each(BOOKING)('%s books once somebody has looked and says so', async (name, given) => {
      expect(await command([name, ...given], { ...env, CLOCK_MAY_GO_BACK: '1' })).toMatchObject({ code: 0 });
      expect(await headNumber()).toBeGreaterThan(before ?? Infinity);
    });
  });
});

describe('a book that a clock ahead has booked in', () => {
  let at: Starts;
  eachStarts((starts) => (at = starts));

  it('takes nothing until the clock is that far, or CLOCK_MAY_GO_BACK=1 is set for a start; then it goes on without', async () => {
    const village = await at.killedWith(2);
    const store = await openStore(at.place);
    const ahead = createLedger({ clock: () => Date.now() + 2 * DAY_MS });
    const book = new Book(store, ahead, village.id);
    const [household = ''] = village.householdIds;
    expect(await book.award(household, 100, { key: 'ahead' })).toMatchObject({ ok: true });
    await store.close();
    const guarded = await at.start();
    const refused = await deliver(guarded.url, village);
    expectRefused(refused, 'server.clock');
    await guarded.kill('SIGTERM');
    const told = await at.start({ env: { CLOCK_MAY_GO_BACK: '1' } });
    expect((await deliver(told.url, village, refused.key)).body.journalNumber).toBe(4);
    await told.kill('SIGTERM');
    const again = await at.start();
    expect((await deliver(again.url, village)).body.journalNumber).toBe(5);
    await again.kill('SIGTERM');
    expect(await runCommand(at.place, 'verify')).toMatchObject({ code: 0 });
  });
});
