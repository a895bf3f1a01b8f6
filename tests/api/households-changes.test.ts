import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { runCommand } from '../../server/commands/index.ts';
import type { HouseholdChangeBody } from '../../shared/households/contract.ts';
import { cardCodeOf } from '../support/presence.ts';
import { deducted } from '../support/deductions.ts';
import { postEntry } from '../support/entry-commands.ts';
import { createLedger, heldAccount, householdAccount, verify } from '../support/ledger.ts';
import {
  type AnswerOf,
  newKey,
  type StaffCaller,
  startTestServer,
  type TestServer,
} from '../support/server.ts';
import { ENGINES } from '../support/stores.ts';

type Household = AnswerOf<'households.get'>;

describe.each(ENGINES)('what becomes of households on $engine', ({ engine, missing }) => {
  describe.skipIf(missing)('through the API', () => {
    let server: TestServer;
    let committee: StaffCaller;
    let approver: StaffCaller;
    let ruleId = '';

    beforeAll(async () => {
      server = await startTestServer(engine);
      committee = await server.asStaff('committee');
      approver = await server.asStaff('approver');
      const rule = await server.must('rules.create', {
        as: server.admin,
        body: {
          ...{ code: 'N7', category: '五美家庭', title: '评议', pointsMode: 'judged', points: null },
          ...{ pointsMin: null, pointsMax: null, perUnit: null, proposer: '', evidence: '', limitText: '' },
          ...{ caps: [], enabled: true },
        },
      });
      ruleId = rule.id;
    });
    afterAll(() => server.remove());

    async function propose(id: string, body: HouseholdChangeBody, as = committee): Promise<string> {
      return (await server.must('households.proposeChange', { as, params: { id }, body })).id;
    }
    const refusal = (id: string, body: HouseholdChangeBody) =>
      server.refused('households.proposeChange', { as: committee, params: { id }, body });
    const decide = (
      ids: readonly string[],
      action: 'approve' | 'return' | 'withdraw' = 'approve',
      as = approver,
    ) => server.call('proposals.decide', { as, body: { action, ids: [...ids], reason: '核对' } });
    const get = (id: string): Promise<Household> =>
      server.must('households.get', { as: committee, params: { id } });
    const award = async (householdIds: string[], points: number) =>
      (await server.must('proposals.create', { as: committee, body: { ruleId, householdIds, points } })).ids;

    /** A household with this balance. */
    async function household(head: string, points = 0): Promise<Household> {
      const { id } = await server.must('households.create', {
        as: server.admin,
        body: { head, group: '第一组' },
      });
      if (points !== 0) expect((await decide(await award([id], points))).status).toBe(200);
      return get(id);
    }

    async function passbook(id: string) {
      const { items } = await server.must('households.passbook', { as: committee, params: { id } });
      return items.map(({ kind, amount, balanceAfter, text }) => ({ kind, amount, balanceAfter, ...text }));
    }

    /** The points of all households and the lapsed points, by the trial balance. */
    async function trial() {
      const { units } = await server.must('ledger.trialBalance', { as: committee });
      const points = units.find(({ unit }) => unit === 'POINT');
      const sumOf = (kind: string) => {
        const account = points?.accounts.find((one) => one.kind === kind);
        return (account?.debit ?? 0) - (account?.credit ?? 0);
      };
      return { sum: points?.sum, households: sumOf('household'), lapsed: sumOf('lapsed') };
    }

    async function holdsTrue(): Promise<void> {
      expect(await verify(server.store, server.id)).toMatchObject({ ok: true, bad: null });
      expect((await trial()).sum).toBe(0);
    }

    const splitOff = (head: string, points: number, number?: string): HouseholdChangeBody => ({
      kind: 'split',
      fresh: { head, group: '第二组', size: 2, ...(number === undefined ? {} : { number }) },
      points,
      reason: '儿子成家，分户',
    });

    test('a split makes a household with a card and moves the points by one entry', async () => {
      const old = await household('王建国', 5000);
      const before = await trial();
      const id = await propose(old.id, splitOff('王小强', 3800));
      const waiting = await server.must('proposals.get', { as: approver, params: { id } });
      expect(waiting).toMatchObject({
        kind: 'split',
        points: -3800,
        mayDecide: true,
        note: '儿子成家，分户',
      });
      expect(waiting.change?.fresh).toMatchObject({ head: '王小强', group: '第二组', size: 2 });
      const decided = await server.must('proposals.decide', {
        as: approver,
        body: { action: 'approve', ids: [id] },
      });
      const fresh = await get(waiting.change?.fresh?.id ?? '');
      expect(fresh).toMatchObject({
        head: '王小强',
        balance: 3800,
        state: 'active',
        number: waiting.change?.fresh?.number,
      });
      expect(fresh.card).not.toBeNull();
      expect((await get(old.id)).balance).toBe(1200);
      const title = `分户：从 ${old.number} 王建国 分出 ${fresh.number} 王小强`;
      const text = { title, note: '儿子成家，分户', erased: false };
      expect((await passbook(old.id))[0]).toEqual({
        kind: 'transfer',
        amount: -3800,
        balanceAfter: 1200,
        ...text,
      });
      expect(await passbook(fresh.id)).toEqual([
        { kind: 'transfer', amount: 3800, balanceAfter: 3800, ...text },
      ]);
      expect(decided.journalNumbers).toHaveLength(1);
      expect(await trial()).toEqual(before);
      await holdsTrue();
    });

    test('a merge moves the balance as it is on approval, and ends card, PIN and phones', async () => {
      const [from, into] = [await household('李大山', 1000), await household('李二山', 250)];
      const card = (await cardCodeOf(server, from.id)) ?? '';
      const phone = await server.asHousehold(from.id);
      await server.must('me.view', { as: phone });
      const id = await propose(from.id, { kind: 'merge', intoId: into.id, reason: '老人并入儿子家' });
      const more = await award([from.id], 500);
      expect((await decide([id])).problem).toMatchObject({ code: 'household.waiting', params: { count: 1 } });
      expect((await decide(more)).status).toBe(200);
      expect(await server.must('proposals.get', { as: approver, params: { id } })).toMatchObject({
        points: -1500,
      });
      expect((await decide([id])).status).toBe(200);

      expect(await get(into.id)).toMatchObject({ balance: 1750, state: 'active' });
      const closed = await get(from.id);
      expect(closed).toMatchObject({
        ...{ balance: 0, state: 'closed', card: null, hasPin: false, closedAtMs: server.clock.nowMs },
        successor: { id: into.id, number: into.number, head: '李二山' },
      });
      expect((await passbook(from.id)).map(({ amount }) => amount)).toEqual([-1500, 500, 1000]);
      expect(await server.refused('me.view', { as: phone })).toBe('auth.session_ended');
      const kiosk = await server.asKiosk();
      expect(await server.refused('kiosk.lookup', { as: kiosk, body: { card } })).toBe('card.revoked');
      expect(await server.refused('kiosk.lookup', { as: kiosk, body: { number: from.number } })).toBe(
        'household.closed',
      );
      expect(
        await server.refused('households.resetPin', {
          as: committee,
          params: { id: from.id },
          body: { pin: '483920' },
        }),
      ).toBe('household.closed');
      expect(await server.must('proposals.get', { as: approver, params: { id } })).toMatchObject({
        points: -1500,
        change: { other: { id: into.id, head: '李二山' } },
      });
      await holdsTrue();
    });

    test('who moves away gives the points to somebody, or they end in an account of their own', async () => {
      const [leaver, heir, lonely] = [
        await household('赵一', 700),
        await household('赵二'),
        await household('赵三', 333),
      ];
      const before = await trial();
      const given = await propose(leaver.id, { kind: 'departure', toId: heir.id, reason: '搬到县城' });
      const ended = await propose(lonely.id, { kind: 'departure', toId: null, reason: '搬到外省' });
      expect((await decide([given, ended])).status).toBe(200);
      expect((await get(heir.id)).balance).toBe(700);
      expect(await get(lonely.id)).toMatchObject({ balance: 0, state: 'closed', successor: null });
      expect((await passbook(lonely.id))[0]).toMatchObject({
        kind: 'closing',
        amount: -333,
        balanceAfter: 0,
      });
      expect(await trial()).toEqual({
        ...before,
        households: before.households - 333,
        lapsed: before.lapsed + 333,
      });
      for (const format of ['csv', 'hledger', 'beancount'] as const) {
        const book = await server.must('ledger.export', { as: server.admin, params: { format } });
        expect(await book.text()).toMatch(/销户注销|Expenses:Lapsed/);
      }
      await holdsTrue();
    });

    test('without points the change happens without an entry', async () => {
      const [empty, into] = [await household('钱无'), await household('钱多', 100)];
      // Acts tell of it; nothing that moves points does.
      const lastMove = async () =>
        (await server.must('ledger.entries', { as: server.admin })).items[0]?.number;
      const before = await lastMove();
      const split = await propose(into.id, splitOff('钱小', 0));
      const merge = await propose(empty.id, { kind: 'merge', intoId: into.id, reason: '并户' });
      const got = await decide([split, merge]);
      expect([got.status, got.data.journalNumbers]).toEqual([200, []]);
      expect((await get(empty.id)).state).toBe('closed');
      expect(await lastMove()).toBe(before);
    });

    test('what cannot be is refused when it is proposed', async () => {
      const [one, two] = [await household('孙一', 500), await household('孙二')];
      const merge = (intoId: string): HouseholdChangeBody => ({ kind: 'merge', intoId, reason: '并户' });
      expect(await refusal(one.id, merge(one.id))).toBe('household.same');
      expect(await refusal(one.id, merge('nobody'))).toBe('household.not_found');
      expect(await refusal('nobody', merge(one.id))).toBe('household.not_found');
      expect(await refusal(one.id, splitOff('孙三', 501))).toBe('household.split_points');
      expect(await refusal(one.id, splitOff('孙三', 1, two.number))).toBe('household.number_taken');
      const waiting = await award([one.id], 100);
      expect(await refusal(one.id, merge(two.id))).toBe('household.waiting');
      await decide(waiting, 'return');
      const first = await propose(one.id, merge(two.id));
      expect(await refusal(one.id, splitOff('孙三', 1))).toBe('household.waiting');
      expect(await refusal(two.id, merge(one.id))).toBe('household.waiting');
      await decide([first], 'withdraw', committee);
      expect(
        (await decide([await propose(two.id, { kind: 'departure', toId: null, reason: '迁出' })])).status,
      ).toBe(200);
      expect(await refusal(two.id, merge(one.id))).toBe('household.closed');
      expect(await refusal(one.id, merge(two.id))).toBe('household.closed');
    });

    test('while points are on hold nothing becomes of it', async () => {
      const one = await household('周一', 500);
      const ledger = createLedger({ clock: () => server.clock.nowMs });
      const common = { villageId: server.id, effectiveOn: '2026-05-01', actorId: 'system' };
      await server.store.transaction(async (tx) => {
        const [from, into] = [householdAccount(one.id), heldAccount(one.id)];
        const hold = ledger.draftHold({ ...common, idempotencyKey: newKey(), from, into, amount: 200 });
        await runCommand(tx, server.id, postEntry.with(hold, ledger));
      });
      expect(await refusal(one.id, { kind: 'departure', toId: null, reason: '迁出' })).toBe('household.held');
      expect((await get(one.id)).held).toBe(200);
    });

    test('the balance may have shrunk, the number may have gone meanwhile: then nothing happens', async () => {
      const one = await household('吴一', 500);
      const id = await propose(one.id, splitOff('吴小', 400, 'X-88'));
      const taken = { as: committee, approver, ruleId, householdIds: [one.id], points: -300 };
      expect(await deducted(server, taken)).toHaveLength(1);
      expect((await decide([id])).problem).toMatchObject({ code: 'ledger.points_short', moved: 'no' });
      expect((await decide(await award([one.id], 300))).status).toBe(200);
      await server.must('households.create', {
        as: server.admin,
        body: { head: '抢先', group: '', number: 'x-88' },
      });
      expect((await decide([id])).problem.code).toBe('household.number_taken');
      expect((await get(one.id)).balance).toBe(500);
    });

    test('neither the proposer nor kin of any household it touches decides', async () => {
      const [from, into] = [await household('郑一', 100), await household('郑二')];
      const kin = await server.asStaff(['approver', 'committee'], { householdIds: [into.id] });
      const id = await propose(from.id, { kind: 'merge', intoId: into.id, reason: '并户' });
      const seen = await server.must('proposals.get', { as: kin, params: { id } });
      expect([seen.mayDecide, seen.whyNot]).toEqual([false, 'own_household']);
      const waiting = async (as: StaffCaller) => (await server.must('village.summary', { as })).waitingForMe;
      expect((await waiting(approver)) - (await waiting(kin))).toBe(1);
      expect((await decide([id], 'approve', kin)).problem.code).toBe('proposal.own_household');
      const own = await propose(
        await household('郑三').then((one) => one.id),
        {
          ...{ kind: 'departure', toId: null, reason: '迁出' },
        },
        kin,
      );
      expect((await decide([own], 'approve', kin)).problem.code).toBe('proposal.own_entry');

      expect((await decide([id])).status).toBe(200);
      await server.must('households.reopen', { as: committee, params: { id: from.id }, body: {} });
      const { journalNumber } = await server.must('proposals.get', { as: kin, params: { id } });
      const back = await server.must('proposals.createReversal', {
        as: committee,
        body: { number: journalNumber ?? 0, reason: '并错了' },
      });
      expect((await decide([back.id], 'approve', kin)).problem.code).toBe('proposal.own_household');
      expect((await decide([back.id])).status).toBe(200);
    });

    test('a mistake: the account is opened again, and a reversal brings its points back', async () => {
      const [from, into] = [await household('冯一', 900), await household('冯二', 50)];
      const before = await trial();
      const id = await propose(from.id, { kind: 'merge', intoId: into.id, reason: '并户' });
      const { data } = await decide([id]);
      const number = data.journalNumbers[0] ?? 0;
      const reverse = { as: committee, body: { number, reason: '并错了' } };
      expect(await server.refused('proposals.createReversal', reverse)).toBe('household.closed');
      expect(
        await server.refused('households.reopen', { as: committee, params: { id: into.id }, body: {} }),
      ).toBe('household.open');
      const reopened = await server.must('households.reopen', {
        as: committee,
        params: { id: from.id },
        body: {},
      });
      expect(reopened).toMatchObject({ state: 'active', balance: 0, hasPin: false, closedAtMs: null });
      expect(reopened.card?.lastDigits).not.toBe(from.card?.lastDigits);
      const back = await server.must('proposals.createReversal', reverse);
      expect(await server.must('proposals.get', { as: approver, params: { id: back.id } })).toMatchObject({
        points: 900,
        household: { id: from.id },
        change: { other: { id: into.id } },
      });
      expect((await decide([back.id])).status).toBe(200);
      expect([(await get(from.id)).balance, (await get(into.id)).balance]).toEqual([900, 50]);
      expect(await trial()).toEqual(before);
      await holdsTrue();
    });

    test('nothing leaves points in an account that has ended', async () => {
      const [one, two] = [await household('陈一', 300), await household('陈二')];
      const merge = await propose(one.id, { kind: 'merge', intoId: two.id, reason: '并户' });
      const late = await award([one.id], 100);
      // In one batch the late entries are booked before the merge moves the whole balance.
      expect((await decide([merge, ...late])).status).toBe(200);
      expect([(await get(one.id)).balance, (await get(two.id)).balance]).toEqual([0, 400]);

      const other = await household('陈三', 300);
      const returned = await award([other.id], 100);
      await decide(returned, 'return');
      const leaving = await propose(other.id, { kind: 'departure', toId: two.id, reason: '迁出' });
      expect((await decide([leaving])).status).toBe(200);
      await server.must('proposals.decide', { as: committee, body: { action: 'resubmit', ids: returned } });
      expect((await decide(returned)).problem).toMatchObject({
        code: 'household.closed',
        params: { number: other.number },
      });
      expect((await get(other.id)).balance).toBe(0);
      await holdsTrue();
    });

    test('ten who approve at once do it once', async () => {
      const [one, two] = [await household('褚一', 800), await household('褚二')];
      const id = await propose(one.id, { kind: 'merge', intoId: two.id, reason: '并户' });
      const got = await Promise.all(Array.from({ length: 10 }, () => decide([id])));
      expect(got.map(({ status }) => status).sort()).toEqual([200, ...Array.from({ length: 9 }, () => 409)]);
      expect((await get(two.id)).balance).toBe(800);
      await holdsTrue();
    });
  });
});
