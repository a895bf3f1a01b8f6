/** Frequent reads cost the same at any length of history: counted in rows, with and without statistics. */
import { cpSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { readTable, tableShapes, writeRows } from '../../db/copy/index.ts';
import { openStore } from '../../db/index.ts';
import { ENDPOINTS, type EndpointId } from '../../shared/endpoints.ts';
import { growBook } from '../bench/big-book.ts';
import { openShop, type Shop } from '../bench/shop.ts';
import { BigVillage } from '../support/batches.ts';
import { aHundredEntriesAgo, letCopy } from '../support/copy-reads.ts';
import { csv } from '../support/office.ts';
import { openRaw } from '../support/raw.ts';
import { NOT_COUNTED } from '../support/reads-not-counted.ts';
import { openRowCounter } from '../support/rows-read.ts';
import { addressOf, type Caller, type LooseSent, requestOf } from '../support/served.ts';
import { serveOver, type TestServer } from '../support/server.ts';
import { type Statement, statementsOf } from '../support/statements.ts';
import { ENGINES, openTestStore, type TestStore } from '../support/stores.ts';
const HOUSEHOLDS = 600;
const POSTINGS = 200_000;
/** The last day of the book, so that every read meets a full year, quarter and month. */
const NOW_MS = Date.parse('2026-11-19T10:00:00+08:00');

type Face = 'office' | 'phone' | 'kiosk' | 'anybody';

interface Bound {
  /** It reads no more rows than this, of all tables together: households, goods, a page, or a period of the book. */
  readonly rows: number;
  /** The same for PostgreSQL, where it reads a small table whole. Five times `rows` when left out. */
  readonly onPostgres?: number;
  /**
   * It reads the entries of a period, or the newest. In a book of this size PostgreSQL reads a table whole instead, a few
   * times at most: that bound only catches a table read for each row of another.
   */
  readonly isOfPeriod?: boolean;
}

interface Read extends Bound {
  readonly as: Face;
  readonly sent?: (shop: Shop, server: TestServer) => LooseSent | Promise<LooseSent>;
}

/** A read that was asked for, with the statements that answered it. */
interface Asked extends Bound {
  readonly name: string;
  readonly statements: readonly Statement[];
}

const householdOf = ({ householdIds }: Shop) => householdIds[7] ?? '';
const oneHousehold = (shop: Shop): LooseSent => ({ params: { id: householdOf(shop) } });

const READS: Partial<Record<EndpointId, Read>> = {
  'outbox.devices': { as: 'office', rows: 50 },
  'outbox.late': { as: 'office', rows: 50 },
  'outbox.lateShifts': { as: 'office', rows: 200 },
  'village.get': { as: 'office', rows: 20 },
  'village.summary': { as: 'office', rows: 2000 },
  // Two days and a month's entries, acts among them.
  'village.home': { as: 'office', rows: 8500, isOfPeriod: true },
  'village.look': { as: 'office', rows: 9000, isOfPeriod: true },
  // A list goes over a stretch of the book, and no further.
  'signatures.next': { as: 'office', rows: 40000, isOfPeriod: true },
  'signatures.list': { as: 'office', rows: 100, onPostgres: 3000 },
  'changes.list': { as: 'office', rows: 100 },
  'handovers.list': { as: 'office', rows: 100, onPostgres: 18000 },
  'handovers.people': { as: 'office', rows: 40 },
  'deductions.reminders': { as: 'office', rows: 100 },
  'deductions.own': { as: 'phone', rows: 100 },
  'objections.list': { as: 'office', rows: 100 },
  'objections.own': { as: 'phone', rows: 100 },
  'reports.list': { as: 'office', rows: 100 },
  'reports.own': { as: 'phone', rows: 100 },
  'workdays.list': { as: 'office', rows: 100 },
  'workdays.own': { as: 'phone', rows: 100 },
  'notices.list': { as: 'office', rows: 200, onPostgres: 3000 },
  'rechecks.list': { as: 'office', rows: 100 },
  'rounds.list': { as: 'office', rows: 100 },
  'rounds.judges': { as: 'office', rows: 40 },
  // A month's awards, each with the entry that may have taken it back.
  'rechecks.get': {
    as: 'office',
    sent: () => ({ params: { month: '2026-10' } }),
    rows: 9000,
    isOfPeriod: true,
  },
  'village.dashboard': {
    as: 'office',
    sent: () => ({ query: { months: 12 } }),
    rows: 60000,
    isOfPeriod: true,
  },
  'session.me': { as: 'office', rows: 40 },
  'staff.list': { as: 'office', rows: 40 },
  // A notice tells of 2,000 deeds at most, each with its household and its wording.
  'notices.view': {
    as: 'office',
    sent: () => ({ query: { from: '2026-11-01', to: '2026-11-19' } }),
    rows: 7000,
    isOfPeriod: true,
  },
  // Three months of the book: each deed with its lines and its proposal, and every household.
  'budget.view': { as: 'office', rows: 1000 },
  'fairness.view': { as: 'office', rows: 20000, isOfPeriod: true },
  'fairness.entries': {
    as: 'office',
    sent: () => ({ query: { figure: 'given' } }),
    rows: 20000,
    isOfPeriod: true,
  },
  'fairness.quiet': { as: 'office', rows: 20000, isOfPeriod: true },
  'households.list': { as: 'office', rows: 2500 },
  'households.groups': { as: 'office', rows: 700 },
  'households.nextNumber': { as: 'office', rows: 150 },
  'households.get': { as: 'office', sent: oneHousehold, rows: 900 },
  'households.passbook': { as: 'office', sent: oneHousehold, rows: 250, onPostgres: 3000 },
  'households.balanceOn': {
    as: 'office',
    sent: (shop) => ({ ...oneHousehold(shop), query: { on: '2025-06-15' } }),
    rows: 150,
  },
  'households.phones': { as: 'office', sent: oneHousehold, rows: 150 },
  'cards.list': { as: 'office', rows: 1500 },
  'rules.list': { as: 'office', rows: 50 },
  'rules.versions': {
    as: 'office',
    sent: ({ villageId }) => ({ params: { id: `${villageId}r0` } }),
    rows: 40,
  },
  'proposals.list': { as: 'office', rows: 400, isOfPeriod: true },
  'proposals.batches': {
    as: 'office',
    sent: () => ({ query: { state: 'proposed' } }),
    rows: 40,
    isOfPeriod: true,
  },
  // The thousand proposals that were posted last.
  'proposals.concerns': { as: 'office', sent: () => ({ query: { batchIds: 'p0' } }), rows: 1100 },
  'proposals.waiting': { as: 'office', rows: 30 },
  'proposals.habits': { as: 'office', rows: 3000, isOfPeriod: true },
  'proposals.standing': {
    as: 'office',
    sent: (shop) => ({
      query: { ruleId: `${shop.villageId}r0`, householdIds: householdOf(shop), effectiveOn: '2026-11-19' },
    }),
    rows: 40,
  },
  'proposals.get': { as: 'office', sent: () => ({ params: { id: 'p0' } }), rows: 150 },
  'goods.list': { as: 'office', rows: 30000, isOfPeriod: true },
  'kiosks.list': { as: 'office', rows: 40 },
  // Redemptions of a year.
  'kiosks.pinShare': {
    as: 'office',
    sent: () => ({ query: { above: 3000 } }),
    rows: 40000,
    isOfPeriod: true,
  },
  // Redemptions of thirty days.
  'volunteers.list': { as: 'office', rows: 4000, isOfPeriod: true },
  // Redemptions of four weeks.
  'kiosk.shiftCounts': { as: 'kiosk', rows: 6000, isOfPeriod: true },
  // A day's entries, acts among them.
  'shifts.daySheet': {
    as: 'office',
    sent: () => ({ query: { day: '2026-11-18' } }),
    rows: 4000,
    isOfPeriod: true,
  },
  'shifts.differences': { as: 'office', rows: 100 },
  'kiosk.state': { as: 'kiosk', rows: 100 },
  'kiosk.goods': { as: 'kiosk', rows: 300 },
  'kiosk.recent': { as: 'kiosk', rows: 20 },
  'ledger.entries': { as: 'office', rows: 800 },
  'ledger.actors': { as: 'office', rows: 40 },
  'ledger.entry': { as: 'office', sent: () => ({ params: { number: 4000 } }), rows: 400, onPostgres: 5000 },
  'ledger.trialBalance': { as: 'office', sent: () => ({ query: { asOf: '2025-06-15' } }), rows: 4000 },
  'ledger.lastVerification': { as: 'office', rows: 30 },
  'me.view': { as: 'phone', rows: 1000, onPostgres: 12000 },
  'me.passbook': { as: 'phone', rows: 200, onPostgres: 3000 },
  'me.months': { as: 'phone', rows: 600 },
  'me.goods': { as: 'phone', rows: 600 },
  'me.rules': { as: 'phone', rows: 40 },
  'me.phones': { as: 'phone', rows: 40 },
  'board.villages': { as: 'anybody', rows: 20 },
  'board.view': {
    as: 'anybody',
    sent: ({ villageId }) => ({ params: { villageId } }),
    rows: 16000,
    isOfPeriod: true,
  },
  'acts.list': { as: 'office', rows: 800, onPostgres: 18000 },
  'acts.ofHousehold': { as: 'office', sent: oneHousehold, rows: 400, onPostgres: 6000 },
  'me.acts': { as: 'phone', rows: 400, onPostgres: 6000 },
  'system.ready': { as: 'anybody', rows: 10 },
  'setup.status': { as: 'anybody', rows: 10 },
  // Every household, with its card, its balance, what it redeemed this day and what it was given this month.
  'copy.whole': { as: 'kiosk', sent: letCopy, rows: 20000, isOfPeriod: true },
  // A hundred entries, and the households that they touched.
  'copy.changes': { as: 'kiosk', sent: aHundredEntriesAgo, rows: 6000, isOfPeriod: true },
};

/** The largest batch that can be decided in one go. */
const BATCH = 1200;
const WITHDRAWN = 312;
/** Rows of the village beside its batch, such as deeds that wait since before. */
const BESIDE = 20;

/** A read of a village with a large batch, with the rows it may read for each proposal in it. */
interface BatchRead extends Pick<Bound, 'isOfPeriod'> {
  readonly id: EndpointId;
  readonly query: object;
  readonly each: number;
}

const readsOfBatch = (batchId: string, after: string, householdId: string): readonly BatchRead[] => [
  { id: 'proposals.list', query: { batchId, order: 'oldest', limit: 200 }, each: 2 },
  { id: 'proposals.list', query: { batchId, order: 'oldest', limit: 200, after }, each: 2 },
  { id: 'proposals.list', query: { state: 'proposed', limit: 200 }, each: 2 },
  { id: 'proposals.list', query: { open: 'true', limit: 200 }, each: 2 },
  { id: 'proposals.list', query: { open: 'true', householdId, limit: 200 }, each: 2 },
  { id: 'proposals.batches', query: { state: 'proposed' }, each: 12 },
  // It looks for other deeds of the same households, at worst among all deeds that they ever did, and among the last thousand.
  { id: 'proposals.concerns', query: { batchIds: batchId }, each: 5, isOfPeriod: true },
  { id: 'proposals.waiting', query: {}, each: 2 },
];

/** The lists of a village with so many households. */
const LISTS: readonly BatchRead[] = [
  { id: 'households.list', query: { limit: 200 }, each: 4 },
  { id: 'households.list', query: { card: 'none', sort: 'balanceDown', limit: 200 }, each: 4 },
  { id: 'cards.list', query: {}, each: 3 },
  { id: 'village.summary', query: {}, each: 3 },
];

/** Late opening balances of so many households. */
const BALANCES = csv('户号,户主,余额', ...Array.from({ length: BATCH }, (_, n) => `${n + 1},户主${n + 1},2`));

interface Built {
  readonly dataDir: string;
  readonly shop: Shop;
}

async function build(): Promise<Built> {
  const dataDir = mkdtempSync(join(tmpdir(), 'jishan-bounded-'));
  const shop = await openShop({ dataDir }, { households: HOUSEHOLDS });
  await growBook(
    dataDir,
    [shop],
    { villages: 1, householdsEach: HOUSEHOLDS, postings: POSTINGS },
    () => undefined,
  );
  return { dataDir, shop };
}

/** The same rows in PostgreSQL. */
async function copyInto(test: TestStore, dataDir: string): Promise<void> {
  const raw = await openRaw(test);
  await raw.disarm();
  const from = await openStore({ dataDir });
  await from.read(async (reader) => {
    for (const shape of tableShapes())
      for await (const rows of readTable(reader, shape))
        await test.store.transaction((tx) => writeRows(tx, shape, rows));
  });
  await from.close();
  await raw.close();
}

let built: Promise<Built> | undefined;

afterAll(async () => {
  if (built) rmSync((await built).dataDir, { recursive: true, force: true });
});

describe('the reads', () => {
  it('are all counted, or say why not', () => {
    const reads = (Object.keys(ENDPOINTS) as EndpointId[]).filter((id) => ENDPOINTS[id].startsWith('GET '));
    expect([...Object.keys(READS), ...Object.keys(NOT_COUNTED)].sort()).toEqual(reads.sort());
  });
});

describe.each(ENGINES)('in a village of 200 thousand postings on $engine', ({ engine, missing }) => {
  describe.skipIf(missing)('it reads a bounded number of rows', () => {
    let server: TestServer;
    const asked: Asked[] = [];

    beforeAll(async () => {
      const { dataDir, shop } = await (built ??= build());
      const test = engine === 'sqlite' ? await overCopyOf(dataDir) : await openTestStore(engine);
      if (engine === 'postgres') await copyInto(test, dataDir);
      server = await serveOver(test);
      server.clock.nowMs = NOW_MS;
      await askAll(shop);
    }, 300_000);
    afterAll(() => server.remove());

    async function askAll(shop: Shop): Promise<void> {
      const village = { id: shop.villageId };
      const office = await server.asStaff('admin', { village: { ...village, admin: server.admin } });
      const faces: Record<Face, Caller | undefined> = {
        office,
        phone: await server.asHousehold(householdOf(shop), { ...village, admin: office }),
        kiosk: await server.asKiosk({ ...village, admin: office }),
        anybody: undefined,
      };
      for (const [id, { as, sent, ...bound }] of Object.entries(READS) as [EndpointId, Read][])
        asked.push({
          name: id,
          ...bound,
          statements: await ask(server, id, { as: faces[as], ...(await sent?.(shop, server)) }),
        });
    }

    it('without statistics', async () => {
      await forgetStatistics(server.test);
      expect(await overBound(server, asked)).toEqual([]);
    }, 120_000);

    it('with statistics of one table, the first that PostgreSQL analyzed by itself', async () => {
      await forgetStatistics(server.test);
      await analyze(server.test, 'postings');
      expect(await overBound(server, asked)).toEqual([]);
    }, 120_000);

    it('after ANALYZE', async () => {
      await analyze(server.test);
      expect(await overBound(server, asked)).toEqual([]);
    }, 120_000);

    describe('with large batches that wait', () => {
      const ofBatch: Asked[] = [];

      beforeAll(async () => {
        const { shop } = await (built ??= build());
        const old = { id: shop.villageId, admin: server.admin };
        const { batchId } = await server.must('proposals.create', {
          as: await server.asStaff('committee', { village: old }),
          body: { ruleId: `${shop.villageId}r0`, householdIds: [...shop.householdIds] },
        });
        const approver = await server.asStaff('approver', { village: old });
        ofBatch.push(
          ...(await askEach(server, HOUSEHOLDS, approver, readsOfBatch(batchId, batchId, householdOf(shop)))),
        );
        ofBatch.push(...(await askOfBigVillage(server)));
      }, 120_000);

      it('without statistics', async () => {
        await forgetStatistics(server.test);
        expect(await overBound(server, ofBatch)).toEqual([]);
      }, 120_000);

      it('after ANALYZE', async () => {
        await analyze(server.test);
        expect(await overBound(server, ofBatch)).toEqual([]);
      }, 120_000);
    });
  });
});

/** Small tables tempt PostgreSQL to compare each row with each. */
describe.each(ENGINES)('in the first village of a database on $engine', ({ engine, missing }) => {
  describe.skipIf(missing)('with a large batch that waits', () => {
    let server: TestServer;
    let ofBatch: readonly Asked[];

    beforeAll(async () => {
      server = await serveOver(await openTestStore(engine));
      ofBatch = await askOfBigVillage(server);
    }, 120_000);
    afterAll(() => server.remove());

    it('reads a bounded number of rows without statistics', async () => {
      expect(await overBound(server, ofBatch)).toEqual([]);
    }, 120_000);

    it('reads a bounded number of rows after ANALYZE', async () => {
      await analyze(server.test);
      expect(await overBound(server, ofBatch)).toEqual([]);
    }, 120_000);
  });
});

/** Makes a village whose households all wait in one batch, after a batch that was withdrawn, and asks for it. */
async function askOfBigVillage(server: TestServer): Promise<Asked[]> {
  const village = await BigVillage.open(server, BATCH);
  const { approver, committee, office } = village;
  await village.decide('withdraw', [await village.award(WITHDRAWN)], { as: committee });
  const { id, first } = await village.award(BATCH);
  const asked = await askEach(
    server,
    BATCH,
    approver,
    readsOfBatch(id, first[5]?.id ?? '', village.households[5] ?? ''),
  );
  asked.push(...(await askEach(server, BATCH, office.admin, LISTS)));
  const paper = await statementsOf(() => office.read('balances', BALANCES));
  const statements = paper.statements.filter(isRead);
  return [...asked, { name: 'imports.read of balances', rows: 5 * BATCH, isOfPeriod: true, statements }];
}

async function askEach(
  server: TestServer,
  size: number,
  as: Caller,
  reads: readonly BatchRead[],
): Promise<Asked[]> {
  const asked: Asked[] = [];
  for (const { id, query, each, ...bound } of reads) {
    const name = `${id} ${JSON.stringify(query)} of ${size}`;
    asked.push({
      name,
      rows: each * size + BESIDE,
      ...bound,
      statements: await ask(server, id, { as, query }),
    });
  }
  return asked;
}

/** Sends a request and gives what it read. */
async function ask({ url }: TestServer, id: EndpointId, request: LooseSent): Promise<readonly Statement[]> {
  const { result, statements } = await statementsOf(async () => {
    const response = await fetch(`${url}${addressOf(id, request)}`, requestOf(id, request));
    return { id, status: response.status, text: await response.text() };
  });
  expect(result).toMatchObject({ id, status: 200 });
  return statements.filter(isRead);
}

/** Lists those that read more than they may, each with the statement that reads the most. */
async function overBound({ test }: TestServer, all: readonly Asked[]): Promise<string[]> {
  const counter = await openRowCounter(test);
  const over: string[] = [];
  for (const { name, statements, ...bound } of all) {
    const counts: Awaited<ReturnType<typeof counter.count>>[] = [];
    for (const one of statements) counts.push(await counter.count(one));
    const rows = counts.reduce((sum, one) => sum + one.rows, 0);
    const [most] = counts.map((one, at) => ({ ...one, at })).sort((one, other) => other.rows - one.rows);
    if (rows > mostOf(test, bound))
      over.push(`${name} reads ${rows}: ${statements[most?.at ?? 0]?.text ?? ''}\n${most?.plan ?? ''}`);
  }
  await counter.close();
  return over;
}

function mostOf({ databaseUrl }: TestStore, { rows, onPostgres = 5 * rows, isOfPeriod }: Bound): number {
  if (databaseUrl === undefined) return rows;
  // PostgreSQL walks through small tables rather than along their indexes.
  return isOfPeriod === true ? 4 * POSTINGS : onPostgres;
}

/** The same folder again, so that what one engine's test writes is not there for the other's. */
async function overCopyOf(folder: string): Promise<TestStore> {
  const dataDir = mkdtempSync(join(tmpdir(), 'jishan-bounded-'));
  cpSync(folder, dataDir, { recursive: true });
  const open = () => openStore({ dataDir });
  const store = await open();
  async function remove() {
    await store.close();
    rmSync(dataDir, { recursive: true, force: true });
  }
  return { store, dataDir, databaseUrl: undefined, openAgain: open, remove };
}

function isRead({ text }: Statement): boolean {
  // A read that takes data out books an act, which it writes.
  return /^\s*(?:select|with)\b/i.test(text) && !/\b(?:insert into|update) "/i.test(text);
}

async function analyze(test: TestStore, table = ''): Promise<void> {
  const raw = await openRaw(test);
  await raw.run(`analyze ${table}`);
  await raw.close();
}

/** Makes the database one that nobody has analyzed: what an import or an upgrade of PostgreSQL leaves for a while. */
async function forgetStatistics(test: TestStore): Promise<void> {
  const raw = await openRaw(test);
  if (test.databaseUrl === undefined) {
    for (const table of ['sqlite_stat1', 'sqlite_stat4']) await raw.run(`drop table if exists ${table}`);
  } else {
    await raw.run('delete from pg_statistic where starelid >= 16384');
    await raw.run('update pg_class set reltuples = -1, relpages = 0 where oid >= 16384');
    // PostgreSQL would analyze the large tables in the midst of the test.
    for (const { name } of tableShapes())
      await raw.run(`alter table ${name} set (autovacuum_enabled = false)`);
  }
  await raw.close();
}
