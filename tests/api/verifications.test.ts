import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import {
  bookStates,
  dropOldVerifications,
  lastVerification,
  recordVerification,
  worstVerification,
} from '../../server/ledger/index.ts';
import { MODULES } from '../../server/modules.ts';
import { sweep } from '../../server/privacy/index.ts';
import type { Verification } from '../../shared/ledger/verification.ts';
import { RETENTION_DAYS } from '../../shared/retention.ts';
import { openRaw, type Raw } from '../support/raw.ts';
import { startTestServer, type TestServer } from '../support/server.ts';
import { ENGINES } from '../support/stores.ts';

const DAY_MS = 86_400_000;
const VILLAGES = 30;
const KEPT_EACH = 100;

describe.each(ENGINES)('verifications on $engine', ({ engine, missing }) => {
  describe.skipIf(missing)('kept of many villages', () => {
    let server: TestServer;
    let raw: Raw;
    let startMs = 0;
    beforeAll(async () => {
      server = await startTestServer(engine);
      raw = await openRaw(server.test);
      startMs = server.clock.nowMs;
      await server.store.transaction(async ({ db, t: { verifications } }) => {
        for (let village = 0; village < VILLAGES; village += 1) {
          const rows = Array.from({ length: KEPT_EACH }, (_, index) => ({
            ...found({ finishedAtMs: startMs - 1000 * (KEPT_EACH - index) + village }),
            villageId: `other-${village}`,
            id: `kept-${index}`,
            isLatest: index === KEPT_EACH - 1,
          }));
          await db.insert(verifications).values(rows).returning({ id: verifications.id });
        }
      });
    });
    afterAll(async () => {
      await raw.close();
      await server.remove();
    });

    function found(some: Partial<Verification>): Verification {
      const book = { entries: 0, postings: 0, headNumber: 0, headHash: '' };
      return { ok: true, startedAtMs: 0, finishedAtMs: 0, bad: null, ...book, ...some };
    }
    const record = (villageId: string, id: string, some: Partial<Verification>, store = server.store) =>
      store.transaction((tx) => recordVerification(tx, villageId, id, found(some)));
    const idsOf = async (villageId: string) =>
      (await raw.rows(`select id from verifications where village_id = '${villageId}' order by id`)).map(
        ({ id }) => id,
      );
    const ready = async () => {
      // `system.ready` caches its answer for ten seconds.
      server.clock.nowMs += 11_000;
      return (await server.must('system.ready')).lastVerification;
    };

    it('are told of by one row, found along an index', async () => {
      const query = await server.store.read((reader) => Promise.resolve(worstVerification(reader).toSQL()));
      expect(query.params).toEqual([1]);
      const sql = query.sql.replace(/\?$|\$1$/, '1');
      if (engine === 'sqlite') {
        const plan = await raw.rows(`explain query plan ${sql}`);
        expect(plan.map(({ detail }) => detail)).toEqual([
          'SCAN verifications USING INDEX verifications_worst',
        ]);
        return;
      }
      await raw.run('analyze verifications');
      const [explained] = await raw.rows(`explain (analyze, timing off, format json) ${sql}`);
      const [{ Plan: limit }] = JSON.parse(String(explained?.['QUERY PLAN'])) as [{ Plan: PlanNode }];
      expect([limit['Node Type'], limit.Plans?.length]).toEqual(['Limit', 1]);
      const [scan] = limit.Plans ?? [];
      expect(scan).toMatchObject({
        'Node Type': 'Index Scan',
        'Index Name': 'verifications_worst',
        'Actual Rows': 1,
      });
      expect(scan).not.toHaveProperty('Rows Removed by Filter');
    });

    it('are told of at /ready: the one that found something, else the oldest of the latest', async () => {
      const oldest = startMs - 1000;
      expect(await ready()).toEqual({ at: new Date(oldest).toISOString(), ok: true, headNumber: 0 });
      await record('other-7', 'broken', { ok: false, headNumber: 3, finishedAtMs: startMs });
      expect(await ready()).toEqual({ at: new Date(startMs).toISOString(), ok: false, headNumber: 3 });
      await record('other-7', 'mended', { finishedAtMs: startMs });
      expect(await ready()).toMatchObject({ at: new Date(oldest).toISOString(), ok: true });
    });

    it('count in the order in which they were kept, whichever way the clock was set', async () => {
      await record(server.id, 'ahead', { finishedAtMs: startMs + 5 * DAY_MS, headNumber: 1 });
      await record(server.id, 'right', { finishedAtMs: startMs, headNumber: 2, ok: false });
      const { last, states } = await server.store.read(async (reader) => ({
        last: await lastVerification(reader, server.id),
        states: await bookStates(reader),
      }));
      expect(last).toMatchObject({ headNumber: 2, ok: false });
      expect(states.find(({ villageId }) => villageId === server.id)).toEqual({
        villageId: server.id,
        number: 0,
        last: { ok: false, finishedAtMs: startMs, headNumber: 2 },
      });
      const summary = await server.must('village.summary', { as: server.admin });
      expect(summary.lastVerification).toEqual({ ok: false, finishedAtMs: startMs });
    });

    it('of one village, kept by several processes at once, have one latest', async () => {
      const another = await server.test.openAgain();
      await Promise.all(
        Array.from({ length: 12 }, (_, index) =>
          record(
            'other-9',
            `at-once-${index}`,
            { finishedAtMs: startMs },
            index % 2 ? another : server.store,
          ),
        ),
      );
      expect(
        await raw.rows(
          `select count(*) as latest from verifications where village_id = 'other-9' and is_latest`,
        ),
      ).toEqual([{ latest: 1 }]);
    });

    it('go in their time, but for the latest and the last that found something', async () => {
      const { id } = await server.addVillage();
      const daysAgo = (days: number) => startMs - days * DAY_MS;
      const { verifications: sound, failedVerifications: failed } = RETENTION_DAYS;
      const kept = [
        ['a', { finishedAtMs: daysAgo(failed + 9), ok: false }],
        ['b', { finishedAtMs: daysAgo(failed + 1), ok: false }],
        ['c', { finishedAtMs: daysAgo(failed - 1), ok: false }],
        ['d', { finishedAtMs: daysAgo(failed - 2), ok: true }],
        ['e', { finishedAtMs: daysAgo(sound + 1), ok: true }],
        ['f', { finishedAtMs: daysAgo(sound - 1), ok: true }],
        ['g', { finishedAtMs: daysAgo(0), ok: true }],
      ] as const;
      for (const [name, some] of kept) await record(id, name, some);
      await sweep({ store: server.store, modules: MODULES, nowMs: startMs });
      expect(await idsOf(id)).toEqual(['c', 'f', 'g']);
      // Everything is past its retention, and nobody has verified since.
      await server.store.transaction((tx) =>
        dropOldVerifications(tx, id, { soundMs: startMs + DAY_MS, failedMs: startMs + DAY_MS }),
      );
      expect(await idsOf(id)).toEqual(['c', 'g']);
      // Another village's verifications are kept separately.
      expect(await idsOf('other-1')).toHaveLength(KEPT_EACH);
    });
  });
});

interface PlanNode {
  readonly 'Node Type': string;
  readonly Plans?: readonly PlanNode[];
}
