import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { typePin } from '../support/pins.ts';
import { newCardCode } from '../support/presence.ts';
import { type StaffCaller, startTestServer, type TestServer } from '../support/server.ts';
import { ENGINES } from '../support/stores.ts';

describe.each(ENGINES)('the book of acts on $engine', ({ engine, missing }) => {
  describe.skipIf(missing)('through the API', () => {
    let server: TestServer;
    let as: StaffCaller;
    let id: string;
    beforeAll(async () => {
      server = await startTestServer(engine);
      as = server.admin;
      const body = { head: '王小明', group: '一组', phone: '13800000000', note: '' };
      ({ id } = await server.must('households.create', { as, body }));
    });
    afterAll(() => server.remove());

    const newest = async (limit: number) => (await server.must('acts.list', { as, query: { limit } })).items;

    it('tells what changed, before and after, and leaves out the rest', async () => {
      await server.must('households.update', { as, params: { id }, body: { head: '王大明', phone: null } });
      const [act] = await newest(1);
      expect(act).toMatchObject({
        act: 'households.changed',
        words: { zh: '改了农户资料' },
        by: 'admin',
        via: 'desk',
        thing: { kind: 'household', id, name: expect.stringMatching(/ 王大明$/) as string },
        isErased: false,
      });
      expect(act?.changes.map(({ field, was, is }) => [field, was, is])).toEqual([
        ['head', '王小明', '王大明'],
        ['phone', '13800000000', undefined],
      ]);
    });

    it('leaves nothing where nothing changed', async () => {
      const [before] = await newest(1);
      await server.must('households.update', { as, params: { id }, body: { head: '王大明' } });
      expect((await newest(1))[0]?.number).toBe(before?.number);
    });

    it('never tells a secret: of a card the last digits, of a PIN that it is new', async () => {
      const code = await newCardCode(server, id, as);
      const pin = await typePin(server, id, as);
      const acts = JSON.stringify(await newest(2));
      expect(acts).toContain(`"${code.slice(-4)}"`);
      expect(acts).not.toContain(code);
      expect(acts).not.toContain(pin);
    });

    it('is read by the household as far as it is about it, and by those who look at the books', async () => {
      const phone = await server.asHousehold(id);
      const own = await server.must('me.acts', { as: phone });
      expect(own.items.map(({ act }) => act)).toEqual([
        'households.pin_set',
        'cards.issued',
        'households.changed',
        'cards.issued',
        'households.created',
      ]);
      expect(own.items.every(({ by }) => by === 'admin')).toBe(true);
      const other = await server.must('households.create', { as, body: { head: '李四', group: '二组' } });
      const theirs = await server.must('me.acts', { as: await server.asHousehold(other.id) });
      expect(theirs.items.map(({ act }) => act)).toEqual(['cards.issued', 'households.created']);
      const supervisor = await server.asStaff('supervisor');
      expect((await server.must('acts.list', { as: supervisor })).items.length).toBeGreaterThan(5);
      expect(await server.refused('acts.list', { as: await server.asStaff('committee') })).toBe(
        'auth.forbidden',
      );
    });

    it('is found by act, thing, person and words, page by page', async () => {
      const issued = await server.must('acts.list', { as, query: { act: 'cards.' } });
      expect(new Set(issued.items.map(({ act }) => act))).toEqual(new Set(['cards.issued']));
      const ofOne = await server.must('acts.list', { as, query: { thing: `household:${id}`, q: '王小明' } });
      expect(ofOne.items.map(({ act }) => act)).toEqual(['households.changed', 'households.created']);
      expect((await server.must('acts.list', { as, query: { actorId: 'nobody' } })).items).toEqual([]);
      const all = (await server.must('acts.list', { as })).items.map(({ number }) => number);
      const paged: number[] = [];
      for (let before: number | null | undefined; before !== null;) {
        const query = before === undefined ? { limit: 2 } : { limit: 2, before };
        const page = await server.must('acts.list', { as, query });
        paged.push(...page.items.map(({ number }) => number));
        before = page.next;
      }
      expect(paged).toEqual(all);
    });

    it('leaves as a table, which is an act itself', async () => {
      const table = await (await server.must('acts.export', { as })).text();
      expect(table.split('\r\n').filter((line) => line.includes('建了这一户'))).toHaveLength(2);
      expect((await newest(1))[0]?.act).toBe('acts.exported');
    });

    it('stands apart from entries that move something', async () => {
      const { items } = await server.must('ledger.entries', { as });
      expect(items.filter(({ kind }) => kind === 'act')).toEqual([]);
      const [act] = await newest(1);
      expect(await server.must('ledger.entry', { as, params: { number: act?.number ?? 0 } })).toMatchObject({
        kind: 'act',
        lines: [],
      });
      expect(await server.must('ledger.verify', { as, body: {} })).toMatchObject({ ok: true });
    });
  });
});
