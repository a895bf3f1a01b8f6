import { readHead } from '../../server/ledger/index.ts';
import { randomBytes } from 'node:crypto';
import { createServer, type Server } from 'node:http';
import { connect, type AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';
import { pino } from 'pino';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { createApp } from '../../server/app.ts';
import { withCard } from '../support/presence.ts';
import { type AnswerOf, newKey, startTestServer, type TestServer } from '../support/server.ts';
import { ENGINES, openTestStore, type TestStore } from '../support/stores.ts';

const SETUP = {
  village: { name: '前洼村', town: '谷旦镇' },
  admin: { displayName: '王支书', username: 'wang', password: 'plum-blossom-9' },
};

const STEPS = [
  ...['households', 'rules', 'goods', 'balances', 'stock', 'secondPerson', 'volunteer', 'kiosk'],
  ...['print', 'opening', 'firstRedemption'],
];
const NOTHING_DONE = Object.fromEntries(STEPS.map((step) => [step, false]));
const ALL_DONE = Object.fromEntries(STEPS.map((step) => [step, true]));

describe.each(ENGINES)('setting up on $engine', ({ engine, missing }) => {
  describe.skipIf(missing)('an empty installation', () => {
    let test1: TestStore;
    let server: Server;
    let url = '';

    beforeEach(async () => {
      test1 = await openTestStore(engine);
      const { app } = createApp({
        store: test1.store,
        config: {
          secrets: { current: 'a secret of the tests, long enough to count', previous: [] },
          setupCode: '5e7c0de',
          dataDir: test1.dataDir,
          trustProxy: 1,
          publicUrl: '',
          version: '0.0.0-test',
        },
        clock: () => Date.now(),
        random: (size) => randomBytes(size),
        logger: pino({ level: 'silent' }),
      });
      server = createServer(app);
      await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
      url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/api/v1`;
    });
    afterEach(async () => {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
      await test1.remove();
    });

    async function ask(path: string, body?: object, headers: Record<string, string> = {}) {
      const response = await fetch(`${url}${path}`, {
        ...(body === undefined ? {} : { method: 'POST', body: JSON.stringify(body) }),
        headers: { 'Content-Type': 'application/json', 'Idempotency-Key': newKey(), ...headers },
      });
      const answer = (await response.json()) as Record<string, never>;
      return { status: response.status, answer, cookie: response.headers.get('Set-Cookie') };
    }

    test('makes village, book and first account, and logs it in', async () => {
      expect((await ask('/setup')).answer).toEqual({ needsSetup: true, needsCode: false });
      const { status, answer, cookie } = await ask('/setup', SETUP);
      expect(status).toBe(200);
      expect(answer).toMatchObject({
        staff: { username: 'wang', displayName: '王支书', roles: ['admin'], mustChangePassword: false },
        village: { name: '前洼村', town: '谷旦镇', isDemo: false },
      });
      expect(cookie).toMatch(/HttpOnly/i);
      const headers = { Authorization: `Bearer ${String(answer.accessToken)}` };
      const summary = await ask('/village/summary', undefined, headers);
      expect(summary.answer).toEqual({
        notices: { deeds: 0, toReview: 0, toPutUp: 0 },
        objections: { forMe: 0, atRisk: 0, overdue: 0, appeals: 0 },
        rounds: { toMark: 0, toClose: 0 },
        reports: { forMe: 0 },
        reminders: 0,
        workdays: { open: 0 },
        beganAtMs: expect.any(Number) as number,
        households: 0,
        waitingForMe: 0,
        returnedToMe: 0,
        pointsOwed: 0,
        stockCostFen: 0,
        coverRatioPercent: null,
        awardedThisMonth: 0,
        redeemedThisMonth: 0,
        // The founding and the first account are acts.
        entries: 2,
        unconfirmedStaff: 0,
        lateRows: 0,
        keysToConfirm: 0,
        volunteersToConfirm: 0,
        stillShared: null,
        changesForMe: 0,
        soldOut: 0,
        lastVerification: null,
        setup: { ...NOTHING_DONE },
        movedAddress: null,
        handover: null,
        recheck: null,
      });
      const acts = (await ask('/acts', undefined, headers)).answer as unknown as AnswerOf<'acts.list'>;
      expect(acts.items).toMatchObject([
        { number: 2, act: 'staff.created', by: '王支书', via: 'setup', thing: { name: '王支书' } },
        {
          ...{ number: 1, act: 'village.founded', by: '王支书', via: 'setup' },
          // The settings that it begins with follow.
          changes: expect.arrayContaining([
            expect.objectContaining({ field: 'name', is: '前洼村' }),
            expect.objectContaining({ field: 'town', is: '谷旦镇' }),
            expect.objectContaining({ field: 'pinAboveHundredths', is: 3000 }),
          ]) as unknown[],
        },
      ]);
      expect((await ask('/setup')).answer).toEqual({ needsSetup: false, needsCode: false });
      expect((await ask('/setup', SETUP)).answer).toMatchObject({ code: 'setup.done' });
      expect((await ask('/setup/demo', {})).answer).toMatchObject({ code: 'setup.done' });
    });

    test('lets one of eight at once through', async () => {
      const got = await Promise.all(
        Array.from({ length: 8 }, (_, n) =>
          ask('/setup', { ...SETUP, admin: { ...SETUP.admin, username: `admin${n}` } }),
        ),
      );
      expect(got.filter(({ status }) => status === 200)).toHaveLength(1);
      for (const { status, answer } of got)
        if (status !== 200) expect(answer).toMatchObject({ code: 'setup.done' });
      const rows = await test1.store.read(async ({ db, t }) => ({
        villages: await db.select().from(t.villages),
        staff: await db.select().from(t.staff),
        heads: await db.select().from(t.ledgerHeads),
      }));
      expect([rows.villages.length, rows.staff.length, rows.heads.length]).toEqual([1, 1, 1]);
    });

    test('asks whoever comes from elsewhere for the code', async () => {
      const far = { 'X-Forwarded-For': '203.0.113.7' };
      expect((await ask('/setup', undefined, far)).answer).toEqual({ needsSetup: true, needsCode: true });
      expect((await ask('/setup', SETUP, far)).answer).toMatchObject({ code: 'setup.code' });
      for (const code of ['', '5e7c0d', '5e7c0def', '5E7C0DE']) {
        expect((await ask('/setup', { ...SETUP, code }, far)).answer).toMatchObject({ code: 'setup.code' });
        expect((await ask('/setup/demo', { code }, far)).answer).toMatchObject({ code: 'setup.code' });
      }
      expect((await ask('/setup', { ...SETUP, code: ' 5e7c0de ' }, far)).status).toBe(200);
    });

    test('takes for its own machine only who asks for it by that name, past no proxy', async () => {
      const port = Number(new URL(url).port);
      const needsCode = async (first: string, headers: Record<string, string>) => {
        const lines = Object.entries(headers).map(([name, value]) => `${name}: ${value}\r\n`);
        const socket = connect(port, '127.0.0.1');
        socket.write(`${first}\r\n${lines.join('')}Connection: close\r\n\r\n`);
        const answer = await text(socket);
        return (JSON.parse(answer.slice(answer.indexOf('\r\n\r\n'))) as { needsCode: boolean }).needsCode;
      };
      const get = 'GET /api/v1/setup HTTP/1.1';
      for (const Host of [`127.0.0.1:${port}`, 'localhost', `LocalHost:${port}`, `[::1]:${port}`])
        expect([Host, await needsCode(get, { Host })]).toEqual([Host, false]);
      for (const Host of [
        'shop.example',
        '192.168.1.9:8080',
        'localhost.evil.example',
        '127.0.0.1.evil.example',
      ])
        expect([Host, await needsCode(get, { Host })]).toEqual([Host, true]);
      // An empty header must not hide the one that says it.
      const empty = { Host: 'localhost', 'X-Forwarded-For': '', 'X-Real-IP': '203.0.113.7' };
      expect(await needsCode(get, empty)).toBe(true);
      expect(await needsCode(get, { Host: 'localhost', 'X-Forwarded-Proto': 'https' })).toBe(true);
      expect(await needsCode('GET /api/v1/setup HTTP/1.0', { Host: 'localhost' })).toBe(true);
    });

    test('takes no weak password, and leaves nothing behind', async () => {
      for (const password of ['1234567890', 'wangwang-wang', 'password123']) {
        const { answer } = await ask('/setup', { ...SETUP, admin: { ...SETUP.admin, password } });
        expect(answer).toMatchObject({ code: 'auth.weak_password' });
      }
      expect((await ask('/setup')).answer).toMatchObject({ needsSetup: true });
    });
  });

  describe.skipIf(missing)('a village', () => {
    let server: TestServer;
    beforeAll(async () => {
      server = await startTestServer(engine);
    });
    afterAll(() => server.remove());

    test('changes what is given and keeps the rest', async () => {
      const as = server.admin;
      const before = await server.must('village.get', { as });
      expect(before).toMatchObject({
        name: '前洼村',
        settings: { pointValueFen: 100, timeZone: 'Asia/Shanghai' },
      });
      const changed = await server.must('village.update', {
        as,
        body: { settings: { shopHours: '逢三逢八 8–11 点' } },
      });
      expect(changed).toEqual({ ...before, settings: { ...before.settings, shopHours: '逢三逢八 8–11 点' } });
      await server.must('village.update', { as, body: { town: '古丹镇' } });
      expect(await server.must('village.get', { as })).toEqual({ ...changed, town: '古丹镇' });
    });

    test('loses no setting of two changed at once', async () => {
      const as = server.admin;
      await Promise.all([
        server.must('village.update', { as, body: { settings: { pinAboveHundredths: 500 } } }),
        server.must('village.update', { as, body: { settings: { deliveryNeedsSecondAboveFen: 900 } } }),
        server.must('village.update', { as, body: { name: '后洼村' } }),
      ]);
      expect(await server.must('village.get', { as })).toMatchObject({
        name: '后洼村',
        settings: { pinAboveHundredths: 500, deliveryNeedsSecondAboveFen: 900 },
      });
    });

    test('refuses settings that cannot be', async () => {
      const as = server.admin;
      for (const settings of [
        { pointValueFen: 0 },
        { pointValueFen: 1.5 },
        { timeZone: 'Mars/Olympus' },
        { shopHours: 'x'.repeat(101) },
      ]) {
        expect(await server.refused('village.update', { as, body: { settings } })).toBe('request.invalid');
      }
      const committee = await server.asStaff('committee');
      expect(await server.refused('village.update', { as: committee, body: { name: '改名' } })).toBe(
        'auth.forbidden',
      );
    });

    test('tells how it stands: what is owed, what covers it, and what has been set up', async () => {
      const village = await server.addVillage('西洼村');
      const as = village.admin;
      const approver = await server.asStaff('approver', { village });
      const summary = () => server.must('village.summary', { as });
      expect((await summary()).setup).toEqual({ ...NOTHING_DONE, secondPerson: true, opening: true });

      const household = await server.must('households.create', { as, body: { head: '王明', group: '' } });
      const rule = await server.must('rules.create', {
        as,
        body: {
          ...{
            code: 'A1',
            category: '五美',
            title: '庭院美',
            pointsMode: 'fixed',
            points: 1200,
            pointsMin: null,
            pointsMax: null,
          },
          ...{
            perUnit: null,
            proposer: '',
            evidence: '',
            limitText: '',
            caps: [],
          },
          enabled: true,
        },
      });
      const goods = await server.must('goods.create', {
        as,
        body: {
          kind: 'goods',
          category: '日用',
          name: '香皂',
          unit: '块',
          price: 500,
          costFen: 400,
          barcode: null,
          monthlyLimit: null,
          enabled: true,
        },
      });
      const stocked = { quantity: 2, totalCostFen: 799, source: 'bought' as const };
      expect((await summary()).setup).toMatchObject({ goods: true, stock: false, balances: false });
      await server.must('goods.stockIn', { as, params: { id: goods.id }, body: stocked });
      expect((await summary()).setup).toMatchObject({ stock: true, balances: false });
      const { ids } = await server.must('proposals.create', {
        as,
        body: { ruleId: rule.id, householdIds: [household.id] },
      });
      expect((await server.must('village.summary', { as: approver })).waitingForMe).toBe(1);
      expect((await summary()).waitingForMe).toBe(0); // her own
      await server.must('proposals.decide', { as: approver, body: { action: 'approve', ids } });
      expect((await summary()).setup).toMatchObject({ balances: true, firstRedemption: false });
      const kiosk = await server.asKiosk(village);
      const basket = await withCard(server, kiosk, {
        householdId: household.id,
        lines: [{ goodsId: goods.id, quantity: 1 }],
        expectedPoints: 500,
      });
      const undone = await server.must('kiosk.redeem', { as: kiosk, body: basket });
      await server.must('kiosk.undo', { as: kiosk, params: { id: undone.id } });
      await server.must('kiosk.redeem', { as: kiosk, body: basket });

      const head = await server.store.read((reader) => readHead(reader, village.id));
      expect(await summary()).toEqual({
        notices: { deeds: 0, toReview: 0, toPutUp: 0 },
        objections: { forMe: 0, atRisk: 0, overdue: 0, appeals: 0 },
        rounds: { toMark: 0, toClose: 0 },
        reports: { forMe: 0 },
        reminders: 0,
        workdays: { open: 0 },
        beganAtMs: expect.any(Number) as number,
        households: 1,
        waitingForMe: 0,
        returnedToMe: 0,
        pointsOwed: 700,
        stockCostFen: 400, // 799 − floor(799 / 2)
        coverRatioPercent: 57, // 4 of 7 yuan
        awardedThisMonth: 1200,
        redeemedThisMonth: 500, // the undone one does not count
        entries: head?.number,
        soldOut: 0,
        lastVerification: null,
        setup: ALL_DONE,
        unconfirmedStaff: 0,
        lateRows: 0,
        keysToConfirm: 0,
        volunteersToConfirm: 0,
        stillShared: null,
        changesForMe: 0,
        movedAddress: null,
        handover: null,
        recheck: null,
      });
      // A household that comes later, without a card or PIN, does not bring the first morning back.
      await server.must('households.create', { as, body: { head: '陈晚', group: '' } });
      expect((await summary()).setup).toEqual(ALL_DONE);
    });

    test('knows each step of the first morning, and those that somebody notes', async () => {
      const village = await server.addVillage('东洼村', false);
      const as = village.admin;
      const setup = async () => (await server.must('village.summary', { as })).setup;
      const note = (step: 'balances' | 'stock' | 'print') =>
        server.must('village.noteStep', { as, body: { step } });
      expect(await setup()).toEqual(NOTHING_DONE);
      await note('balances');
      await note('balances');
      await note('stock');
      expect(await setup()).toEqual({ ...NOTHING_DONE, balances: true, stock: true });

      const { id, card } = await server.must('households.create', { as, body: { head: '王明', group: '' } });
      await server.must('volunteers.create', { as, body: { name: '小李' } });
      await server.must('cards.markPrinted', {
        as,
        body: { cards: [{ householdId: id, issuedAtMs: card?.issuedAtMs ?? 0 }] },
      });
      expect(await setup()).toMatchObject({ households: true, volunteer: true, print: false });
      await server.must('households.makePins', { as, body: { householdIds: [id], replace: false } });
      expect(await setup()).toMatchObject({ print: true, opening: false });
      await server.must('households.create', { as, body: { head: '陈二', group: '' } });
      expect(await setup()).toMatchObject({ print: false });
      await note('print');
      expect(await setup()).toMatchObject({ print: true, opening: false, firstRedemption: false });

      const committee = await server.asStaff('committee', { village });
      expect(await server.refused('village.noteStep', { as: committee, body: { step: 'print' } })).toBe(
        'auth.forbidden',
      );
    });
  });
});
