/** What one shopkeeper could do alone, and hide again: each step stands in the book of acts. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
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

    /** What was done to one thing, the newest first, with its fields as [name, before, afterwards]. */
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
