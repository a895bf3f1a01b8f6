import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { takePins, typePin } from '../support/pins.ts';
import { cardCodeOf } from '../support/presence.ts';
import { type Caller, startTestServer, type TestServer } from '../support/server.ts';
import { ENGINES } from '../support/stores.ts';

const NEXT = '739150';
const MINUTE = 60_000;

describe.each(ENGINES)('a household’s own PIN on $engine', ({ engine, missing }) => {
  describe.skipIf(missing)('is changed on its phone', () => {
    let server: TestServer;
    beforeAll(async () => {
      server = await startTestServer(engine, { limits: { logInsPerMinute: 10_000 } });
    });
    afterAll(() => server.remove());

    async function known() {
      const as = server.admin;
      const { id } = await server.must('households.create', { as, body: { head: '王小明', group: '' } });
      const card = (await cardCodeOf(server, id)) ?? '';
      const pin = await typePin(server, id);
      const logIn = (typed: string, helper?: string) =>
        server.call('me.login', { body: { card, pin: typed, ...(helper === undefined ? {} : { helper }) } });
      const open = async (helper?: string): Promise<Caller> => {
        const { data } = await logIn(pin, helper);
        return { id, headers: { Authorization: `Household ${data.token}` } };
      };
      return { id, pin, logIn, open };
    }
    const change = (as: Caller, pin: string, next = NEXT) =>
      server.call('me.changePin', { as, body: { pin, next } });
    const outcome = async (asked: ReturnType<typeof change>) => {
      const { status, problem } = await asked;
      return status === 200 ? 'done' : problem.code;
    };
    const wrongOf = (pin: string) => (pin === '402937' ? '402938' : '402937');

    it('by who knows the one before: this phone stays, the others log in anew', async () => {
      const { id, pin, logIn, open } = await known();
      const [phone, other, helper] = [await open(), await open(), await open('李大嫂')];
      expect(await outcome(change(phone, pin))).toBe('done');
      await server.must('me.view', { as: phone });
      for (const ended of [other, helper])
        expect(await server.refused('me.view', { as: ended })).toBe('auth.session_ended');
      expect((await logIn(pin)).problem.code).toBe('auth.wrong');
      expect((await logIn(NEXT)).status).toBe(200);
      const { items } = await server.must('me.acts', { as: phone, query: { limit: 1 } });
      expect(items).toMatchObject([
        { act: 'households.pin_changed', words: { zh: '改了密码，本户自己在手机上' }, changes: [] },
      ]);
      const [act] = (await server.must('acts.list', { as: server.admin, query: { limit: 1 } })).items;
      expect(act).toMatchObject({ act: 'households.pin_changed', actorId: id, via: 'phone' });
      expect(JSON.stringify([items, act])).not.toMatch(new RegExp(`${pin}|${NEXT}`));
    });

    it('and its slip is not printed again', async () => {
      const { id } = await known();
      const as = server.admin;
      await server.must('households.makePins', { as, body: { householdIds: [id], replace: true } });
      const made = async () =>
        (await server.must('households.pinSlips', { as })).items.find(
          ({ householdId }) => householdId === id,
        );
      const printed = (await takePins(server, as, [id])).get(id) ?? '';
      const card = (await cardCodeOf(server, id)) ?? '';
      const { token } = await server.must('me.login', { body: { card, pin: printed } });
      const phone = { id, headers: { Authorization: `Household ${token}` } };
      const next = async () => {
        await server.must('households.makePins', { as, body: { householdIds: [id], replace: true } });
        expect(await made()).toBeDefined();
      };
      expect(await outcome(change(phone, printed))).toBe('done');
      expect(await made()).toBeUndefined();
      await next();
      await typePin(server, id);
      expect(await made()).toBeUndefined();
    });

    it.each(['123456', '111222', '123321', '121212'])('but not to one that is guessed: %s', async (next) => {
      const { pin, open, logIn } = await known();
      expect(await outcome(change(await open(), pin, next))).toBe('me.weak_pin');
      expect((await logIn(pin)).status).toBe(200);
    });

    it('nor to the same, nor by a helper', async () => {
      const { pin, open } = await known();
      expect(await outcome(change(await open(), pin, pin))).toBe('me.same_pin');
      expect(await outcome(change(await open('李大嫂'), pin))).toBe('me.helper');
    });

    it('and wrong tries count with those at the log-in by card', async () => {
      const { pin, open, logIn } = await known();
      const phone = await open();
      const wrong = wrongOf(pin);
      for (const typed of [change(phone, wrong), logIn(wrong), change(phone, wrong), logIn(wrong)])
        expect((await typed).problem.code).toBe('auth.wrong');
      expect(await outcome(change(phone, wrong))).toBe('auth.locked');
      expect(await outcome(change(phone, pin))).toBe('auth.locked');
      expect((await logIn(pin)).problem.code).toBe('auth.locked');
      server.clock.nowMs += MINUTE;
      expect(await outcome(change(phone, pin))).toBe('done');
    });

    it('by no phone whose log-in ends while the PIN is checked', async () => {
      const { id, pin, open, logIn } = await known();
      const [phone, other] = [await open(), await open()];
      const [found] = (await server.must('me.phones', { as: other })).items.filter(({ isThis }) => !isThis);
      // The change hashes two PINs outside of its transaction, so that the end of the log-in comes first.
      const asked = outcome(change(phone, pin));
      await server.must('households.endPhone', {
        as: server.admin,
        params: { id, phoneId: found?.id ?? '' },
        body: {},
      });
      expect(['auth.session_ended', 'done']).toContain(await asked);
      const isChanged = (await logIn(NEXT)).status === 200;
      expect(isChanged).toBe((await asked) === 'done');
    });

    it('once, if it is asked for twice at the same time', async () => {
      const { pin, open, logIn } = await known();
      const [one, other] = [await open(), await open()];
      const ends = [await outcome(change(one, pin)), await outcome(change(other, pin, '908172'))];
      expect(ends).toEqual(['done', 'auth.session_ended']);
      const [first, second] = await Promise.all([
        outcome(change(one, NEXT, '908172')),
        outcome(change(one, NEXT, '615093')),
      ]);
      expect([first, second].sort()).toEqual(['auth.wrong', 'done']);
      expect((await logIn(first === 'done' ? '908172' : '615093')).status).toBe(200);
    });
  });
});
