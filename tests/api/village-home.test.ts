/** The home pages, tested with entries known one by one, on both engines; and how SQLite finds them. */
import Database from 'better-sqlite3';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { withSecond } from '../support/second-person.ts';
import { type StaffCaller, startTestServer, type TestServer } from '../support/server.ts';
import { addGoods, addHousehold } from '../support/shop.ts';
import { ENGINES } from '../support/stores.ts';

const DAY_MS = 86_400_000;
const RULE = {
  pointsMode: 'fixed',
  pointsMin: null,
  pointsMax: null,
  perUnit: null,
  proposer: '',
  evidence: '',
  limitText: '',
  caps: [],
  enabled: true,
} as const;

/** Answers how SQLite plans each question that reads postings or entries meanwhile. */
async function plansOf(ask: () => Promise<unknown>): Promise<string[]> {
  const prepare = vi.spyOn(Database.prototype, 'prepare');
  await ask();
  const databases = prepare.mock.contexts as Database.Database[];
  const asked = new Map(prepare.mock.calls.map(([text], call) => [text, databases[call]]));
  prepare.mockRestore();
  return Array.from(asked).flatMap(([text, database]) => {
    if (!database || !/^select\b[^]*"(?:postings|journal|shifts|proposals)"/.test(text)) return [];
    const unknown = Array.from(text.matchAll(/\?/g), () => null);
    const steps = database.prepare(`explain query plan ${text}`).all(...unknown) as { detail: string }[];
    return steps.map(({ detail }) => detail);
  });
}

describe.each(ENGINES)('the home pages on $engine', ({ engine, missing }) => {
  describe.skipIf(missing)('of a village with a few days of entries', () => {
    let server: TestServer;
    let committee: StaffCaller;
    let approver: StaffCaller;
    let supervisor: StaffCaller;
    let admin: StaffCaller;
    const households: string[] = [];
    let sweep = '';
    let help = '';

    beforeAll(async () => {
      server = await startTestServer(engine);
      server.clock.nowMs = Date.parse('2026-03-08T10:00:00+08:00');
      await pass(0);
      for (let at = 0; at < 22; at += 1) households.push((await addHousehold(server)).id);
      sweep = await rule('E1', '清理河道', 300);
      help = await rule('E2', '救人', 5000);
    });
    afterAll(() => server.remove());

    /** Log-ins do not last for days: after them others are at work. */
    async function pass(days: number): Promise<void> {
      server.clock.nowMs += days * DAY_MS;
      committee = await server.asStaff('committee');
      approver = await server.asStaff('approver');
      supervisor = await server.asStaff('supervisor');
      admin = await server.asStaff('admin');
    }

    async function rule(code: string, title: string, points: number): Promise<string> {
      const body = { ...RULE, code, category: '乡风家风', title, points };
      return (await server.must('rules.create', { as: server.admin, body })).id;
    }

    async function award(ruleId: string, householdIds: string[]): Promise<number[]> {
      const body = { ruleId, householdIds };
      const { ids } = await server.must('proposals.create', { as: committee, body });
      const decision = { action: 'approve', ids } as const;
      return (await server.must('proposals.decide', { as: approver, body: decision })).journalNumbers;
    }

    async function reverse(number: number): Promise<void> {
      const { id } = await server.must('proposals.createReversal', {
        as: committee,
        body: { number, reason: '记错了' },
      });
      await server.must('proposals.decide', { as: approver, body: { action: 'approve', ids: [id] } });
    }

    const home = () => server.must('village.home', { as: committee });
    const look = (as = supervisor) => server.must('village.look', { as });

    it('tell nothing where nothing happened yet', async () => {
      const { happened, months, runsOut, shop } = await home();
      expect([happened, runsOut, shop]).toEqual([
        ...[[], []],
        { redemptions: 0, points: 0, undone: 0, shifts: [] },
      ]);
      expect(months).toHaveLength(6);
      expect(months.every(({ given, households: some }) => given === 0 && some === 0)).toBe(true);
      expect(await look()).toMatchObject({ days: 14, entries: 0, count: 0, items: [], shares: [] });
    });

    it('tell a batch as one thing, who did it, and the households of the month', async () => {
      const [one = ''] = households;
      await award(sweep, households.slice(0, 3));
      await award(help, [one]);
      const { happened, months } = await home();
      expect(happened.map(({ kind, title, count, points }) => [kind, title, count, points])).toEqual([
        ['award', expect.stringContaining('救人'), 1, 5000],
        ['award', expect.stringContaining('清理河道'), 3, 900],
      ]);
      expect(happened.map(({ household }) => household === null)).toEqual([false, true]);
      expect(happened.every(({ by, day }) => by !== '' && day === '2026-03-08')).toBe(true);
      expect(months.at(-1)).toEqual({ month: '2026-03', given: 5900, redeemed: 0, households: 3 });
    });

    it('leave out of the month what was taken back, and forget what is older than yesterday', async () => {
      const [number = 0] = await award(sweep, [households[10] ?? '']);
      await reverse(number);
      expect((await home()).months.at(-1)).toMatchObject({ given: 5900, households: 3 });
      await pass(1);
      expect((await home()).happened.map(({ kind }) => kind)).toEqual([
        'reversal',
        'award',
        'award',
        'award',
      ]);
      await pass(1);
      expect((await home()).happened).toEqual([]);
    });

    it('tell what runs out, and nothing of what never came in', async () => {
      const goods = await addGoods(server, {}, undefined, admin);
      const soldOut = async () => {
        const { runsOut, runsOutCount } = await home();
        const { soldOut: counted } = await server.must('village.summary', { as: admin });
        return [runsOut.map(({ id, stock }) => [id, stock]), runsOutCount, counted];
      };
      expect(await soldOut()).toEqual([[], 0, 0]);
      const params = { id: goods.id };
      await server.must('goods.stockIn', {
        as: admin,
        params,
        body: { quantity: 2, totalCostFen: 600, source: 'bought' },
      });
      await withSecond(server, 'goods.stocktake', {
        ...{ as: admin, params, body: { counted: 0, reason: '月底盘点' } },
      });
      expect(await soldOut()).toEqual([[[goods.id, 0]], 1, 1]);
    });

    it('ask the supervisor to look at large awards, reversals and many approved at once', async () => {
      await award(sweep, households.slice(0, 21));
      const { items, shares, entries } = await look();
      expect(items.map(({ kind, count, points, usual }) => [kind, count, points, usual])).toEqual([
        ['together', 21, 6300, null],
        ['loss', 2, 0, null],
        ['reversal', 1, -300, null],
        // The clock of the test stands still: these were approved in the moment in which they were proposed.
        ['fast', 5, 6200, null],
        ['large', 1, 5000, 300],
      ]);
      expect(items.at(-1)?.name).not.toBe('');
      expect(entries).toBe(29);
      expect(shares.map(({ points, percent }) => [points, percent])).toEqual([
        [6300, 52],
        [5900, 48],
      ]);
      await pass(15);
      expect((await look()).items).toEqual([]);
    });

    it('tell the supervisor of a batch that was taken back as one thing', async () => {
      const body = { ruleId: sweep, householdIds: households.slice(0, 4) };
      const { ids, batchId } = await server.must('proposals.create', { as: committee, body });
      await server.must('proposals.decide', { as: approver, body: { action: 'approve', ids } });
      const wrong = await server.must('proposals.reverseBatch', {
        as: committee,
        params: { id: batchId },
        body: { reason: '记错了组' },
      });
      // The approver is told which deed goes back, not only that something does.
      const [waiting] = (
        await server.must('proposals.batches', { as: approver, query: { state: 'proposed' } })
      ).items;
      expect(waiting?.first.map(({ reversesTitle }) => reversesTitle?.includes('清理河道'))).toEqual(
        ids.map(() => true),
      );
      await server.must('proposals.decide', { as: approver, body: { action: 'approve', ids: wrong.ids } });
      expect((await look()).items.map(({ kind, count, points }) => [kind, count, points])).toEqual([
        ['reversal', 4, -1200],
      ]);
    });

    it('show the supervisor’s to those who watch, and to nobody else', async () => {
      for (const as of [committee, approver])
        expect(await server.refused('village.look', { as })).toBe('auth.forbidden');
      expect((await look(admin)).days).toBe(14);
    });

    it('count what waits for somebody', async () => {
      const [one = ''] = households;
      await server.must('proposals.create', { as: committee, body: { ruleId: sweep, householdIds: [one] } });
      const waiting = (as: StaffCaller) => server.must('proposals.waiting', { as });
      expect(await waiting(approver)).toEqual({ waitingForMe: 1, returnedToMe: 0 });
      expect(await waiting(committee)).toEqual({ waitingForMe: 0, returnedToMe: 0 });
    });

    // SQLite alone tells its plan in words that a test can read.
    if (engine === 'sqlite')
      it('are found along indexes, not through the whole history', async () => {
        const plans = await plansOf(async () => {
          await home();
          await look();
        });
        expect(plans.length).toBeGreaterThan(8);
        const walks = plans.filter(
          (step) =>
            /^SCAN (?:postings|journal|proposals|others|shifts)\b/.test(step) ||
            /^SEARCH (?:postings|others) USING .*\(village_id=\?\)$/.test(step),
        );
        expect(walks).toEqual([]);
      });
  });
});
