import { read, utils } from '@e965/xlsx';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { counted, reminded } from '../support/deductions.ts';
import { withSecond } from '../support/second-person.ts';
import { type AnswerOf, startTestServer, type StaffCaller, type TestServer } from '../support/server.ts';
import { ENGINES } from '../support/stores.ts';

type Listed = AnswerOf<'households.list'>['items'][number];

/** [head, group, balance in hundredths]; numbers are given in this order: 001, 002 … */
const PEOPLE = [
  ['王小明', '第一组', 500],
  ['李秀英', '第一组', 0],
  ['=SUM(A1:A9)', '第二组', 1250],
  ['赵铁柱', '第二组', -300],
  ['孙大娘', '第二组', 500],
  ['周强', '第三组', 0],
] as const;

describe.each(ENGINES)('the list of households on $engine', ({ engine, missing }) => {
  describe.skipIf(missing)('through the API', () => {
    let server: TestServer;
    let approver: StaffCaller;
    const ids: string[] = [];

    beforeAll(async () => {
      server = await startTestServer(engine);
      const as = server.admin;
      approver = await server.asStaff('approver');
      const body = { settings: { deductionsMayGoBelowZero: true } };
      await withSecond(server, 'village.update', { as, by: approver, body });
      const rule = await server.must('rules.create', {
        as,
        body: {
          ...{ code: 'N7', category: '五美家庭', title: '评议', pointsMode: 'judged', points: null },
          ...{ pointsMin: null, pointsMax: null, perUnit: null, proposer: '', evidence: '', limitText: '' },
          ...{ caps: [], enabled: true },
        },
      });
      for (const [head, group, points] of PEOPLE) {
        const made = await server.must('households.create', {
          as,
          body: { head, group, phone: '13800000000', size: 3 },
        });
        ids.push(made.id);
        if (points === 0) continue;
        const body = { ruleId: rule.id, householdIds: [made.id], points };
        if (points < 0) await reminded(server, body);
        const { ids: proposed } = await server.must('proposals.create', { as, body });
        await approve(proposed);
        if (points < 0) await counted(server, proposed);
      }
    });
    afterAll(() => server.remove());

    const approve = (proposals: readonly string[]) =>
      server.must('proposals.decide', { as: approver, body: { action: 'approve', ids: [...proposals] } });
    const list = (query: object = {}) =>
      server.must('households.list', { as: server.admin, query: { limit: 50, ...query } });
    const numbers = ({ items }: { items: readonly Listed[] }) => items.map(({ number }) => number);

    /** Page by page, two at a time. */
    async function walk(query: object): Promise<string[]> {
      const seen: string[] = [];
      let after: string | undefined;
      do {
        const page = await list({ ...query, limit: 2, after });
        seen.push(...numbers(page));
        after = page.next ?? undefined;
      } while (after !== undefined);
      return seen;
    }

    test('adds up what it found, not what it shows', async () => {
      const page = await list({ limit: 2 });
      expect([page.items.length, page.total, page.points]).toEqual([2, 6, 1950]);
      const second = await list({ group: '第二组', limit: 1 });
      expect([second.total, second.points]).toEqual([3, 1450]);
    });

    test('is narrowed by balance, alone or with the rest', async () => {
      expect(numbers(await list({ min: 0, max: 0 }))).toEqual(['002', '006']);
      expect(numbers(await list({ max: -1 }))).toEqual(['004']);
      expect(numbers(await list({ min: 500 }))).toEqual(['001', '003', '005']);
      expect(numbers(await list({ min: 500, group: '第二组' }))).toEqual(['003', '005']);
      expect(numbers(await list({ min: 100, max: 600, q: 'sdn' }))).toEqual(['005']);
      expect(await server.refused('households.list', { as: server.admin, query: { min: 1.5 } })).toBe(
        'request.invalid',
      );
    });

    test('pages through equal balances without leaving out or repeating one', async () => {
      expect(await walk({ sort: 'balance' })).toEqual(['004', '002', '006', '001', '005', '003']);
      expect(await walk({ sort: 'balanceDown' })).toEqual(['003', '001', '005', '002', '006', '004']);
      expect(await walk({ sort: 'number' })).toEqual(['001', '002', '003', '004', '005', '006']);
      expect(await walk({ q: '3' })).toEqual(['003']);
    });

    test('is narrowed by the state of cards and accounts', async () => {
      const [first = '', second = '', , , , last = ''] = ids;
      const as = server.admin;
      const { items, publicUrl } = await server.must('cards.list', { as });
      expect(publicUrl).toBeNull();
      expect(items.map(({ household }) => household.number)).toEqual([
        '001',
        '002',
        '003',
        '004',
        '005',
        '006',
      ]);
      const cards = items
        .slice(0, 2)
        .map(({ household, issuedAtMs }) => ({ householdId: household.id, issuedAtMs }));
      expect(await server.must('cards.markPrinted', { as, body: { cards } })).toEqual({ marked: 2 });
      expect(numbers(await list({ card: 'printed' }))).toEqual(['001', '002']);
      server.clock.nowMs += 1;
      await server.must('households.issueCard', { as, params: { id: second }, body: {} });
      const before = cards.slice(1);
      expect(await server.must('cards.markPrinted', { as, body: { cards: before } })).toEqual({ marked: 0 });
      await server.must('households.revokeCard', { as, params: { id: last }, body: {} });
      expect(numbers(await list({ card: 'printed' }))).toEqual(['001']);
      expect(numbers(await list({ card: 'none' }))).toEqual(['006']);
      expect(numbers(await list({ card: 'unprinted' }))).toEqual(['002', '003', '004', '005']);
      const unprinted = await server.must('cards.list', { as, query: { printed: 'false', group: '第一组' } });
      expect(unprinted.items.map(({ household }) => household.number)).toEqual(['002']);

      const { id } = await server.must('households.proposeChange', {
        as,
        params: { id: last },
        body: { kind: 'departure', toId: first, reason: '搬走' },
      });
      await approve([id]);
      expect(numbers(await list({ state: 'closed' }))).toEqual(['006']);
      expect(numbers(await list({ state: 'active', min: 0, max: 0 }))).toEqual(['002']);
      expect(numbers(await list())).toHaveLength(6);
    });

    test('leaves as CSV, whose text no spreadsheet takes for a formula', async () => {
      const query = { state: 'active', sort: 'balanceDown' } as const;
      const got = await server.call('households.export', {
        as: server.admin,
        params: { format: 'csv' },
        query,
      });
      expect(got.headers.get('Content-Type')).toContain('text/csv');
      expect(decodeURIComponent(got.headers.get('Content-Disposition') ?? '')).toMatch(
        /农户-\d{4}-\d\d-\d\d\.csv/,
      );
      const bytes = Buffer.from(await got.data.arrayBuffer());
      expect(bytes.subarray(0, 3)).toEqual(Buffer.from([0xef, 0xbb, 0xbf]));
      const [heads, ...rows] = bytes.toString('utf8').replace('\ufeff', '').trimEnd().split('\r\n');
      expect(heads).toBe('户号,原户号,村民小组,户主,人口,电话,积分余额,积分卡,状态,备注');
      expect(rows).toEqual([
        "003,,第二组,'=SUM(A1:A9),3,13800000000,12.5,未打印,在用,",
        '001,,第一组,王小明,3,13800000000,5,已打印,在用,',
        '005,,第二组,孙大娘,3,13800000000,5,未打印,在用,',
        '002,,第一组,李秀英,3,13800000000,0,未打印,在用,',
        '004,,第二组,赵铁柱,3,13800000000,-3,未打印,在用,',
      ]);
    });

    test('leaves as a workbook of text and figures, without a formula', async () => {
      const got = await server.call('households.export', {
        as: server.admin,
        params: { format: 'xlsx' },
        query: {},
      });
      const book = read(new Uint8Array(await got.data.arrayBuffer()), { cellFormula: true });
      const sheet = book.Sheets[book.SheetNames[0] ?? ''] ?? {};
      const rows = utils.sheet_to_json<unknown[]>(sheet, { header: 1, defval: '' });
      expect(rows).toHaveLength(1 + PEOPLE.length);
      expect(rows[3]).toEqual([
        '003',
        '',
        '第二组',
        '=SUM(A1:A9)',
        3,
        '13800000000',
        12.5,
        '未打印',
        '在用',
        '',
      ]);
      expect(rows[6]?.slice(7, 9)).toEqual(['没有卡', '已停用']);
      const formulas = Object.values(sheet).filter(
        (cell) => typeof cell === 'object' && cell !== null && 'f' in cell,
      );
      expect(formulas).toEqual([]);
    });

    test('is not for everybody to take away', async () => {
      const shopkeeper = await server.asStaff('shopkeeper');
      expect(await server.refused('households.export', { as: shopkeeper, params: { format: 'csv' } })).toBe(
        'auth.forbidden',
      );
    });

    test('keeps whether a household agreed to be named', async () => {
      const [id = ''] = ids;
      const as = server.admin;
      expect(await server.must('households.get', { as, params: { id } })).toMatchObject({ showsName: null });
      await server.must('households.update', { as, params: { id }, body: { showsName: true } });
      expect(await server.must('households.get', { as, params: { id } })).toMatchObject({
        showsName: true,
        head: '王小明',
      });
    });
  });
});
