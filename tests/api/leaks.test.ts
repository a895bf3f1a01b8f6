import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { businessDay } from '../../shared/business-day.ts';
import { ENDPOINTS, type EndpointId } from '../../shared/endpoints.ts';
import { OPERATIONS } from '../../shared/contract.ts';
import { PERMISSIONS } from '../../shared/permissions.ts';
import type { Role } from '../../shared/roles.ts';
import { maskName } from '../../shared/mask-name.ts';
import { counted, reminded } from '../support/deductions.ts';
import { typePin } from '../support/pins.ts';
import { newCardCode, withCard } from '../support/presence.ts';
import { type Furnished, furnish, sampleOf } from '../support/samples.ts';
import {
  addressOf,
  type Caller,
  type KioskCaller,
  type LooseSent,
  methodOf,
  newKey,
  startTestServer,
  type TestServer,
} from '../support/server.ts';
import { givePoints, signInAgain } from '../support/shop.ts';
import { ENGINES } from '../support/stores.ts';

/** Households with every kind of name and with all other personal fields filled in. */
const PEOPLE = ['单晓', '王　明', '欧阳春燕', '买买提·艾则孜', 'Yusuf Kadir'].map((head, at) => ({
  head,
  number: `号-70${at}`,
  phone: `1390000700${at}`,
  note: `低保户，住东头第 ${at} 排`,
}));
const DEED_NOTE = '当着刘会计的面捡的';
const OFFENCE = '打麻将输了地';
const SENT_BACK = '照片里看不出是谁';
const HELPER = '外孙女小雅';
const CLERK = { displayName: '赵会计', username: 'zhao-kuaiji' };

const isPublic = (id: EndpointId) =>
  (PERMISSIONS[OPERATIONS[id].access] as readonly Role[]).includes('public');
const open = (Object.keys(ENDPOINTS) as EndpointId[]).filter(isPublic);
const PAGES = ['/api/v1/openapi.json', '/', '/board'];

describe.each(ENGINES)('what others get to see on $engine', ({ engine, missing }) => {
  describe.skipIf(missing)('of a village full of people', () => {
    let server: TestServer;
    let at: Furnished;
    let kiosk: KioskCaller;
    let today = '';
    const ids: string[] = [];
    const cards: string[] = [];
    /** Personal texts. The board shows none of them, the kiosk only those that a volunteer needs. */
    let secrets: string[] = [];

    beforeAll(async () => {
      server = await startTestServer(engine);
      at = await furnish(server, server, '本');
      today = businessDay(server.clock.nowMs, 'Asia/Shanghai');
      const as = server.admin;
      for (const person of PEOPLE) {
        const { id } = await server.must('households.create', { as, body: { group: '第七组', ...person } });
        cards.push(await newCardCode(server, id, as));
        await givePoints(server, id, 773_100);
        ids.push(id);
      }
      await deedsAndOffences();
      await server.must('staff.create', { as, body: { ...CLERK, roles: ['supervisor'] } });
      const [card = ''] = cards;
      const pin = await typePin(server, ids[0] ?? '', await server.asStaff('committee'));
      await server.must('me.login', { body: { card, pin, helper: HELPER } });
      kiosk = await server.asKiosk();
      for (const householdId of ids) {
        const basket = { householdId, lines: [{ goodsId: at.goodsId, quantity: 1 }] };
        const [goods] = (await server.must('kiosk.goods', { as: kiosk })).items;
        await server.must('kiosk.redeem', {
          as: kiosk,
          body: await withCard(server, kiosk, { ...basket, expectedPoints: goods?.price ?? 0 }),
        });
      }
      secrets = [
        ...PEOPLE.flatMap(({ head, number, phone, note }) => [head, number, phone, note]),
        ...['王明', '春燕', '艾则孜', 'Kadir'],
        ...[DEED_NOTE, OFFENCE, SENT_BACK, HELPER, pin, CLERK.displayName, CLERK.username],
        ...[at.staff.username, server.admin.username, at.household.card],
        ...[...cards, ...ids],
      ];
    });
    afterAll(() => server.remove());

    async function deedsAndOffences(): Promise<void> {
      const as = server.admin;
      const { ruleId } = at;
      const sample = sampleOf('rules.create', at).body as Record<string, unknown>;
      const offence = await server.must('rules.create', {
        as,
        body: {
          ...sample,
          code: 'N9',
          title: OFFENCE,
          points: -300,
          pointsMin: null,
          pointsMax: null,
          pointsMode: 'fixed',
          perUnit: null,
        } as never,
      });
      const approver = await server.asStaff('approver');
      const propose = async (rule: string, householdIds: string[], points?: number) =>
        (
          await server.must('proposals.create', {
            as: at.staff,
            body: {
              ruleId: rule,
              householdIds,
              note: DEED_NOTE,
              ...(points === undefined ? {} : { points }),
            },
          })
        ).ids;
      const decide = (action: 'approve' | 'return', which: string[]) =>
        server.must('proposals.decide', { as: approver, body: { action, ids: which, reason: SENT_BACK } });
      await decide('approve', await propose(ruleId, ids, 500));
      await reminded(server, { ruleId: offence.id, householdIds: ids });
      const offences = await propose(offence.id, ids);
      await decide('approve', offences);
      await counted(server, offences);
      await decide('return', await propose(ruleId, ids, 700));
      await propose(ruleId, ids, 900);
    }

    const found = (text: string) => secrets.filter((secret) => text.includes(secret));

    async function textOf(path: string, init: RequestInit = {}): Promise<string> {
      const response = await fetch(`${server.url}${path}`, init);
      return `${JSON.stringify([...response.headers])} ${await response.text()}`;
    }

    function ask(id: EndpointId, sent: LooseSent, as?: Caller): Promise<string> {
      const method = methodOf(id);
      const headers = { ...as?.headers, 'Content-Type': 'application/json', 'Idempotency-Key': newKey() };
      const body = method === 'GET' ? {} : { body: JSON.stringify(sent.body ?? {}) };
      return textOf(addressOf(id, sent), { method, headers, ...body });
    }

    test.each(open)('%s tells nobody in particular nothing in particular', async (id) => {
      const wrong: Partial<Record<EndpointId, LooseSent>> = {
        'me.login': { body: { card: cards[1], pin: '000000' } },
        'session.login': { body: { username: CLERK.username, password: 'is it this one?' } },
      };
      const text = await ask(id, wrong[id] ?? sampleOf(id, at));
      expect(found(text)).toEqual([]);
      expect(text).not.toContain('server.bug');
    });

    test.each(PAGES)('%s names nobody', async (path) => {
      expect(found(await textOf(path))).toEqual([]);
    });

    test('the board shows the good deeds of all of them, masked, and no offence', async () => {
      const { deeds } = await server.must('board.view', { params: { villageId: server.id } });
      const theirs = deeds.filter(({ groups }) => groups.includes('第七组'));
      expect(theirs.flatMap(({ names }) => names).sort()).toEqual(
        PEOPLE.map(({ head }) => maskName(head)).sort(),
      );
      expect(theirs.every(({ points }) => points === 500)).toBe(true);
    });

    test('the notice that is printed and hung up says no more, besides whose account was made', async () => {
      const query = { from: today, to: today };
      const notice = await server.must('notices.view', { as: at.staff, query });
      expect(notice.deeds).toBeGreaterThanOrEqual(PEOPLE.length);
      const { accounts, ...front } = notice;
      expect(found(JSON.stringify(front))).toEqual([]);
      expect(found(JSON.stringify(accounts))).toEqual([CLERK.displayName]);
    });

    test('a kiosk nobody is signed in on knows of no household', async () => {
      const device = kiosk.device;
      for (const id of ['kiosk.state', 'kiosk.goods'] as const)
        expect(found(await ask(id, {}, device))).toEqual([]);
      const refused = await ask('kiosk.lookup', { body: { number: PEOPLE[0]?.number } }, device);
      expect(found(refused)).toEqual([]);
    });

    test('a volunteer sees one household at a time, and lists only masked', async () => {
      const [one] = PEOPLE;
      const looked = await ask('kiosk.lookup', { body: { number: one?.number } }, kiosk);
      expect(new Set(found(looked))).toEqual(new Set([one?.head, one?.number, ids[0]]));
      // The kiosk needs numbers and ids to go on. It needs no names, phones or notes.
      const needed = new Set<string | undefined>([...PEOPLE.map(({ number }) => number), ...ids]);
      for (const name of ['单', '春燕', 'mmt', 'yusuf']) {
        const text = await ask('kiosk.find', { body: { name } }, kiosk);
        expect(found(text).filter((secret) => !needed.has(secret))).toEqual([]);
      }
      const recent = await ask('kiosk.recent', {}, kiosk);
      expect(recent).toContain(maskName('欧阳春燕'));
      expect(found(recent).filter((secret) => !needed.has(secret))).toEqual([]);
      const statement = await ask('kiosk.statement', { body: { householdId: ids[2] } }, kiosk);
      // The statement tells the household the reasons of its awards and deductions.
      const own = new Set([DEED_NOTE, OFFENCE]);
      const beyond = found(statement).filter((secret) => !needed.has(secret) && !own.has(secret));
      expect(beyond).toEqual([]);
    });

    test('nobody reads the roster number by number or name by name', async () => {
      const reader = await server.asKiosk();
      const codes: string[] = [];
      for (let count = 0; count < 31; count += 1) {
        const got =
          count % 2 === 0
            ? await server.call('kiosk.lookup', { as: reader, body: { number: String(count) } })
            : await server.call('kiosk.find', { as: reader, body: { name: '王' } });
        codes.push(got.status === 200 ? 'found' : got.problem.code);
      }
      expect(codes.slice(0, 30)).not.toContain('kiosk.looked_often');
      expect(codes.at(-1)).toBe('kiosk.looked_often');
      // A scanned card and another volunteer are not covered by this volunteer's limit.
      await server.must('kiosk.lookup', { as: reader, body: { card: cards[0] ?? '' } });
      await server.must('kiosk.find', { as: kiosk, body: { name: '王' } });
      const startMs = server.clock.nowMs;
      server.clock.nowMs += 61 * 60_000;
      await server.must('kiosk.find', { as: await signInAgain(server, reader), body: { name: '王' } });
      const day = await looksUntilRefused(reader);
      expect(day).toBeLessThan(60);
      server.clock.nowMs = startMs;
    });

    /** Looks households up, 29 an hour, until it is refused, and returns the number of look-ups. */
    async function looksUntilRefused(kiosk: KioskCaller): Promise<number> {
      let as = kiosk;
      for (let count = 0; ; count += 1) {
        if (count % 29 === 0) {
          server.clock.nowMs += 61 * 60_000;
          as = await signInAgain(server, kiosk);
        }
        const { status, problem } = await server.call('kiosk.find', { as, body: { name: '王' } });
        if (status === 200) continue;
        expect(problem.code).toBe('kiosk.looked_often');
        return count;
      }
    }
  });
});
