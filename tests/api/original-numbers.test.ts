import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { csv, figures, Office } from '../support/office.ts';
import { typePin } from '../support/pins.ts';
import { startTestServer, type TestServer } from '../support/server.ts';
import { ENGINES } from '../support/stores.ts';

const ROSTER = [
  '户号,村民小组,户主,电话',
  'SQ-0003,第一组,王明,13800000001',
  'SQ-0001,第一组,李强,',
  'SQ-0012,第二组,欧阳合爱,13800000003',
];

describe.each(ENGINES)('the numbers of a village’s own papers on $engine', ({ engine, missing }) => {
  describe.skipIf(missing)('through the API', () => {
    let server: TestServer;
    let office: Office;
    let phones = 0;

    beforeAll(async () => {
      server = await startTestServer(engine, { limits: { logInsPerMinute: 10_000 } });
    });
    afterAll(() => server.remove());
    beforeEach(async () => {
      office = await Office.open(server);
    });

    const numbers = async () =>
      (await office.households()).items.map(({ number, originalNumber, head }) =>
        [number, originalNumber ?? '', head].join(' ').trim(),
      );
    const search = async (q: string) =>
      (await server.must('households.list', { as: office.admin, query: { q } })).items.map(
        ({ head }) => head,
      );
    const create = (body: { head: string; number?: string; originalNumber?: string }) =>
      server.must('households.create', { as: office.admin, body: { group: '第一组', ...body } });

    test('are kept beside short ones, and the same roster again changes nothing', async () => {
      const state = await office.read('roster', csv(...ROSTER));
      expect(state.preview).toMatchObject({
        rows: [
          { number: '003', originalNumber: 'SQ-0003' },
          { number: '001', originalNumber: 'SQ-0001' },
          { number: '012', originalNumber: 'SQ-0012' },
        ],
      });
      await office.commit(state);
      const expected = ['001 SQ-0001 李强', '003 SQ-0003 王明', '012 SQ-0012 欧阳合爱'];
      expect(await numbers()).toEqual(expected);

      const again = await office.read('roster', csv(...ROSTER));
      expect(figures(again)).toEqual({ create: 0, update: 0, unchanged: 3, leftOut: 0 });
      await office.commit(again);
      expect(await numbers()).toEqual(expected);
    });

    test('get numbers after the highest in a village that has some, and none is given twice', async () => {
      await create({ head: '赵一', number: '007' });
      const paper = [
        '户号,村民小组,户主',
        '柳林-1-1,第一组,王明',
        '柳林-1-2,第一组,李强',
        '柳林-7-7,第一组,孙七',
      ];
      const other = ['户号,村民小组,户主', '东-1-9,第二组,周八', '柳林-1-2,第一组,李强'];
      await office.bring('roster', csv(...paper));
      const first = await numbers();
      await office.bring('roster', csv(...paper));
      expect(await numbers()).toEqual(first);
      const state = await office.read('roster', csv(...other));
      expect(figures(state)).toMatchObject({ create: 1, unchanged: 1 });
      // The village gets the numbers that the preview shows.
      const shown = state.preview.kind === 'roster' ? state.preview.rows.map(({ number }) => number) : [];
      await office.commit(state);
      const after = await numbers();
      expect(new Set(after.map((line) => line.split(' ')[0])).size).toBe(5);
      expect(after).toContain(`${shown[0] ?? ''} 东-1-9 周八`);
      expect(after).toContain(`${shown[1] ?? ''} 柳林-1-2 李强`);
    });

    test('match households whose number they were before numbers were short', async () => {
      await create({ head: '李强', number: 'SQ-0001' });
      const state = await office.read('roster', csv(...ROSTER));
      expect(figures(state)).toMatchObject({ create: 2, update: 0, unchanged: 0 + 1 });
    });

    test('are added to households that an earlier import made without them', async () => {
      const paper = csv('门牌号,村民小组,户主', '柳林村1组1,第一组,王明', '柳林村1组2,第一组,李强');
      await office.bring('roster', paper);
      expect(await numbers()).toEqual(['001  王明', '002  李强']);
      const state = await office.read('roster', paper);
      expect(state.questions).toMatchObject([{ code: 'address_numbers', needsAnswer: false }]);
      expect(figures(state)).toEqual({ create: 0, update: 0, unchanged: 2, leftOut: 0 });
      const kept = await office.correct(state.id, { addressNumbers: 'keep' });
      expect(figures(kept)).toEqual({ create: 0, update: 2, unchanged: 0, leftOut: 0 });
      await office.commit(kept);
      expect(await numbers()).toEqual(['001 柳林村1组1 王明', '002 柳林村1组2 李强']);
      expect(figures(await office.read('roster', paper))).toMatchObject({ create: 0, unchanged: 2 });
    });

    test('find the household wherever a number is typed', async () => {
      await office.bring('roster', csv(...ROSTER));
      await create({ head: '钱四', number: '044' });
      for (const typed of ['SQ-0012', 'sq12', '0012', '12', 'ＳＱ12', 'SQ-0'])
        expect([typed, (await search(typed)).includes('欧阳合爱')]).toEqual([typed, true]);
      const { items } = await office.households();
      const id = items.find(({ head }) => head === '欧阳合爱')?.id ?? '';
      const pin = await typePin(server, id, office.admin);
      for (const number of ['SQ-0012', 'sq12', '0012', '12', '012']) {
        const got = await server.call('me.login', {
          body: { villageId: office.village.id, number, pin },
          headers: { 'X-Forwarded-For': `203.0.113.${String((phones += 1))}` },
        });
        expect([number, got.status]).toEqual([number, 200]);
      }
    });

    test('find the household at the counter, with digits alone as well', async () => {
      await office.bring('roster', csv(...ROSTER));
      const kiosk = await server.asKiosk(office.village);
      const { items } = await office.households();
      const id = items.find(({ head }) => head === '欧阳合爱')?.id ?? '';
      const pin = await typePin(server, id, office.admin);
      for (const number of ['SQ-0012', 'sq12', '12', '012', '0012']) {
        const found = await server.must('kiosk.lookup', { as: kiosk, body: { number } });
        expect([number, found.head, found.number]).toEqual([number, '欧阳合爱', '012']);
        const { household } = await server.must('kiosk.statement', { as: kiosk, body: { number, pin } });
        expect([household.number, household.head]).toEqual(['012', '欧阳*爱']);
      }
      await create({ head: '孙东', number: '020', originalNumber: '东77' });
      await create({ head: '孙西', number: '021', originalNumber: '西77' });
      expect(await server.refused('kiosk.lookup', { as: kiosk, body: { number: '77' } })).toBe(
        'household.not_found',
      );
    });

    test('give way to a household whose number is typed, and open nobody’s page where they mean two', async () => {
      const five = await create({ head: '王五', number: '005', originalNumber: 'SQ-0009' });
      const other = await create({ head: '赵九', number: '009', originalNumber: 'SQ-0005' });
      const east = await create({ head: '孙东', number: '020', originalNumber: '东77' });
      await create({ head: '孙西', number: '021', originalNumber: '西77' });
      const pinOf = (id: string) => typePin(server, id, office.admin);
      const logIn = (number: string, pin: string) =>
        server.call('me.login', {
          body: { villageId: office.village.id, number, pin },
          headers: { 'X-Forwarded-For': `203.0.113.${String((phones += 1))}` },
        });
      const [pinFive, pinOther, pinEast] = [
        await pinOf(five.id),
        await pinOf(other.id),
        await pinOf(east.id),
      ];
      // 0005 is the number of one and the digits of the other's original number.
      expect((await logIn('0005', pinFive)).status).toBe(200);
      expect((await logIn('0005', pinOther)).status).not.toBe(200);
      expect((await logIn('SQ-0005', pinOther)).status).toBe(200);
      expect((await logIn('77', pinEast)).status).not.toBe(200);
      expect((await logIn('东77', pinEast)).status).toBe(200);
    });

    test('stand in a paper of balances for the households they mean, and the name decides where two are meant', async () => {
      await office.bring('roster', csv(...ROSTER));
      const state = await office.bring(
        'balances',
        csv('户号,户主,余额', 'SQ-0003,王明,30', '1,李强,10', 'sq12,,12'),
      );
      expect(figures(state)).toEqual({ create: 3, update: 0, unchanged: 0, leftOut: 0 });
      const { items } = await office.households();
      expect(items.map(({ head, balance }) => [head, balance])).toEqual([
        ['李强', 1000],
        ['王明', 3000],
        ['欧阳合爱', 1200],
      ]);

      await create({ head: '赵九', number: '050', originalNumber: 'SQ-0060' });
      await create({ head: '孙六', number: '060' });
      const unclear = await office.read('balances', csv('户号,户主,余额', '60,,5'));
      expect(unclear.effect.problems.map(({ code }) => code)).toEqual(['village_number_unclear']);
      const named = await office.bring('balances', csv('户号,户主,余额', '60,赵九,5'));
      expect(figures(named)).toMatchObject({ create: 1 });
      expect((await search('赵九')).length).toBe(1);
      const after = await office.households();
      expect(after.items.find(({ head }) => head === '赵九')?.balance).toBe(500);
      expect(after.items.find(({ head }) => head === '孙六')?.balance).toBe(0);
    });

    test('a household added by hand is offered the next number, and no address is taken for one', async () => {
      await office.bring('roster', csv(...ROSTER));
      expect(await server.must('households.nextNumber', { as: office.admin })).toEqual({ number: '013' });
      const refused = await server.call('households.create', {
        as: office.admin,
        body: { head: '王五', group: '', number: '柳林村1组1' },
      });
      expect(refused.problem.code).toBe('request.invalid');
      const made = await create({ head: '王五', originalNumber: 'SQ-0099' });
      expect(made).toMatchObject({ number: '013', originalNumber: 'SQ-0099' });
      const params = { id: made.id };
      await server.must('households.update', { as: office.admin, params, body: { originalNumber: null } });
      expect(await search('SQ-0099')).toEqual([]);
    });

    test('a paper of another village or year is written only after somebody says so', async () => {
      const paper = csv('李家村2020年花名册,,', ...ROSTER.map((line) => line));
      const state = await office.read('roster', paper);
      expect(state.questions).toMatchObject([{ code: 'other_title', needsAnswer: true }]);
      expect(state.questions[0]?.text.zh).toContain('李家村2020年花名册');
      expect((await office.commit(state)).problem.code).toBe('paper.unanswered');
      expect((await office.households()).total).toBe(0);
      const answered = await office.correct(state.id, { isRightTitle: true });
      expect(answered.questions).toMatchObject([{ code: 'other_title', needsAnswer: false }]);
      expect((await office.commit(answered)).status).toBe(200);
      expect((await office.households()).total).toBe(3);
      const own = await office.read('roster', csv('清河村花名册,,', ...ROSTER));
      expect(own.questions).toEqual([]);
    });

    test('a list of goods is no roster before somebody says so', async () => {
      const paper = csv('no,category,name,points,cost_yuan,barcode', '1,五金工具,线手套,3,2.5,6907001000371');
      const state = await office.read('roster', paper);
      expect(state.questions).toMatchObject([{ code: 'other_kind', looksLike: 'goods', needsAnswer: true }]);
      expect((await office.commit(state)).problem.code).toBe('paper.unanswered');
      expect((await office.households()).total).toBe(0);
      const answered = await office.correct(state.id, { isRightKind: true });
      expect(answered.questions).toMatchObject([{ code: 'other_kind', needsAnswer: false }]);
      expect((await office.read('goods', paper)).questions).toEqual([]);
    });
  });
});
