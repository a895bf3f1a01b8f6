/** The looks of an item and its place on the shelf: found by its name and by what people take, or chosen. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createPopularity } from '../../server/goods/index.ts';
import { typePin } from '../support/pins.ts';
import { withCard } from '../support/presence.ts';
import { openRaw, quoted, type Raw, type Value } from '../support/raw.ts';
import { type KioskCaller, type StaffCaller, startTestServer, type TestServer } from '../support/server.ts';
import { addGoods, addHousehold } from '../support/shop.ts';
import { statementsOf } from '../support/statements.ts';
import { ENGINES } from '../support/stores.ts';

const at = (day: string) => Date.parse(`${day}T10:00:00+08:00`);

describe.each(ENGINES)('goods on $engine', ({ engine, missing }) => {
  describe.skipIf(missing)('look like', () => {
    let server: TestServer;
    let keeper: StaffCaller;
    beforeAll(async () => {
      server = await startTestServer(engine);
      keeper = await server.asStaff('shopkeeper');
    });
    afterAll(() => server.remove());
    const change = (id: string, body: object) =>
      server.call('goods.update', { as: keeper, params: { id }, body });

    it('what their name says, wherever they are shown', async () => {
      const rice = await addGoods(server, { name: '大米10kg' });
      const other = await addGoods(server, { name: '某某牌', category: '五金工具' });
      expect(rice).toMatchObject({ drawing: 'rice-sack', chosenDrawing: null });
      expect(other).toMatchObject({ drawing: 'toolbox', chosenDrawing: null });
      const kiosk = await server.asKiosk();
      const shelf = (await server.must('kiosk.goods', { as: kiosk })).items;
      expect(shelf.find(({ id }) => id === rice.id)).toEqual(rice);
      const board = await server.must('board.view', { params: { villageId: server.id } });
      expect(board.goods.find(({ id }) => id === rice.id)?.drawing).toBe('rice-sack');
    });

    it('what somebody chose, until the choice is taken back, and follow a new name', async () => {
      const { id } = await addGoods(server, { name: '白酒', chosenDrawing: 'soy-sauce' });
      expect((await change(id, { price: 200 })).data).toMatchObject({
        drawing: 'soy-sauce',
        chosenDrawing: 'soy-sauce',
      });
      expect((await change(id, { chosenDrawing: null })).data).toMatchObject({
        drawing: 'sheaf-of-rice',
        chosenDrawing: null,
      });
      expect((await change(id, { name: '白醋' })).data.drawing).toBe('vinegar');
    });

    it('no drawing that there is not', async () => {
      const { id } = await addGoods(server);
      for (const chosenDrawing of ['no-such', '../fluent/soap', '']) {
        expect((await change(id, { chosenDrawing })).status).toBe(400);
      }
    });
  });

  describe.skipIf(missing)('stand on the shelf', () => {
    let server: TestServer;
    let raw: Raw;
    let kiosk: KioskCaller;
    const ids: Record<string, string> = {};
    beforeAll(async () => {
      server = await startTestServer(engine);
      raw = await openRaw(server.test);
      await writeStory();
    });
    afterAll(async () => {
      await raw.close();
      await server.remove();
    });

    /** Shifts end long before a season does. */
    async function onDuty(day: string): Promise<KioskCaller> {
      server.clock.nowMs = at(day);
      const { device, volunteerId, pin } = kiosk;
      const { shiftToken } = await server.must('kiosk.signIn', { as: device, body: { volunteerId, pin } });
      return { ...kiosk, headers: { ...device.headers, 'X-Shift': shiftToken } };
    }

    async function take(as: KioskCaller, householdId: string, names: readonly string[]) {
      for (const name of names) {
        const lines = [{ goodsId: ids[name] ?? '', quantity: 1 }];
        const body = { householdId, lines, expectedPoints: 100 };
        const { id } = await server.must('kiosk.redeem', { as, body: await withCard(server, as, body) });
        ids[`last ${name}`] = id;
      }
    }

    /** Coils go in June 2026, couplets in winter, and in June 2027 salt, with towels brought back at once. */
    async function writeStory() {
      server.clock.nowMs = at('2026-06-10');
      kiosk = await server.asKiosk();
      const stock = { quantity: 50, costFen: 50 };
      for (const name of ['对联', '毛巾', '食盐', '理发', '蚊香']) {
        const kind = name === '理发' ? 'service' : 'goods';
        const taken = kind === 'goods' ? stock : undefined;
        ids[name] = (await addGoods(server, { name, kind, price: 100 }, taken)).id;
      }
      const { id } = await addHousehold(server, 10_000);
      await take(kiosk, id, ['蚊香', '蚊香', '蚊香']);
      await take(await onDuty('2026-12-20'), id, ['对联', '对联', '对联', '对联', '对联']);
      const last = await onDuty('2027-06-08');
      await take(last, id, ['食盐', '食盐', '理发', '毛巾']);
      await server.must('kiosk.undo', { as: last, params: { id: ids['last 毛巾'] ?? '' }, body: {} });
    }

    /** PostgreSQL plans by what it counted, so it is given a long history. SQLite plans by the indexes alone. */
    async function addOldEntries() {
      await raw.disarm();
      const [row = {}] = await raw.rows('select * from journal limit 1');
      const columns = Object.keys(row);
      const old: Record<string, string> = {
        number: 'number + 100 * n',
        effective_on: "'2020-01-01'",
        idempotency_key: "idempotency_key || n || '.' || number",
      };
      await raw.run(
        `insert into journal (${columns.join()}) select ${columns.map((name) => old[name] ?? name).join()} ` +
          `from journal cross join generate_series(1, 2000) n where kind = 'redemption'`,
      );
      await raw.run('analyze');
    }

    const names = (items: readonly { name: string }[]) => items.map(({ name }) => name);

    it('as people take them at this time of the year, the others in the order of the list', async () => {
      const { items } = await server.must('kiosk.goods', { as: kiosk.device });
      expect(items.map(({ name, rank }) => [name, rank])).toEqual([
        ['蚊香', 1],
        ['食盐', 2],
        ['理发', 3],
        ['对联', null],
        ['毛巾', null],
      ]);
      const board = await server.must('board.view', { params: { villageId: server.id } });
      expect(names(board.goods)).toEqual(names(items));
      const list = (await server.must('goods.list', { as: await server.asStaff('shopkeeper') })).items;
      expect(list.map(({ name, rank }) => [name, rank])).toEqual([
        ['对联', null],
        ['毛巾', null],
        ['食盐', 2],
        ['理发', 3],
        ['蚊香', 1],
      ]);
    });

    it('in the same order all day, and in a new one the next', async () => {
      const popularity = createPopularity();
      const ranks = (today: string) =>
        server.store.read((reader) => popularity.ranks(reader, server.id, today));
      const first = await ranks('2027-06-08');
      const { result, statements } = await statementsOf(() => ranks('2027-06-08'));
      expect(result).toBe(first);
      expect(statements.filter(({ text }) => text.includes('redemption_lines'))).toEqual([]);
      expect(Array.from(await ranks('2027-12-20'))).toEqual([[ids['对联'], 1]]);
    });

    it('by questions that look along the index of days, however long the history is', async () => {
      const { statements } = await statementsOf(() =>
        server.store.read((reader) => createPopularity().ranks(reader, server.id, '2027-06-08')),
      );
      const asked = statements.filter(({ text }) => text.includes('redemption_lines'));
      expect(asked).toHaveLength(3);
      if (engine === 'postgres') await addOldEntries();
      for (const { text, values } of asked) {
        let next = 0;
        const sql = text.replace(/\?|\$\d+/g, (mark) => {
          const place = mark === '?' ? next++ : Number(mark.slice(1)) - 1;
          return quoted(values[place] as Value);
        });
        const steps = await raw.rows(engine === 'sqlite' ? `explain query plan ${sql}` : `explain ${sql}`);
        const plan = steps.map((step) => Object.values(step).join(' ')).join('\n');
        expect(plan).not.toMatch(/SCAN journal|Seq Scan on journal/);
        expect(plan).toMatch(
          engine === 'sqlite'
            ? /SEARCH journal USING INDEX \w+ \(village_id=\? AND [^)]*effective_on>\? AND effective_on<\?\)/
            : /journal_by_day on journal.*\n *Index Cond: .*effective_on >= .*effective_on <= /,
        );
      }
    });
  });

  describe.skipIf(missing)('say what points are worth', () => {
    let server: TestServer;
    beforeAll(async () => {
      server = await startTestServer(engine);
    });
    afterAll(() => server.remove());

    it('on the phone, within what the household may still have this month', async () => {
      const stock = { quantity: 20, costFen: 20 };
      const rice = await addGoods(server, { name: '大米5kg', price: 3200, monthlyLimit: 1 }, stock);
      const soy = await addGoods(server, { name: '酱油/生抽', unit: '瓶', price: 800 }, stock);
      const household = await addHousehold(server, 7700);
      const kiosk = await server.asKiosk();
      const pin = await typePin(server, household.id);
      const body = { villageId: server.id, number: household.number, pin };
      const { token, view } = await server.must('me.login', { body });
      const phone = { id: '', headers: { Authorization: `Household ${token}` } };
      const thing = ({ id, name }: { id: string; name: string }, unit: string, drawing: string) => ({
        ...{ id, name, unit, drawing, pictureId: null },
      });
      const [riceSaid, soySaid] = [
        thing({ id: rice.id, name: '大米' }, '袋', 'rice-bag'),
        thing({ id: soy.id, name: '酱油' }, '瓶', 'soy-sauce'),
      ];
      expect(view.things).toEqual({
        enough: [
          { item: riceSaid, count: 1 },
          { item: soySaid, count: 3 },
        ],
        next: null,
      });
      const take = async (goodsId: string, quantity: number, expectedPoints: number) => {
        const basket = { householdId: household.id, lines: [{ goodsId, quantity }], expectedPoints };
        await server.must('kiosk.redeem', { as: kiosk, body: await withCard(server, kiosk, basket) });
      };
      await take(rice.id, 1, 3200);
      const things = async () => (await server.must('me.view', { as: phone })).things;
      expect(await things()).toEqual({ enough: [{ item: soySaid, count: 3 }], next: null });
      await take(soy.id, 5, 4000);
      expect(await things()).toEqual({ enough: [], next: { item: soySaid, short: 300 } });
    });
  });
});
