import { randomBytes } from 'node:crypto';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { MODULES } from '../../server/modules.ts';
import { sweep } from '../../server/privacy/index.ts';
import { csv, figures, Office, starter } from '../support/office.ts';
import { newKey, type StaffCaller, startTestServer, type TestServer } from '../support/server.ts';
import { ENGINES } from '../support/stores.ts';

const dropUnconfirmed = (server: TestServer) =>
  sweep({ store: server.store, modules: MODULES, nowMs: server.clock.nowMs });

const ROSTER = csv(
  '户号,村民小组,户主,人口,电话',
  '001,第一组,王明,4,13800000001',
  '002,第一组,李强,3,',
  '003,第二组,欧阳合爱,5,13800000003',
);

describe.each(ENGINES)('rosters on $engine', ({ engine, missing }) => {
  describe.skipIf(missing)('through the API', () => {
    let server: TestServer;
    /** Every test has a new village. */
    let office: Office;

    beforeAll(async () => {
      server = await startTestServer(engine);
    });
    afterAll(() => server.remove());
    beforeEach(async () => {
      office = await Office.open(server);
    });

    test('a roster is shown first, and nothing is written until confirmed', async () => {
      const state = await office.read('roster', starter('roster-sample.xlsx'), '花名册.xlsx');
      expect(state).toMatchObject({
        state: 'read',
        kind: 'roster',
        filename: '花名册.xlsx',
        progress: null,
        result: null,
      });
      expect(state.preview.columns.head?.letter).toMatch(/^[A-Z]$/);
      expect(state.effect.create).toBe(state.preview.counts.rows);
      expect((await office.households()).total).toBe(0);

      const { data } = await office.commit(state);
      expect(data.state).toBe('committed');
      expect(data.result).toMatchObject({
        created: state.effect.create,
        updated: 0,
        unchanged: 0,
        journalNumbers: [],
      });
      const { items, total } = await office.households();
      expect(total).toBe(state.effect.create);
      const cards = await server.store.read(({ db, t }) => db.select().from(t.cards));
      const ofVillage = cards.filter((card) => card.villageId === office.village.id);
      expect(new Set(ofVillage.map(({ householdId }) => householdId)).size).toBe(total);
      expect(ofVillage).toHaveLength(total);
      expect(items[0]?.card).not.toBeNull();
      expect(items.every(({ hasPin }) => !hasPin)).toBe(true);
    });

    test('the same roster twice changes nothing', async () => {
      const first = await office.bring('roster', starter('roster-sample.xlsx'), 'a.xlsx');
      const before = (await office.households()).items;
      const again = await office.read('roster', starter('roster-sample.xlsx'), 'a.xlsx');
      const { leftOut } = first.effect;
      expect(figures(again)).toEqual({ create: 0, update: 0, unchanged: first.result?.created, leftOut });
      const { data } = await office.commit(again);
      expect(data.result).toMatchObject({ created: 0, updated: 0, unchanged: first.result?.created });
      expect((await office.households()).items).toEqual(before);
    });

    test('one import is written once, whoever confirms it how often', async () => {
      const state = await office.read('roster', ROSTER);
      const key = newKey();
      const got = await Promise.all([
        office.commit(state, key),
        office.commit(state, key),
        office.commit(state),
        office.commit(state),
        office.commit(state),
      ]);
      const written = got.filter(({ status }) => status === 200);
      for (const { status, problem } of got) if (status !== 200) expect(problem.code).toBe('paper.committed');
      expect(written.length === 1 || written.length === 2).toBe(true);
      expect((await office.households()).total).toBe(3);
      const late = { as: office.admin, params: { id: state.id }, body: { headerRow: 1 } };
      expect(await server.refused('imports.correct', late)).toBe('paper.committed');
    });

    test('two uploads of one roster confirmed at once make every household once', async () => {
      const states = await Promise.all([
        office.read('roster', ROSTER),
        office.read('roster', ROSTER),
        office.read('roster', ROSTER),
      ]);
      const got = await Promise.all(states.map((state) => office.commit(state)));
      expect(got.map(({ data }) => data.result?.created).sort()).toEqual([0, 0, 3]);
      expect((await office.households()).total).toBe(3);
    });

    test('a later roster changes what it says and keeps what it leaves blank; a new head is named', async () => {
      await office.bring('roster', ROSTER);
      const later = csv(
        '户号,村民小组,户主,人口,电话',
        '1,第一组,王明,,',
        '2,第一组,李小强,3,13900000002',
        '003,第三组,欧阳合爱,5,',
        '004,第三组,赵六,2,',
      );
      const state = await office.read('roster', later);
      expect(figures(state)).toEqual({ create: 1, update: 2, unchanged: 1, leftOut: 0 });
      expect(state.effect.problems).toEqual([
        expect.objectContaining({
          severity: 'warning',
          code: 'village_head_differs',
          cell: 'C3',
          row: 3,
          value: '李小强',
        }),
      ]);
      expect(state.effect.problems[0]?.reason.zh).toContain('李强');
      await office.commit(state);
      const { items } = await office.households();
      expect(items.map(({ number, group, head, size, phone }) => [number, group, head, size, phone])).toEqual(
        [
          ['001', '第一组', '王明', 4, '13800000001'],
          ['002', '第一组', '李小强', 3, '13900000002'],
          ['003', '第三组', '欧阳合爱', 5, '13800000003'],
          ['004', '第三组', '赵六', 2, null],
        ],
      );
    });

    test('a roster without numbers gets them, also beside households that have some, and finds them again', async () => {
      await server.must('households.create', {
        as: office.admin,
        body: { head: '先来', group: '第一组', number: '002' },
      });
      const paper = csv('户主,村民小组', '王明,第一组', '李强,第一组', '王明,第二组');
      const state = await office.read('roster', paper);
      expect(figures(state)).toEqual({ create: 3, update: 0, unchanged: 0, leftOut: 0 });
      expect(state.effect.problems.map(({ code }) => code)).toEqual([
        'village_number_given',
        'village_number_given',
      ]);
      await office.commit(state);
      const listed = (await office.households()).items.map(
        ({ number, head, group }) => `${number} ${head} ${group}`,
      );
      expect(listed).toEqual(['001 王明 第一组', '002 先来 第一组', '003 李强 第一组', '004 王明 第二组']);
      const again = await office.bring(
        'roster',
        csv('户主,村民小组', '赵六,第二组', '王明,第二组', '李强,第一组', '王明,第一组'),
      );
      expect(again.result).toMatchObject({ created: 1, updated: 0, unchanged: 3 });
      expect((await office.households()).items.map(({ number }) => number)).toEqual([
        '001',
        '002',
        '003',
        '004',
        '005',
      ]);
    });

    test('columns are corrected by hand', async () => {
      const paper = csv('甲,乙,丙', '王明,第一组,7', '李强,第二组,8');
      const state = await office.read('roster', paper);
      expect(state.effect.create).toBe(0);
      expect((await office.commit(state)).problem.code).toBe('paper.nothing');
      const corrected = await office.correct(state.id, {
        headerRow: 1,
        columns: { head: 'A', group: 'B', number: 'C' },
      });
      expect(corrected.effect.create).toBe(2);
      expect(await server.must('imports.get', { as: office.admin, params: { id: state.id } })).toEqual(
        corrected,
      );
      await office.commit(state);
      expect((await office.households()).items.map(({ head, group }) => [head, group])).toEqual([
        ['王明', '第一组'],
        ['李强', '第二组'],
      ]);
    });

    test('of what was written only figures are kept; an upload nobody confirms goes after a week', async () => {
      const state = await office.bring('roster', ROSTER);
      expect(JSON.stringify(state.preview)).not.toContain('王明');
      const waiting = await office.read('roster', ROSTER);
      const rows = () =>
        server.store.read(async ({ db, t }) =>
          (await db.select().from(t.imports)).filter((row) => row.villageId === office.village.id),
        );
      const [kept] = (await rows()).filter((row) => row.id === state.id);
      expect(kept?.bytes.length).toBe(0);
      expect(JSON.stringify(kept)).not.toMatch(/王明|13800000001/);
      server.clock.nowMs += 8 * 86_400_000;
      await dropUnconfirmed(server);
      office = new Office(server, {
        ...office.village,
        admin: await server.asStaff('admin', { village: office.village }),
      });
      const later = await office.read('roster', ROSTER);
      expect((await rows()).map(({ id }) => id).sort()).toEqual([state.id, later.id].sort());
      const gone = { as: office.admin, params: { id: waiting.id } };
      expect(await server.refused('imports.get', gone)).toBe('paper.not_found');
    });

    test('what cannot be read is refused, and so are strangers', async () => {
      const refusedRead = (as: StaffCaller, body: Buffer, filename: string) =>
        server.refused('imports.read', { as, params: { kind: 'roster' }, query: { filename }, body });
      expect(await refusedRead(office.admin, randomBytes(3000), 'photo.xlsx')).toBe('paper.unreadable');
      expect(
        await refusedRead(
          office.admin,
          Buffer.concat([Buffer.from('PK\x03\x04'), randomBytes(500)]),
          'a.xlsx',
        ),
      ).toBe('paper.unreadable');
      const committee = await server.asStaff('committee', { village: office.village });
      expect(await refusedRead(committee, ROSTER, 'a.csv')).toBe('auth.forbidden');
      const state = await office.read('roster', ROSTER);
      const other = await server.addVillage();
      const theirs = { as: other.admin, params: { id: state.id } };
      expect(await server.refused('imports.get', theirs)).toBe('paper.not_found');
      expect(await server.refused('imports.commit', theirs)).toBe('paper.not_found');
      expect(await server.refused('imports.correct', { ...theirs, body: {} })).toBe('paper.not_found');
    });

    test('5,000 households with their cards are written, and how far it is can be asked meanwhile', async () => {
      const rows = Array.from({ length: 5000 }, (_, n) => {
        const given =
          String.fromCharCode(0x4e00 + ((n * 7) % 20_000)) + String.fromCharCode(0x4e00 + (n % 5000));
        return `${1000 + n},第${1 + (n % 20)}组,张${given},${1 + (n % 7)},138${String(10_000_000 + n)}`;
      });
      const state = await office.read('roster', csv('户号,村民小组,户主,人口,电话', ...rows));
      expect(figures(state)).toEqual({ create: 5000, update: 0, unchanged: 0, leftOut: 0 });
      const work = { isDone: false };
      const committed = office.commit(state).finally(() => (work.isDone = true));
      const seen: number[] = [];
      while (!work.isDone) {
        const { progress } = await server.must('imports.get', {
          as: office.admin,
          params: { id: state.id },
        });
        if (progress) seen.push(progress.done / progress.total);
      }
      expect((await committed).data.result?.created).toBe(5000);
      expect(seen.every((share, n) => share >= (seen[n - 1] ?? 0) && share <= 1)).toBe(true);
      expect(seen.length).toBeGreaterThan(0);
    });
  });
});
