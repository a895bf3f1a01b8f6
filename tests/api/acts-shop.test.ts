/** Each step that one shopkeeper could take alone, and hide again, stands in the book of acts. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createLedger } from '../support/ledger.ts';
import { csv, Office } from '../support/office.ts';
import { goodsSample, ruleSample } from '../support/sample-parts.ts';
import { type StaffCaller, startTestServer, type TestServer } from '../support/server.ts';
import { ENGINES } from '../support/stores.ts';

describe.each(ENGINES)('acts of the shop on $engine', ({ engine, missing }) => {
  describe.skipIf(missing)('through the API', () => {
    let server: TestServer;
    let as: StaffCaller;
    beforeAll(async () => {
      server = await startTestServer(engine);
      as = await server.asStaff('shopkeeper');
    });
    afterAll(() => server.remove());

    /** Reads the acts on one thing, the newest first, with their fields as [name, before, afterwards]. */
    const actsOn = async (thing: string) => {
      const { items } = await server.must('acts.list', { as: server.admin, query: { thing } });
      return items.map((one) => ({
        ...one,
        fields: one.changes.map(({ field, was, is }) => [field, was, is]),
      }));
    };

    it('tell a price that fell and came back, with who changed it', async () => {
      const { id } = await server.must('goods.create', {
        as,
        body: { ...goodsSample('大米'), price: 6_000, costFen: 4_550 },
      });
      const change = (body: object) => server.must('goods.update', { as, params: { id }, body });
      await change({ price: 1 });
      await change({ price: 6_000 });
      const [back, fell, made] = await actsOn(`goods:${id}`);
      expect(fell).toMatchObject({
        act: 'goods.changed',
        actorId: as.id,
        via: 'desk',
        thing: { name: '大米' },
      });
      expect(fell?.fields).toEqual([['price', 6_000, 1]]);
      expect(fell?.changes[0]?.unit).toBe('points');
      expect(back?.fields).toEqual([['price', 1, 6_000]]);
      expect(made?.act).toBe('goods.created');
      expect(made?.fields).toContainEqual(['costFen', undefined, 4_550]);
      expect(made?.fields).toContainEqual(['price', undefined, 6_000]);
    });

    it('tell a price of a later day when it is set, and nothing when nothing changed', async () => {
      const { id } = await server.must('goods.create', { as, body: goodsSample('面条') });
      const change = (body: object) => server.must('goods.update', { as, params: { id }, body });
      const from = new Date(server.clock.nowMs + 3 * 86_400_000).toISOString().slice(0, 10);
      await change({ nextPrice: { price: 2_000, from } });
      await change({ nextPrice: { price: 2_000, from } });
      await change({ enabled: false, monthlyLimit: 2 });
      const [limited, planned, made] = await actsOn(`goods:${id}`);
      expect(planned?.fields).toEqual([
        ['nextPrice', undefined, 2_000],
        ['nextPriceFrom', undefined, from],
      ]);
      expect(limited?.fields).toEqual([
        ['monthlyLimit', undefined, 2],
        ['enabled', true, false],
      ]);
      expect(made?.act).toBe('goods.created');
    });

    it('tell a volunteer and a kiosk that were made, used and put away again', async () => {
      const { volunteer } = await server.must('volunteers.create', { as, body: { name: '没有的人' } });
      const params = { id: volunteer.id };
      const { pin } = await server.must('volunteers.update', { as, params, body: { newPin: true } });
      const { kiosk, code } = await server.must('kiosks.create', { as, body: { name: '后门' } });
      const { deviceToken } = await server.must('kiosk.pair', { body: { code } });
      await server.must('kiosks.update', { as, params: { id: kiosk.id }, body: { name: '大门' } });
      await server.must('kiosks.update', { as, params: { id: kiosk.id }, body: { name: '大门' } });
      await server.must('kiosks.newCode', { as, params: { id: kiosk.id }, body: {} });
      await server.must('kiosks.revoke', { as, params: { id: kiosk.id }, body: {} });
      await server.must('volunteers.update', { as, params, body: { disabled: true } });

      const ofKiosk = await actsOn(`kiosk:${kiosk.id}`);
      expect(ofKiosk.map(({ act, actorId, via }) => [act, actorId, via])).toEqual([
        ['kiosks.revoked', as.id, 'desk'],
        ['kiosks.code_renewed', as.id, 'desk'],
        ['kiosks.changed', as.id, 'desk'],
        ['kiosks.paired', kiosk.id, 'kiosk'],
        ['kiosks.created', as.id, 'desk'],
      ]);
      expect(ofKiosk[3]?.by).toBe('大门');
      expect(ofKiosk[2]?.fields).toEqual([['name', '后门', '大门']]);
      const ofVolunteer = await actsOn(`volunteer:${volunteer.id}`);
      expect(ofVolunteer.map(({ act, fields }) => [act, fields])).toEqual([
        ['volunteers.changed', [['disabled', false, true]]],
        ['volunteers.pin_set', []],
        ['volunteers.created', [['name', undefined, '没有的人']]],
      ]);
      expect(ofVolunteer.every(({ actorId }) => actorId === as.id)).toBe(true);
      const told = JSON.stringify([ofKiosk, ofVolunteer]);
      for (const secret of [pin ?? '', code, code.replace(' ', ''), deviceToken])
        expect(told).not.toContain(secret);
    });

    it('tell every household of an imported roster, each its own part, which goes with its erasure', async () => {
      const office = await Office.open(server);
      const admin = office.admin;
      const lines = Array.from({ length: 200 }, (_, n) => `${String(n + 1)},第一组,赵${String(n)},4,`);
      await office.bring('roster', csv('户号,村民小组,户主,人口,电话', ...lines));
      await office.bring('roster', csv('户号,村民小组,户主,人口,电话', '1,第一组,赵大,4,13800000001'));
      const { items } = await server.must('acts.list', { as: admin, query: { act: 'imports.' } });
      expect(items.map(({ act, changes }) => [act, changes.length])).toEqual([
        ['imports.changed', 2],
        ['imports.committed', 6],
        ['imports.added', 20],
        ['imports.added', 90],
        ['imports.added', 90],
        ['imports.committed', 6],
      ]);
      expect(items.at(-1)).toMatchObject({ actorId: admin.id, via: 'desk', thing: { kind: 'import' } });
      const [one] = (await office.households()).items.filter(({ head }) => head === '赵大');
      const id = one?.id ?? '';
      const query = { thing: `household:${id}`, q: '赵' };
      const found = await server.must('acts.list', { as: admin, query });
      expect(found.items.map(({ act }) => act)).toEqual(['imports.changed', 'imports.added']);
      const own = await server.must('acts.ofHousehold', { as: admin, params: { id } });
      expect(
        own.items.map(({ changes }) => changes.map(({ label, was, is }) => [label.zh, was, is])),
      ).toEqual([
        [
          ['001 赵0 户主', '赵0', '赵大'],
          ['001 赵0 电话', undefined, '13800000001'],
        ],
        // The last digits of the card that it got.
        [['001 赵0', undefined, ['001', '第一组', '赵0', '4', expect.stringMatching(/^\d{4}$/) as string]]],
      ]);
      await server.store.transaction((tx) =>
        createLedger({ clock: Date.now }).eraseFactsOf(tx, office.village.id, id),
      );
      const after = await server.must('acts.ofHousehold', { as: admin, params: { id } });
      expect(after.items.map(({ changes, isErased }) => [changes, isErased])).toEqual([
        [[], true],
        [[], true],
      ]);
      expect(await server.must('ledger.verify', { as: admin })).toMatchObject({ ok: true });
    });

    it('tell prices and rules that a paper brought, and the points of balances in total', async () => {
      const office = await Office.open(server);
      const admin = office.admin;
      await office.bring('goods', csv('名称,所需积分,成本,库存', '大米,60,45,10'));
      await office.bring('goods', csv('名称,所需积分,成本,库存', '大米,0.01,45,10'));
      const { items: goods } = await server.must('goods.list', { as: admin });
      const query = { thing: `goods:${goods[0]?.id ?? ''}` };
      const [fell, made] = (await server.must('acts.list', { as: admin, query })).items;
      expect(fell?.changes).toMatchObject([{ unit: 'points', was: 6_000, is: 1 }]);
      expect(made?.changes[0]?.is).toContain('60');
      await office.bring('rules', csv('编号,类别,内容,分值', 'A1,五美家庭,门前三包,+5'));
      await office.bring('rules', csv('编号,类别,内容,分值', 'A1,五美家庭,门前三包,+6'));
      const { items: rules } = await server.must('rules.list', { as: admin });
      const ofRule = { thing: `rule:${rules[0]?.id ?? ''}` };
      const told = (await server.must('acts.list', { as: admin, query: ofRule })).items;
      expect(told.map(({ act }) => act)).toEqual(['imports.changed', 'imports.added']);
      expect(told[0]?.changes.map(({ was, is }) => [was, is])).toEqual([
        [1, 2],
        [500, 600],
      ]);
      await office.bring('roster', csv('户号,村民小组,户主,人口', '1,第一组,王明,4', '2,第一组,李强,3'));
      await office.bring('balances', csv('户号,户主,余额', '1,王明,20', '2,李强,30.5'));
      const [balances] = (await server.must('acts.list', { as: admin })).items;
      expect(balances?.changes).toContainEqual(
        expect.objectContaining({ field: 'total', unit: 'points', is: 5_050 }),
      );
    });

    it('tell a rule that was made and changed, with its version', async () => {
      const admin = { as: server.admin };
      const { id } = await server.must('rules.create', { ...admin, body: ruleSample('R1', '清扫') });
      const change = (body: object) => server.must('rules.update', { ...admin, params: { id }, body });
      await change({ evidence: '照片' });
      await change({ evidence: '照片' });
      const [changed, made, ...others] = await actsOn(`rule:${id}`);
      expect(others).toEqual([]);
      expect(changed).toMatchObject({ act: 'rules.changed', by: 'admin' });
      expect(changed?.fields.map(([field]) => field)).toEqual(['version', 'evidence']);
      expect(changed?.fields[0]).toEqual(['version', 1, 2]);
      expect(made?.fields).toContainEqual(['code', undefined, 'R1']);
      expect(made?.thing.name).toContain('R1');
    });
  });
});
