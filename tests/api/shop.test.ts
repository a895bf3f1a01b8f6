import { eq } from 'drizzle-orm';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { confirmAtOnce } from '../support/confirm-at-once.ts';
import { entries, verify } from '../support/ledger.ts';
import { withSecond } from '../support/second-person.ts';
import { startTestServer, type StaffCaller, type TestServer } from '../support/server.ts';
import { addGoods, addHousehold, standing } from '../support/shop.ts';
import { ENGINES } from '../support/stores.ts';

const MINUTE = 60_000;

describe.each(ENGINES)('the shop’s desk on $engine', ({ engine, missing }) => {
  describe.skipIf(missing)('goods and stock', () => {
    let server: TestServer;
    let keeper: StaffCaller;
    let nobody = '';

    beforeAll(async () => {
      server = await startTestServer(engine);
      keeper = await server.asStaff('shopkeeper');
      nobody = (await addHousehold(server)).id;
    });
    afterAll(() => server.remove());

    const shelf = async (id: string) => {
      const { pieces, costFen } = await standing(server, nobody, id);
      return { pieces, costFen };
    };
    const list = async () => (await server.must('goods.list', { as: keeper })).items;
    const stocktake = (id: string, counted: number) =>
      server.must('goods.stocktake', { as: keeper, params: { id }, body: { counted, reason: '盘点' } });
    const countDown = (id: string, counted: number) =>
      withSecond(server, 'goods.stocktake', {
        ...{ as: keeper, params: { id }, body: { counted, reason: '盘点' } },
      });

    test('a new item stands at the end of the list with nothing on the shelf', async () => {
      const first = await addGoods(server, { name: '大米5kg', barcode: '6907001008148' });
      const second = await addGoods(server, { name: '理发', kind: 'service', unit: '次' });
      const items = await list();
      expect(items.slice(-2)).toEqual([first, second]);
      expect(first.stock).toBe(0);
      expect(second.stock).toBeNull();
    });

    test('names and barcodes are taken once, also when an item is changed', async () => {
      const oil = await addGoods(server, { name: '菜籽油', barcode: '6907001009251' });
      const body = { ...oil, id: undefined, stock: undefined };
      expect(await server.refused('goods.create', { as: keeper, body: { ...body, barcode: null } })).toBe(
        'goods.name_taken',
      );
      expect(await server.refused('goods.create', { as: keeper, body: { ...body, name: '另一种油' } })).toBe(
        'goods.barcode_taken',
      );
      const other = await addGoods(server, { name: '花生油' });
      const change = (fields: object) =>
        server.call('goods.update', { as: keeper, params: { id: other.id }, body: fields });
      expect((await change({ name: '菜籽油' })).problem.code).toBe('goods.name_taken');
      expect((await change({ barcode: '6907001009251' })).problem.code).toBe('goods.barcode_taken');
      const changed = (await change({ name: '花生油', price: 7000, enabled: false })).data;
      expect(changed).toEqual({ ...other, price: 7000, enabled: false });
      expect(
        await server.refused('goods.update', { as: keeper, params: { id: 'nothing' }, body: { price: 1 } }),
      ).toBe('goods.not_found');
    });

    test('ten at once under one name make one item', async () => {
      const body = { ...(await addGoods(server)), id: undefined, stock: undefined, name: '同名商品' };
      const all = await Promise.all(
        Array.from({ length: 10 }, () => server.call('goods.create', { as: keeper, body })),
      );
      expect(all.filter(({ status }) => status === 200)).toHaveLength(1);
      expect((await list()).filter(({ name }) => name === '同名商品')).toHaveLength(1);
    });

    test('goods come in with their cost, bought or donated, each delivery one entry', async () => {
      const { id, name } = await addGoods(server);
      const body = { quantity: 20, totalCostFen: 5800, source: 'bought', note: '县城批发' } as const;
      const bought = await server.must('goods.stockIn', { as: keeper, params: { id }, body });
      expect(bought.stock).toBe(20);
      const donated = { quantity: 5, totalCostFen: 0, source: 'donated' } as const;
      const second = await server.must('goods.stockIn', { as: keeper, params: { id }, body: donated });
      expect(second).toEqual({ stock: 25, journalNumber: bought.journalNumber + 1 });
      expect(await shelf(id)).toEqual({ pieces: 25, costFen: 5800 });
      const { items } = await server.store.read((reader) =>
        entries(reader, server.id, { kind: 'stock_in', limit: 2 }),
      );
      expect(items.map(({ source, text }) => ({ source, ...text }))).toEqual([
        { source: `donated:${id}`, title: `${name}×5`, note: '', erased: false },
        { source: `bought:${id}`, title: `${name}×20`, note: '县城批发', erased: false },
      ]);
    });

    test('a stocktake takes the missing pieces’ share of the cost, everything with the last, and finds at the average', async () => {
      const { id } = await addGoods(server, { costFen: 77 }, { quantity: 3, costFen: 1000 });
      expect((await stocktake(id, 3)).journalNumber).toBeNull();
      await countDown(id, 2);
      expect(await shelf(id)).toEqual({ pieces: 2, costFen: 667 });
      await stocktake(id, 4);
      expect(await shelf(id)).toEqual({ pieces: 4, costFen: 1334 });
      await countDown(id, 0);
      expect(await shelf(id)).toEqual({ pieces: 0, costFen: 0 });
      await stocktake(id, 2);
      expect(await shelf(id)).toEqual({ pieces: 2, costFen: 154 });
    });

    test('services keep no stock; goods on the shelf cannot become one', async () => {
      const haircut = await addGoods(server, { kind: 'service' });
      const one = { quantity: 1, totalCostFen: 0, source: 'bought' } as const;
      expect(
        await server.refused('goods.stockIn', { as: keeper, params: { id: haircut.id }, body: one }),
      ).toBe('goods.no_stock');
      const counted = { counted: 0, reason: '盘点' };
      expect(
        await server.refused('goods.stocktake', { as: keeper, params: { id: haircut.id }, body: counted }),
      ).toBe('goods.no_stock');
      const rice = await addGoods(server, {}, { quantity: 1, costFen: 100 });
      const toService = { as: keeper, params: { id: rice.id }, body: { kind: 'service' } } as const;
      expect(await server.refused('goods.update', toService)).toBe('goods.has_stock');
      await countDown(rice.id, 0);
      expect((await server.must('goods.update', toService)).stock).toBeNull();
    });

    test('a tool to be lent is counted from when it was first taken in', async () => {
      const ladder = await addGoods(server, { kind: 'loan', price: 0, costFen: null });
      expect(ladder.stock).toBeNull();
      const body = { quantity: 2, totalCostFen: 0, source: 'donated' } as const;
      await server.must('goods.stockIn', { as: keeper, params: { id: ladder.id }, body });
      expect((await list()).find(({ id }) => id === ladder.id)?.stock).toBe(2);
    });

    test('an item of another village is not there', async () => {
      const there = await server.addVillage();
      const { id } = await addGoods(server, {}, undefined, there.admin);
      expect(await server.refused('goods.update', { as: keeper, params: { id }, body: { price: 1 } })).toBe(
        'goods.not_found',
      );
      expect((await list()).some((item) => item.id === id)).toBe(false);
    });

    test('the same delivery sent twice comes in once', async () => {
      const { id } = await addGoods(server);
      const sent = {
        as: keeper,
        params: { id },
        key: 'delivery-of-today',
        body: { quantity: 7, totalCostFen: 700, source: 'bought' },
      } as const;
      const first = await server.must('goods.stockIn', sent);
      expect(await server.must('goods.stockIn', sent)).toEqual(first);
      expect(await shelf(id)).toEqual({ pieces: 7, costFen: 700 });
    });

    test('the book holds after all of it', async () => {
      expect(await verify(server.store, server.id)).toMatchObject({ ok: true, bad: null });
    });
  });

  describe.skipIf(missing)('kiosks and volunteers', () => {
    let server: TestServer;
    let keeper: StaffCaller;
    let startMs = 0;

    beforeAll(async () => {
      server = await startTestServer(engine);
      keeper = await server.asStaff('shopkeeper');
      startMs = server.clock.nowMs;
    });
    afterAll(() => server.remove());
    afterEach(() => {
      server.clock.nowMs = startMs;
    });

    const newKiosk = () => server.must('kiosks.create', { as: keeper, body: { name: '柜台' } });
    const pair = (code: string, address = '203.0.113.9') =>
      server.call('kiosk.pair', { body: { code }, headers: { 'X-Forwarded-For': address } });
    const device = (token: string) => ({ id: '', headers: { Authorization: `Kiosk ${token}` } });
    const stateOf = async (id: string) =>
      (await server.must('kiosks.list', { as: keeper })).items.find((kiosk) => kiosk.id === id)?.state;

    test('a code pairs one device, once, however it is typed', async () => {
      const { kiosk, code, expiresAtMs } = await newKiosk();
      expect(code).toMatch(/^\d{4} \d{4}$/);
      expect(kiosk.state).toBe('waiting');
      expect(expiresAtMs).toBe(server.clock.nowMs + 15 * MINUTE);
      const typed = code
        .replace(' ', '')
        .replace(/\d/g, (digit) => String.fromCharCode(0xff10 + Number(digit)));
      const both = await Promise.all([pair(typed), pair(typed)]);
      expect(both.map(({ status }) => status).sort()).toEqual([200, 403]);
      const won = both.find(({ status }) => status === 200);
      expect(won?.data.kiosk).toMatchObject({ id: kiosk.id, state: 'paired' });
      const state = await server.must('kiosk.state', { as: device(won?.data.deviceToken ?? '') });
      expect(state).toMatchObject({ kiosk: { id: kiosk.id }, village: { id: server.id }, shift: null });
    });

    test('it hears the telephone and the place of the shop, for its slips', async () => {
      const kiosk = await server.asKiosk();
      const settings = { shopPhone: '0391-0000000', shopPlace: '村委会大院' };
      await server.must('village.update', { as: server.admin, body: { settings } });
      expect((await server.must('kiosk.state', { as: kiosk.device })).village).toMatchObject(settings);
    });

    test('a code is void after a quarter of an hour', async () => {
      const { code } = await newKiosk();
      server.clock.nowMs += 15 * MINUTE;
      expect((await pair(code)).problem.code).toBe('kiosk.pairing');
    });

    test('codes and tokens are stored as hashes only', async () => {
      const { kiosk, code } = await newKiosk();
      const { deviceToken } = (await pair(code)).data;
      const rows = await server.store.read(({ db, t }) =>
        db.select().from(t.kiosks).where(eq(t.kiosks.id, kiosk.id)),
      );
      expect(JSON.stringify(rows)).not.toContain(deviceToken);
      expect(JSON.stringify(rows)).not.toContain(code.replace(' ', ''));
      expect(rows[0]).toMatchObject({
        pairingHash: null,
        tokenHash: expect.stringMatching(/^[0-9a-f]{64}$/),
      });
    });

    test('guessing codes is slowed down to nothing for who guesses, and nobody else', async () => {
      const { code } = await newKiosk();
      const codes: string[] = [];
      for (let guess = 0; guess < 12; guess += 1)
        codes.push((await pair(String(10_000_000 + guess), '198.51.100.7')).problem.code);
      expect(codes.at(0)).toBe('kiosk.pairing');
      expect(codes.at(-1)).toBe('auth.locked');
      expect((await pair(code, '198.51.100.7')).problem.code).toBe('auth.locked');
      expect((await pair(code, '203.0.113.10')).status).toBe(200);
    });

    test('a revoked kiosk is locked out at once; a new code lets a new device take its place', async () => {
      const kiosk = await server.asKiosk();
      expect((await server.call('kiosk.goods', { as: kiosk })).status).toBe(200);
      const { id } = kiosk.device;
      await server.must('kiosks.revoke', { as: keeper, params: { id }, body: {} });
      expect(await stateOf(id)).toBe('revoked');
      expect(await server.refused('kiosk.goods', { as: kiosk })).toBe('kiosk.revoked');
      const { code } = await server.must('kiosks.newCode', { as: keeper, params: { id }, body: {} });
      expect(await stateOf(id)).toBe('waiting');
      expect(await server.refused('kiosk.state', { as: kiosk.device })).toBe('auth.required');
      const { deviceToken } = (await pair(code)).data;
      expect((await server.must('kiosk.state', { as: device(deviceToken) })).kiosk.id).toBe(id);
      expect(await server.refused('kiosks.revoke', { as: keeper, params: { id: 'none' }, body: {} })).toBe(
        'kiosk.not_found',
      );
    });

    test('when a kiosk was last seen is noted, at most once a minute', async () => {
      const kiosk = await server.asKiosk();
      const seen = async () =>
        (await server.must('kiosks.list', { as: keeper })).items.find(({ id }) => id === kiosk.device.id)
          ?.lastSeenAtMs;
      const pairedAtMs = server.clock.nowMs;
      server.clock.nowMs += MINUTE / 2;
      await server.must('kiosk.state', { as: kiosk.device });
      expect(await seen()).toBe(pairedAtMs);
      server.clock.nowMs += MINUTE;
      await server.must('kiosk.state', { as: kiosk.device });
      await expect.poll(seen).toBe(server.clock.nowMs);
    });

    test('a volunteer signs in by PIN; wrong ones are counted and lock', async () => {
      const kiosk = await server.asKiosk();
      const signIn = (pin: string) =>
        server.call('kiosk.signIn', { as: kiosk.device, body: { volunteerId: kiosk.volunteerId, pin } });
      const wrong = kiosk.pin === '402937' ? '402938' : '402937';
      expect((await signIn(wrong)).problem.code).toBe('auth.wrong');
      expect((await signIn(kiosk.pin)).status).toBe(200);
      for (let guess = 0; guess < 5; guess += 1) await signIn(wrong);
      expect((await signIn(kiosk.pin)).problem.code).toBe('auth.locked');
      const params = { id: kiosk.volunteerId };
      const { pin } = await server.must('volunteers.update', { as: keeper, params, body: { newPin: true } });
      expect(pin).toMatch(/^\d{6}$/);
      expect((await signIn(kiosk.pin)).problem.code).toBe('auth.wrong');
      // The person who gave it out knows it too.
      expect((await signIn(pin ?? '')).problem.code).toBe('volunteer.unconfirmed');
      await confirmAtOnce(server, kiosk.volunteerId);
      expect((await signIn(pin ?? '')).status).toBe(200);
    });

    test('a shift ends when the next begins, when it is ended, when the volunteer is disabled, and after twelve hours', async () => {
      const kiosk = await server.asKiosk();
      const start = async () => {
        const body = { volunteerId: kiosk.volunteerId, pin: kiosk.pin };
        const { shiftToken } = await server.must('kiosk.signIn', { as: kiosk.device, body });
        return { id: '', headers: { ...kiosk.device.headers, 'X-Shift': shiftToken } };
      };
      const second = await start();
      expect(await server.refused('kiosk.recent', { as: kiosk })).toBe('kiosk.shift_over');
      expect((await server.must('kiosk.state', { as: second })).shift?.redemptions).toBe(0);
      await server.must('kiosk.signOut', { as: second, body: {} });
      expect(await server.refused('kiosk.recent', { as: second })).toBe('kiosk.shift_over');

      const third = await start();
      await server.must('volunteers.update', {
        as: keeper,
        params: { id: kiosk.volunteerId },
        body: { disabled: true },
      });
      expect(await server.refused('kiosk.recent', { as: third })).toBe('kiosk.shift_over');
      const body = { volunteerId: kiosk.volunteerId, pin: kiosk.pin };
      expect(await server.refused('kiosk.signIn', { as: kiosk.device, body })).toBe('auth.wrong');
      expect(
        (await server.must('kiosk.state', { as: kiosk.device })).volunteers.map(({ id }) => id),
      ).not.toContain(kiosk.volunteerId);
      await server.must('volunteers.update', {
        as: keeper,
        params: { id: kiosk.volunteerId },
        body: { disabled: false },
      });
      await confirmAtOnce(server, kiosk.volunteerId);

      const fourth = await start();
      server.clock.nowMs += 12 * 60 * MINUTE;
      expect(await server.refused('kiosk.recent', { as: fourth })).toBe('kiosk.shift_over');
    });

    test('a device without a volunteer may look at the goods and not at households', async () => {
      const kiosk = await server.asKiosk();
      expect((await server.call('kiosk.goods', { as: kiosk.device })).status).toBe(200);
      const lookup = await server.call('kiosk.lookup', { as: kiosk.device, body: { number: '001' } });
      expect(lookup.problem.code).toBe('auth.forbidden');
    });

    test('volunteers have names of their own', async () => {
      await server.must('volunteers.create', { as: keeper, body: { name: '刘志强' } });
      expect(await server.refused('volunteers.create', { as: keeper, body: { name: '刘志强' } })).toBe(
        'volunteer.name_taken',
      );
      const none = { as: keeper, params: { id: 'none' }, body: { disabled: true } } as const;
      expect(await server.refused('volunteers.update', none)).toBe('volunteer.not_found');
    });
  });
});
