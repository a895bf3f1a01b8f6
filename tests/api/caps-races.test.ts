import { randomBytes } from 'node:crypto';
import Database from 'better-sqlite3';
import { sql } from 'drizzle-orm';
import pg from 'pg';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { sqlitePath } from '../../db/index.ts';
import type { Reader } from '../../db/store.ts';
import { createAwards } from '../../server/proposals/index.ts';
import { askNow, runCommand } from '../../server/commands/index.ts';
import { standingDeeds } from '../../server/proposals/standing-deeds.ts';
import { createIds } from '../../server/http/index.ts';
import { businessDay } from '../../shared/business-day.ts';
import { Refusal } from '../../shared/errors.ts';
import { CappedVillage, under } from '../support/capped.ts';
import { openRaw } from '../support/raw.ts';
import { newKey, startTestServer, type TestServer } from '../support/server.ts';
import { type Statement, statementsOf } from '../support/statements.ts';
import { ENGINES } from '../support/stores.ts';

const AT_ONCE = 50;
const WHOLE_VILLAGE = 1200;

describe.each(ENGINES)('the caps of rules on $engine', ({ engine, missing }) => {
  describe.skipIf(missing)('when everybody proposes and approves at once', () => {
    let server: TestServer;
    let village: CappedVillage;
    /** Two server processes on one database. */
    let addresses: string[] = [];
    beforeAll(async () => {
      server = await startTestServer(engine);
      village = await CappedVillage.open(server);
      addresses = [server.url, await server.another()];
    });
    afterAll(() => server.remove());

    async function send(at: number, path: string, body: object, headers: Readonly<Record<string, string>>) {
      const response = await fetch(`${addresses[at % addresses.length] ?? ''}/api/v1${path}`, {
        method: 'POST',
        headers: { 'Content-Type': 'application/json', 'Idempotency-Key': newKey(), ...headers },
        body: JSON.stringify(body),
      });
      const { code = 'done' } = (await response.json()) as { code?: string };
      return code;
    }

    function tally(codes: readonly string[]): Record<string, number> {
      return Object.fromEntries(
        Array.from(
          Map.groupBy(codes, (code) => code),
          ([code, all]) => [code, all.length],
        ),
      );
    }

    function atOnce(act: (index: number) => Promise<string>): Promise<string[]> {
      return Promise.all(Array.from({ length: AT_ONCE }, (_, index) => act(index)));
    }

    test.each([
      ['times', under('month', { times: 3 }), 'rule.cap_times', 3],
      ['points', under('month', { points: 2000 }), 'rule.cap_points', 4],
    ] as const)('fifty proposals over two servers never pass a cap in %s', async (_, cap, code, most) => {
      const ruleId = await village.rule(cap);
      const household = await village.household();
      const body = { ruleId, householdIds: [household] };
      const codes = await atOnce((index) => send(index, '/proposals', body, village.committee.headers));
      expect(tally(codes)).toEqual({ done: most, [code]: AT_ONCE - most });
      expect((await village.standing(ruleId, [household])).items).toMatchObject([
        { uses: [{ times: most }] },
      ]);
    });

    test('fifty proposals about one event never pass its cap, and another event has its own', async () => {
      const ruleId = await village.rule(under('ever', { scope: 'event', times: 3 }));
      const household = await village.household();
      const spelled = ['张家喜宴', '张家 喜宴', '（张家）喜宴', '李家喜宴'];
      const codes = await atOnce((index) => {
        const body = { ruleId, householdIds: [household], event: spelled[index % spelled.length] };
        return send(index, '/proposals', body, village.committee.headers);
      });
      expect(tally(codes)).toEqual({ done: 6, 'rule.cap_times': AT_ONCE - 6 });
      for (const event of ['张家喜宴', '李家喜宴'])
        expect((await village.standing(ruleId, [household], { event })).items).toMatchObject([
          { uses: [{ times: 3 }] },
        ]);
    });

    test('transactions that do not hold the book from the start take it before they count', async () => {
      const ruleId = await village.rule(under('month', { times: 3 }));
      const household = await village.household();
      const stores = [server.store, await server.test.openAgain()];
      const newId = createIds(
        () => server.clock.nowMs,
        (size) => randomBytes(size),
      );
      const codes = await atOnce(async (index) => {
        const store = stores[index % stores.length];
        try {
          const award = { ruleId, householdIds: [household], note: '' };
          const call = createAwards.with(award, {
            ...{ villageId: village.village.id, nowMs: server.clock.nowMs, newId },
            ...{ today: businessDay(server.clock.nowMs, 'Asia/Shanghai'), actorId: village.committee.id },
          });
          await store?.transaction((tx) => runCommand(tx, village.village.id, call));
          return 'done';
        } catch (error) {
          return error instanceof Refusal ? error.code : String(error);
        }
      });
      expect(tally(codes)).toEqual({ done: 3, 'rule.cap_times': AT_ONCE - 3 });
    });

    test('fifty batches that overlap leave no household with two', async () => {
      const ruleId = await village.rule(under('week', { times: 1 }));
      const households = await village.households(20);
      const codes = await atOnce((index) => {
        const some = Array.from({ length: 4 }, (_, n) => households[(index * 3 + n * 5) % 20] ?? '');
        return send(index, '/proposals', { ruleId, householdIds: some }, village.committee.headers);
      });
      expect(tally(codes).done).toBeGreaterThan(0);
      const { items } = await village.standing(ruleId, households);
      expect(items.filter(({ uses }) => uses[0]?.times !== 1)).toEqual([]);
      expect(items).toHaveLength((tally(codes).done ?? 0) * 4);
    });

    test('fifty approvals of what waits from before caps were held post no more than the cap', async () => {
      const free = await village.rule({});
      const household = await village.household();
      const ids: string[] = [];
      for (let n = 0; n < AT_ONCE; n++) ids.push(await village.proposed(free, household));
      await holdFromNowOn(free, 3);
      const approvals = await Promise.all(ids.map(approvalOf));
      const codes = await atOnce((index) =>
        send(index, '/proposals/decisions', approvals[index] ?? {}, village.approver.headers),
      );
      expect(tally(codes)).toEqual({ done: 3, 'rule.cap_times': AT_ONCE - 3 });
    });

    /** The approval of a proposal by somebody who looked at it. */
    async function approvalOf(id: string): Promise<object> {
      const { mark } = await server.must('proposals.get', { as: village.approver, params: { id } });
      return { action: 'approve', ids: [id], marks: [mark] };
    }

    /** Writes a cap into the version that these were proposed under, past the program. */
    async function holdFromNowOn(ruleId: string, times: number): Promise<void> {
      await server.store.transaction(async (tx) => {
        const { ruleVersions } = tx.t;
        await tx.db
          .update(ruleVersions)
          .set(under('year', { times }))
          .where(sql`${ruleVersions.ruleId} = ${ruleId}`)
          .returning({ version: ruleVersions.version });
      });
    }

    test('a place that one gives back is taken once by the many who wait for it', async () => {
      const ruleId = await village.rule(under('month', { times: 1 }));
      const household = await village.household();
      const number = await village.posted(ruleId, household);
      const reversal = await village.reversal(number);
      const body = { ruleId, householdIds: [household] };
      const approval = await approvalOf(reversal);
      const [, ...codes] = await Promise.all([
        send(0, '/proposals/decisions', approval, village.approver.headers),
        ...Array.from({ length: AT_ONCE }, (_, index) =>
          send(index, '/proposals', body, village.committee.headers),
        ),
      ]);
      const before = tally(codes).done ?? 0;
      expect(before).toBeLessThanOrEqual(1);
      expect(await send(1, '/proposals', body, village.committee.headers)).toBe(
        before === 1 ? 'rule.cap_times' : 'done',
      );
    });
  });

  describe.skipIf(missing)('for a whole village', () => {
    let server: TestServer;
    let village: CappedVillage;
    let households: string[] = [];
    let ruleId = '';
    beforeAll(async () => {
      server = await startTestServer(engine);
      village = await CappedVillage.open(server);
      ruleId = await village.rule(under('year', { times: 100 }));
      households = await manyHouseholds(WHOLE_VILLAGE);
    });
    afterAll(() => server.remove());

    async function manyHouseholds(count: number): Promise<string[]> {
      const first = await village.household();
      return server.store.transaction(async (tx) => {
        const { households: table } = tx.t;
        const [row] = await tx.db
          .select()
          .from(table)
          .where(sql`${table.id} = ${first}`);
        if (!row) throw new Error('it is not there');
        const rows = Array.from({ length: count }, (_, n) => ({
          ...row,
          id: `many-${String(n).padStart(5, '0')}`,
          number: `M${String(n)}`,
          numberKey: `m${String(n).padStart(8, '0')}`,
        }));
        for (let at = 0; at < rows.length; at += 400)
          await tx.db
            .insert(table)
            .values(rows.slice(at, at + 400))
            .returning({ id: table.id });
        return rows.map(({ id }) => id);
      });
    }

    test('proposing for 1,200 households counts them in one statement, and so does approving', async () => {
      const proposed = await statementsOf(() => village.propose(ruleId, households));
      expect(proposed.result.status).toBe(200);
      expect(counting(proposed.statements)).toHaveLength(1);
      const { ids } = proposed.result.data;
      const approved = await statementsOf(() => village.decide('approve', ...ids));
      expect(approved.result.data.journalNumbers).toHaveLength(WHOLE_VILLAGE);
      expect(counting(approved.statements)).toHaveLength(1);
    });

    test('what is refused for 1,200 households is found and named in as few', async () => {
      const full = await village.rule(under('year', { times: 1 }));
      await village.proposed(full, households);
      const { result, statements } = await statementsOf(() => village.propose(full, households));
      expect(result.problem.params).toMatchObject({ count: WHOLE_VILLAGE });
      expect(counting(statements)).toHaveLength(1);
      expect(statements.length).toBeLessThan(20);
    });

    test('deeds under twenty rules that are approved together are counted in one statement', async () => {
      const rules = await Promise.all(
        Array.from({ length: 20 }, () => village.rule(under('month', { times: 5 }))),
      );
      const ids = await Promise.all(
        rules.map(async (rule) => (await village.propose(rule, households.slice(0, 10))).data.ids),
      );
      const { result, statements } = await statementsOf(() => village.decide('approve', ...ids.flat()));
      expect(result.data.journalNumbers).toHaveLength(200);
      expect(counting(statements)).toHaveLength(1);
    });

    test('sending back counts nothing, and neither does a rule without a cap', async () => {
      const free = await village.rule({});
      const { result, statements } = await statementsOf(() => village.propose(free, households.slice(0, 50)));
      expect(counting(statements)).toEqual([]);
      const capped = await village.propose(ruleId, households.slice(0, 50));
      const ids = [...result.data.ids, ...capped.data.ids];
      const returned = await statementsOf(() => village.decide('return', ...ids));
      expect(returned.result.status).toBe(200);
      expect(counting(returned.statements)).toEqual([]);
    });
  });
});

describe.each(ENGINES)('the statement that counts what stands, on $engine', ({ engine, missing }) => {
  describe.skipIf(missing)('beside years of deeds', () => {
    const villageId = 'v1';
    const id = (kind: string, n: number) => `${kind}-${String(n).padStart(6, '0')}`;
    let server: TestServer;
    beforeAll(async () => {
      server = await startTestServer(engine);
      await server.store.transaction(fill);
      if (engine === 'sqlite') return;
      const raw = await openRaw(server.test);
      await raw.run('analyze');
      await raw.close();
    });
    afterAll(() => server.remove());

    /** 100 households, 20 rules, fifteen years: 30,000 deeds. */
    async function fill(tx: Reader): Promise<void> {
      const { proposals } = tx.t;
      const rows = Array.from({ length: 30_000 }, (_, n) => ({
        ...{
          villageId,
          id: id('p', n),
          batchId: id('b', n),
          kind: 'award' as const,
          state: 'posted' as const,
        },
        ...{ householdId: id('h', n % 100), ruleId: id('r', Math.floor(n / 100) % 20), ruleVersion: 1 },
        ...{ points: 500, note: '', proposedBy: 's', proposedAtMs: n, decidedBy: 's', decidedAtMs: n },
        effectiveOn: `${String(2012 + Math.floor(n / 2000))}-${String((n % 12) + 1).padStart(2, '0')}-15`,
        ...{ reason: null, journalNumber: n + 1, reversesNumber: null, pictureIds: null, change: null },
      }));
      for (let at = 0; at < rows.length; at += 500)
        await tx.db
          .insert(proposals)
          .values(rows.slice(at, at + 500))
          .returning({ id: proposals.id });
    }

    test.each([
      ['one household', 1],
      ['a hundred', 100],
    ])('walks the index of rule, household and day for %s', async (_, count) => {
      const keyOf = (n: number) => [id('h', n), id('r', 7), '2026-05-01', '2026-05-31'] as const;
      const wanted = standingDeeds.each(Array.from({ length: count }, (_one, n) => keyOf(n)));
      const { result, statements } = await statementsOf(() =>
        server.store.read((reader) => askNow(reader, villageId, wanted)),
      );
      for (let n = 0; n < count; n += 1) expect(result(...keyOf(n)).length).toBeLessThanOrEqual(1);
      const [statement] = counting(statements);
      const plan = await planOf(server, statement);
      expect(plan).toContain('proposals_by_rule');
      expect(plan).not.toMatch(/scan (?:on )?proposals(?! using)/i);
      if (engine === 'sqlite')
        expect(plan).toContain('rule_id=? AND household_id=? AND effective_on>? AND effective_on<?');
      else expect(plan).toMatch(/Cond: .*rule_id.*household_id.*effective_on/);
    });
  });
});

/** The statements that count what stands. */
function counting(statements: readonly Statement[]): Statement[] {
  return statements.filter(({ text }) => text.includes('not exists') && text.includes('"effective_on" >='));
}

/** How the engine would answer a statement, in its own words. */
async function planOf({ test }: TestServer, statement: Statement | undefined): Promise<string> {
  const { text = '', values = [] } = statement ?? {};
  if (test.databaseUrl === undefined) {
    const db = new Database(sqlitePath(test.dataDir));
    const steps = db.prepare(`explain query plan ${text}`).all(...values) as { detail: string }[];
    db.close();
    return steps.map(({ detail }) => detail).join('\n');
  }
  const client = new pg.Client(test.databaseUrl);
  await client.connect();
  const { rows } = await client.query<{ 'QUERY PLAN': string }>(`explain ${text}`, [...values]);
  await client.end();
  return rows.map((row) => row['QUERY PLAN']).join('\n');
}
