import { eq } from 'drizzle-orm';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { typePin } from '../support/pins.ts';
import { newCardCode } from '../support/presence.ts';
import { type Caller, newKey, startTestServer, type TestServer } from '../support/server.ts';
import { addHousehold } from '../support/shop.ts';
import { ENGINES } from '../support/stores.ts';

const DAY = 86_400_000;
const WECHAT =
  'Mozilla/5.0 (Linux; Android 13; V2171A Build/TP1A.220624.014; wv) AppleWebKit/537.36 (KHTML, like Gecko) ' +
  'Version/4.0 Chrome/87.0.4280.141 Mobile Safari/537.36 XWEB/1160065 MMWEBSDK/20231002 MicroMessenger/8.0.43';
const IPHONE = 'Mozilla/5.0 (iPhone; CPU iPhone OS 14_0 like Mac OS X) AppleWebKit/605.1.15 Safari/604.1';

describe.each(ENGINES)('the phones that see a passbook on $engine', ({ engine, missing }) => {
  describe.skipIf(missing)('through the API', () => {
    let server: TestServer;
    let startMs = 0;

    beforeAll(async () => {
      server = await startTestServer(engine, { limits: { logInsPerMinute: 10_000 } });
      startMs = server.clock.nowMs;
    });
    afterAll(() => server.remove());
    afterEach(() => {
      server.clock.nowMs = startMs;
    });

    async function household(village = { id: server.id, admin: server.admin }) {
      const { id, number } = await addHousehold(server, 700, '王小明', village);
      const as = village.admin;
      const card = await newCardCode(server, id, as);
      const pin = await typePin(server, id, as);
      const open = async (userAgent: string, helper?: string): Promise<Caller> => {
        const body = { villageId: village.id, number, pin, ...(helper === undefined ? {} : { helper }) };
        const { token } = await server.must('me.login', { body, headers: { 'User-Agent': userAgent } });
        return { id, headers: { Authorization: `Household ${token}` } };
      };
      return { id, card, pin, open };
    }

    const phonesOf = async (as: Caller) => (await server.must('me.phones', { as })).items;

    test('are listed with what they are, who helps and since when; the browser’s own words are not kept', async () => {
      const { id, open } = await household();
      const own = await open(WECHAT);
      server.clock.nowMs += 1000;
      await open(IPHONE, '李大嫂');
      const phones = await phonesOf(own);
      expect(phones).toEqual([
        {
          id: expect.any(String) as string,
          system: 'iphone',
          inWeChat: false,
          helper: '李大嫂',
          sinceMs: startMs + 1000,
          untilMs: startMs + 1000 + 90 * DAY,
          isThis: false,
        },
        {
          id: expect.any(String) as string,
          system: 'android',
          inWeChat: true,
          helper: null,
          sinceMs: startMs,
          untilMs: null,
          isThis: true,
        },
      ]);
      const rows = await server.store.read(({ db, t }) =>
        db.select().from(t.sessions).where(eq(t.sessions.subjectId, id)),
      );
      for (const words of ['V2171A', '537.36', 'iPhone OS', 'Mozilla'])
        expect(JSON.stringify(rows)).not.toContain(words);
      const atDesk = await server.must('households.phones', { as: server.admin, params: { id } });
      expect(atDesk.items).toEqual(phones.map(({ isThis: _, ...phone }) => phone));
    });

    test('are ended by the household, at once, and stay ended', async () => {
      const { open } = await household();
      const own = await open(WECHAT);
      const helper = await open(IPHONE, '李大嫂');
      const [theirs] = (await phonesOf(own)).filter((phone) => phone.helper !== null);
      const params = { id: theirs?.id ?? '' };
      expect((await server.call('me.view', { as: helper })).status).toBe(200);
      await server.must('me.endPhone', { as: own, params, body: {} });
      expect(await server.refused('me.view', { as: helper })).toBe('auth.session_ended');
      expect(await phonesOf(own)).toHaveLength(1);
      await server.must('me.endPhone', { as: own, params, body: {} });
    });

    test('are ended at the desk by who may issue cards, and by nobody else', async () => {
      const { id, open } = await household();
      const own = await open(WECHAT);
      const [phone] = await phonesOf(own);
      const params = { id, phoneId: phone?.id ?? '' };
      const supervisor = await server.asStaff('supervisor');
      expect(await server.refused('households.phones', { as: supervisor, params: { id } })).toBe(
        'auth.forbidden',
      );
      expect(await server.refused('households.endPhone', { as: supervisor, params, body: {} })).toBe(
        'auth.forbidden',
      );
      await server.must('households.endPhone', { as: server.admin, params, body: {} });
      expect(await server.refused('me.view', { as: own })).toBe('auth.session_ended');
    });

    test('a helper looks and changes nothing, sees no other phone, and ends by itself after 90 days', async () => {
      const { open } = await household();
      const own = await open(WECHAT);
      const helper = await open(IPHONE, '李大嫂');
      const view = await server.must('me.view', { as: helper });
      expect(view).toMatchObject({
        balance: 700,
        helper: { name: '李大嫂', untilMs: server.clock.nowMs + 90 * DAY },
      });
      expect((await server.must('me.view', { as: own })).helper).toBeNull();
      // Both see that something was done; the data of the household are its own.
      const told = async (as: Caller) => (await server.must('me.acts', { as })).items;
      expect((await told(own)).some(({ changes }) => changes.length > 0)).toBe(true);
      expect((await told(helper)).map(({ act }) => act)).toEqual((await told(own)).map(({ act }) => act));
      expect((await told(helper)).every(({ changes }) => changes.length === 0)).toBe(true);
      const [any] = await phonesOf(own);
      expect(await server.refused('me.phones', { as: helper })).toBe('me.helper');
      expect(await server.refused('me.setGoal', { as: helper, body: { goodsId: null } })).toBe('me.helper');
      expect(
        await server.refused('me.endPhone', { as: helper, params: { id: any?.id ?? '' }, body: {} }),
      ).toBe('me.helper');
      server.clock.nowMs += 90 * DAY - 1000;
      expect((await server.call('me.view', { as: helper })).status).toBe(200);
      server.clock.nowMs += 60_000;
      expect(await server.refused('me.view', { as: helper })).toBe('auth.session_ended');
      expect((await server.call('me.view', { as: own })).status).toBe(200);
      expect(await phonesOf(own)).toHaveLength(1);
    });

    test('a helper may leave, and a new PIN ends everybody’s', async () => {
      const { id, open } = await household();
      const [own, one, other] = [await open(WECHAT), await open(IPHONE, '甲'), await open(IPHONE, '乙')];
      await server.must('me.logout', { as: one, body: {} });
      expect((await phonesOf(own)).map(({ helper }) => helper)).toEqual(
        expect.arrayContaining([null, '乙']) as string[],
      );
      expect(await phonesOf(own)).toHaveLength(2);
      await typePin(server, id);
      for (const as of [own, other])
        expect(await server.refused('me.view', { as })).toBe('auth.session_ended');
    });

    test('of another household or village are not found', async () => {
      const [mine, theirs] = [await household(), await household()];
      const own = await mine.open(WECHAT);
      const other = await theirs.open(WECHAT);
      const elsewhere = await server.addVillage();
      const foreign = await household(elsewhere);
      const far = await foreign.open(WECHAT);
      for (const phone of [(await phonesOf(other))[0], (await phonesOf(far))[0], { id: 'nothing' }]) {
        const id = phone?.id ?? '';
        expect(await server.refused('me.endPhone', { as: own, params: { id }, body: {} })).toBe(
          'phone.not_found',
        );
        const params = { id: mine.id, phoneId: id };
        expect(await server.refused('households.endPhone', { as: server.admin, params, body: {} })).toBe(
          'phone.not_found',
        );
      }
      const params = { id: foreign.id, phoneId: (await phonesOf(far))[0]?.id ?? '' };
      expect(await server.refused('households.endPhone', { as: server.admin, params, body: {} })).toBe(
        'household.not_found',
      );
      expect(
        await server.refused('households.phones', { as: server.admin, params: { id: foreign.id } }),
      ).toBe('household.not_found');
      for (const as of [other, far]) expect((await server.call('me.view', { as })).status).toBe(200);
    });

    test('a log-in of staff is no phone, whatever its id', async () => {
      const { id } = await household();
      const [login] = await server.store.read(({ db, t }) =>
        db.select().from(t.sessions).where(eq(t.sessions.subjectKind, 'staff')).limit(1),
      );
      const params = { id, phoneId: login?.familyId ?? '' };
      expect(
        await server.refused('households.endPhone', { as: server.admin, params, body: {}, key: newKey() }),
      ).toBe('phone.not_found');
    });
  });
});
