import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { isCardCode } from '../../shared/cards/code.ts';
import { typePin } from '../support/pins.ts';
import { cardCodeOf, newCardCode } from '../support/presence.ts';
import { type AnswerOf, type Caller, startTestServer, type TestServer } from '../support/server.ts';
import { ENGINES } from '../support/stores.ts';

type Household = AnswerOf<'households.create'>;

describe.each(ENGINES)('households on $engine', ({ engine, missing }) => {
  describe.skipIf(missing)('through the API', () => {
    let server: TestServer;
    let as: Caller;
    const roster: Household[] = [];

    async function add(head: string, group = '第一组', number?: string): Promise<Household> {
      return server.must('households.create', {
        as,
        body: { head, group, ...(number === undefined ? {} : { number }) },
      });
    }

    async function find(q: string): Promise<string[]> {
      const { items, total, next } = await server.must('households.list', { as, query: { q } });
      expect(total).toBe(items.length);
      expect(next).toBeNull();
      return items.map(({ number, head }) => `${number} ${head}`);
    }

    beforeAll(async () => {
      server = await startTestServer(engine);
      as = server.admin;
      for (const head of ['欧阳合爱', '单田芳', '王小明', '王晓敏', '吕布']) roster.push(await add(head));
      for (const head of ['曾乐', '尉迟恭', '解珍']) roster.push(await add(head, '第二组'));
      roster.push(
        await add('Li Wei', '第二组'),
        await add('百%户', '第三组', '2-15'),
        await add('仇和', '第三组', '120'),
      );
    });
    afterAll(() => server.remove());

    test('get the next number in the style of the village, an account and a card', async () => {
      expect(roster.map(({ number }) => number)).toEqual([
        ...['001', '002', '003', '004', '005', '006', '007', '008', '009'],
        ...['2-15', '120'],
      ]);
      for (const { card, balance, held, hasPin, state } of roster) {
        expect(card?.lastDigits).toMatch(/^\d{4}$/);
        expect({ balance, held, hasPin, state }).toEqual({
          balance: 0,
          held: 0,
          hasPin: false,
          state: 'active',
        });
      }
      const codes = await Promise.all(roster.map(({ id }) => cardCodeOf(server, id)));
      expect(codes.filter((code) => isCardCode(code ?? ''))).toHaveLength(roster.length);
      expect(new Set(codes).size).toBe(roster.length);
      expect((await add('赵六')).number).toBe('121');
    });

    test('keep a number to themselves, however it is written', async () => {
      for (const number of ['001', '1', '0001']) {
        const body = { head: '某人', group: '', number };
        expect(await server.refused('households.create', { as, body })).toBe('household.number_taken');
      }
      const params = { id: roster[1]?.id ?? '' };
      expect(await server.refused('households.update', { as, params, body: { number: '3' } })).toBe(
        'household.number_taken',
      );
      // Its own number in another writing is no conflict.
      expect(await server.must('households.update', { as, params, body: { number: '2' } })).toMatchObject({
        number: '2',
      });
      await server.must('households.update', { as, params, body: { number: '002' } });
    });

    test('are found by number: the whole one first, then those that begin with it', async () => {
      expect(await find('1')).toEqual(['001 欧阳合爱', '120 仇和', '121 赵六']);
      expect(await find('12')).toEqual(['120 仇和', '121 赵六']);
      expect(await find('００3')).toEqual(['003 王小明']);
      expect(await find('2-15')).toEqual(['2-15 百%户']);
    });

    test('are found by a part of the name, taken literally', async () => {
      expect(await find('小明')).toEqual(['003 王小明']);
      expect(await find('王')).toEqual(['003 王小明', '004 王晓敏']);
      expect(await find('%')).toEqual(['2-15 百%户']);
      expect(await find('_')).toEqual([]);
      expect(await find('li w')).toEqual(['009 Li Wei']);
    });

    test.each([
      ['wxm', ['003 王小明', '004 王晓敏']],
      ['wangxiaomin', ['003 王小明', '004 王晓敏']],
      ['Wang Xiaoming', ['003 王小明']],
      ['xiaoming', ['003 王小明']],
      ['shantianfang', ['002 单田芳']],
      ['dtf', ['002 单田芳']],
      ['oyha', ['001 欧阳合爱']],
      ['yuchi', ['007 尉迟恭']],
      ['xiezhen', ['008 解珍']],
      ['qiuhe', ['120 仇和']],
      ['lvbu', ['005 吕布']],
      ['lübu', ['005 吕布']],
      ['zengle', ['006 曾乐']],
      ['zengyue', ['006 曾乐']],
      ['liwei', ['009 Li Wei']],
      ['ming', ['003 王小明']],
      ['angxiao', []],
    ])('are found by pinyin: %s', async (q, found) => {
      expect(await find(q)).toEqual(found);
    });

    test('are found by the code of a valid card', async () => {
      expect(await find((await cardCodeOf(server, roster[4]?.id ?? '')) ?? '')).toEqual(['005 吕布']);
    });

    test('are not listed empty where a page was asked for that is none', async () => {
      for (const after of ['zzz', '2:001', '0:']) {
        expect(await server.refused('households.list', { as, query: { after } })).toBe('request.invalid');
      }
      const before = 'zz';
      expect(await server.refused('proposals.list', { as, query: { before } })).toBe('request.invalid');
    });

    test('come page by page in the order of their numbers, none twice', async () => {
      const seen: string[] = [];
      let after: string | null = '';
      while (after !== null) {
        const query: { limit: number; after?: string } = { limit: 5, ...(after === '' ? {} : { after }) };
        const page: AnswerOf<'households.list'> = await server.must('households.list', { as, query });
        expect(page.total).toBe(12);
        seen.push(...page.items.map(({ number }) => number));
        after = page.next;
      }
      const plain = ['001', '002', '003', '004', '005', '006', '007', '008', '009', '120', '121'];
      expect(seen.filter((number) => number !== '2-15')).toEqual(plain);
      expect(seen).toHaveLength(12);

      const first = await server.must('households.list', { as, query: { q: '1', limit: 1 } });
      const second = await server.must('households.list', {
        as,
        query: { q: '1', limit: 2, after: first.next ?? '' },
      });
      expect([...first.items, ...second.items].map(({ number }) => number)).toEqual(['001', '120', '121']);
      expect(second.next).toBeNull();
    });

    test('are counted by group, and listed by it', async () => {
      const { items } = await server.must('households.groups', { as });
      expect(items).toEqual([
        { name: '第一组', households: 6 },
        { name: '第三组', households: 2 }, // 2-15 comes before 006
        { name: '第二组', households: 4 },
      ]);
      const { total } = await server.must('households.list', { as, query: { group: '第二组', q: 'z' } });
      expect(total).toBe(2); // 曾乐, 解珍
    });

    test('change only in what is given, and are found by the new name', async () => {
      const { id } = await add('孙七', '第一组', '301');
      const params = { id };
      await server.must('households.update', { as, params, body: { phone: '13800001111', size: 4 } });
      const changed = await server.must('households.update', { as, params, body: { head: '周八' } });
      expect(changed).toMatchObject({
        head: '周八',
        phone: '13800001111',
        size: 4,
        group: '第一组',
        number: '301',
      });
      expect(await find('zhouba')).toEqual(['301 周八']);
      expect(await find('sunqi')).toEqual([]);
      expect(await server.must('households.update', { as, params, body: { phone: null } })).toMatchObject({
        phone: null,
        size: 4,
      });
    });

    test('keep no unseen signs in a name, and no name made of them alone', async () => {
      const { head } = await server.must('households.update', {
        as,
        params: { id: (await add('卢生僻', '第九组')).id },
        body: { head: '\u202e卢\u200b生\u2067僻\ufeff' },
      });
      expect(head).toBe('卢生僻');
      const unseen = { head: '\u200b\u2060', group: '第九组' };
      expect(await server.refused('households.create', { as, body: unseen })).toBe('request.invalid');
    });

    test('lose the old card the moment a new one is issued', async () => {
      const household = await add('卡一', '第一组', '401');
      const kiosk = await server.asKiosk();
      const old = (await cardCodeOf(server, household.id)) ?? '';
      const params = { id: household.id };
      expect(await server.must('kiosk.lookup', { as: kiosk, body: { card: old } })).toMatchObject({
        number: '401',
      });
      const fresh = await newCardCode(server, household.id, as);
      expect(isCardCode(fresh)).toBe(true);
      expect(fresh).not.toBe(old);
      expect(await server.refused('kiosk.lookup', { as: kiosk, body: { card: old } })).toBe('card.revoked');
      await server.must('kiosk.lookup', { as: kiosk, body: { card: fresh } });
      expect(await server.must('households.get', { as, params })).toMatchObject({
        card: { lastDigits: fresh.slice(-4) },
      });

      await server.must('households.revokeCard', { as, params });
      expect(await server.refused('kiosk.lookup', { as: kiosk, body: { card: fresh } })).toBe('card.revoked');
      expect(await server.must('households.get', { as, params })).toMatchObject({ card: null });
      expect(await server.refused('households.revokeCard', { as, params })).toBe('card.unknown');
    });

    test('have one valid card after ten were issued at once', async () => {
      const { id } = await add('卡二', '第一组', '402');
      const issued = await Promise.all(
        Array.from({ length: 10 }, () => server.must('households.issueCard', { as, params: { id } })),
      );
      const valid = await server.store.read(async ({ db, t }) => db.select().from(t.cards));
      const codes = valid
        .filter((card) => card.householdId === id && card.revokedAtMs === null)
        .map(({ code }) => code);
      expect(codes).toHaveLength(1);
      expect(issued.map(({ lastDigits }) => lastDigits)).toContain(codes[0]?.slice(-4));
    });

    test('a repeated request for a card gives the same card', async () => {
      const { id } = await add('卡三', '第一组', '403');
      const key = 'one-intent-one-card';
      const [first, second] = [
        await server.must('households.issueCard', { as, params: { id }, key }),
        await server.must('households.issueCard', { as, params: { id }, key }),
      ];
      expect(second).toEqual(first);
    });

    test('type a PIN that nobody guesses, and it ends the log-ins under the old one', async () => {
      const household = await add('号一', '第一组', '404');
      const params = { id: household.id };
      const first = { pin: await typePin(server, household.id, as) };
      expect(await server.refused('households.resetPin', { as, params, body: { pin: '112211' } })).toBe(
        'auth.weak_pin',
      );
      const card = (await cardCodeOf(server, household.id)) ?? '';
      const { token } = await server.must('me.login', { body: { card, pin: first.pin } });
      const phone: Caller = { id: household.id, headers: { Authorization: `Household ${token}` } };
      expect(await server.must('me.view', { as: phone })).toMatchObject({ household: { number: '404' } });

      const second = { pin: await typePin(server, household.id, as) };
      expect(await server.refused('me.view', { as: phone })).toBe('auth.session_ended');
      expect(await server.refused('me.login', { body: { card, pin: first.pin } })).toBe('auth.wrong');
      await server.must('me.login', { body: { card, pin: second.pin } });
      expect(await server.must('households.get', { as, params })).toMatchObject({ hasPin: true });
      // The PIN is in no table as it is.
      const stored = await server.store.read(async ({ db, t }) => [
        await db.select().from(t.commands),
        await db.select().from(t.households),
      ]);
      expect(JSON.stringify(stored)).not.toContain(second.pin);
    });

    test('of another village are not there', async () => {
      const other = await server.addVillage();
      const id = roster[0]?.id ?? '';
      const stranger = other.admin;
      expect(await server.refused('households.get', { as: stranger, params: { id } })).toBe(
        'household.not_found',
      );
      expect(await server.refused('households.issueCard', { as: stranger, params: { id } })).toBe(
        'household.not_found',
      );
      expect(await server.refused('households.revokeCard', { as: stranger, params: { id } })).toBe(
        'household.not_found',
      );
      expect(
        await server.refused('households.resetPin', {
          as: stranger,
          params: { id },
          body: { pin: '483920' },
        }),
      ).toBe('household.not_found');
      expect(await server.refused('households.passbook', { as: stranger, params: { id } })).toBe(
        'household.not_found',
      );
      const update = { as: stranger, params: { id }, body: { head: '冒名' } };
      expect(await server.refused('households.update', update)).toBe('household.not_found');
      expect((await server.must('households.list', { as: stranger })).total).toBe(0);
      expect(
        await server.must('households.create', { as: stranger, body: { head: '同号', group: '' } }),
      ).toMatchObject({ number: '001' });
    });
  });
});
