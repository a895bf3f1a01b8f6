import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import {
  PROPOSAL_ACTIONS,
  PROPOSAL_STATES,
  PROPOSAL_TRANSITIONS,
  type ProposalState,
} from '../../shared/proposals/states.ts';
import { businessDay } from '../../shared/business-day.ts';
import { withCard } from '../support/presence.ts';
import {
  type AnswerOf,
  newKey,
  type StaffCaller,
  startTestServer,
  type TestServer,
} from '../support/server.ts';
import { ENGINES } from '../support/stores.ts';
import { csv, Office } from '../support/office.ts';

const RULE = {
  category: '五美家庭',
  title: '庭院美',
  pointsMode: 'fixed',
  points: 500,
  pointsMin: null,
  pointsMax: null,
  perUnit: null,
  proposer: '评',
  evidence: '',
  limitText: '',
  caps: [],
  enabled: true,
} as const;

describe.each(ENGINES)('awards on $engine', ({ engine, missing }) => {
  describe.skipIf(missing)('through the API', () => {
    let server: TestServer;
    let committee: StaffCaller;
    let approver: StaffCaller;
    let award = '';
    let judged = '';
    /** Fresh for every test, so that none depends on another. */
    let households: string[] = [];

    async function newHouseholds(count: number): Promise<string[]> {
      const made = Array.from({ length: count }, (_, n) =>
        server.must('households.create', { as: server.admin, body: { head: `户主${n}`, group: '第一组' } }),
      );
      return (await Promise.all(made)).map(({ id }) => id);
    }

    async function propose(
      householdIds: readonly string[],
      more: object = {},
      as = committee,
    ): Promise<string[]> {
      const { ids } = await server.must('proposals.create', {
        as,
        body: { ruleId: award, householdIds: [...householdIds], ...more },
      });
      return ids;
    }

    function decide(
      action: (typeof PROPOSAL_ACTIONS)[number],
      ids: readonly string[],
      as = approver,
      reason = '',
    ) {
      return server.call('proposals.decide', { as, body: { action, ids: [...ids], reason } });
    }

    async function approve(ids: readonly string[]): Promise<AnswerOf<'proposals.decide'>> {
      return server.must('proposals.decide', { as: approver, body: { action: 'approve', ids: [...ids] } });
    }

    async function balances(): Promise<number[]> {
      const found = households.map((id) =>
        server.must('households.get', { as: server.admin, params: { id } }),
      );
      return (await Promise.all(found)).map(({ balance }) => balance);
    }

    async function entries(): Promise<number> {
      return (await server.must('village.summary', { as: server.admin })).entries;
    }

    beforeAll(async () => {
      server = await startTestServer(engine);
      committee = await server.asStaff('committee');
      approver = await server.asStaff('approver');
      const rule = async (code: string, fields: object) =>
        (await server.must('rules.create', { as: server.admin, body: { ...RULE, code, ...fields } })).id;
      award = await rule('A1', {});
      judged = await rule('N7', { title: '冲回原分', pointsMode: 'judged', points: null });
    });
    afterAll(() => server.remove());
    beforeEach(async () => {
      households = await newHouseholds(3);
    });

    test('a second person approves, and each household’s points move in an entry of its own', async () => {
      const ids = await propose(households, { note: '三月评比' });
      expect(await balances()).toEqual([0, 0, 0]);
      const before = await entries();
      const decided = await approve(ids);
      const journalNumbers = [1, 2, 3].map((n) => before + n);
      expect(decided).toEqual({ state: 'posted', ids, onNotice: 0, journalNumbers });
      expect(await balances()).toEqual([500, 500, 500]);

      const params = { id: households[1] ?? '' };
      const { items } = await server.must('households.passbook', { as: committee, params });
      const today = businessDay(server.clock.nowMs, 'Asia/Shanghai');
      expect(items).toEqual([
        expect.objectContaining({
          kind: 'award',
          amount: 500,
          balanceAfter: 500,
          text: { title: 'A1 庭院美', note: '三月评比', erased: false },
          bookedBy: 'approver',
          effectiveOn: today,
        }),
      ]);
      const shown = await server.must('proposals.get', { as: committee, params: { id: ids[1] ?? '' } });
      expect(shown).toMatchObject({
        state: 'posted',
        journalNumber: before + 2,
        decidedBy: 'approver',
        proposedBy: 'committee',
      });
      expect(shown.history.map(({ from, to, by }) => [from, to, by])).toEqual([
        [null, 'proposed', 'committee'],
        ['proposed', 'posted', 'approver'],
      ]);
    });

    test('everybody is told what they may do, and why not', async () => {
      const [id = ''] = await propose(households.slice(0, 1));
      const kin = await server.asStaff('approver', { householdIds: households.slice(0, 1) });
      const seen = async (as: StaffCaller, which = id) => {
        const { mayDecide, whyNot, isMine } = await server.must('proposals.get', {
          as,
          params: { id: which },
        });
        return { mayDecide, whyNot, isMine };
      };
      expect(await seen(approver)).toEqual({ mayDecide: true, whyNot: null, isMine: false });
      expect(await seen(committee)).toEqual({ mayDecide: false, whyNot: 'role', isMine: true });
      expect(await seen(kin)).toEqual({ mayDecide: false, whyNot: 'own_household', isMine: false });
      const both = await server.asStaff(['approver', 'committee']);
      const [own = ''] = await propose(households.slice(1, 2), {}, both);
      expect(await seen(both, own)).toEqual({ mayDecide: false, whyNot: 'own_entry', isMine: true });
      const manager = await server.asStaff(['approver', 'admin']);
      expect(await seen(manager)).toMatchObject({ mayDecide: false, whyNot: 'administrator' });
      await approve([id]);
      expect(await seen(approver)).toEqual({ mayDecide: false, whyNot: 'state', isMine: false });
    });

    test('nobody approves the own entry, nor hides it in a batch', async () => {
      const others = await propose(households.slice(0, 2));
      const both = await server.asStaff(['approver', 'committee']);
      const own = await propose(households.slice(2), {}, both);
      const before = await entries();
      const got = await decide('approve', [...others, ...own], both);
      expect(got.problem).toMatchObject({ code: 'proposal.own_entry', moved: 'no' });
      expect(await balances()).toEqual([0, 0, 0]);
      expect(await entries()).toBe(before);
      const states = await Promise.all(
        others.map((id) => server.must('proposals.get', { as: approver, params: { id } })),
      );
      expect(states.map(({ state }) => state)).toEqual(['proposed', 'proposed']);
    });

    test('nobody decides on the own household or declared relatives, nor hides them in a batch', async () => {
      const ids = await propose(households);
      const kin = await server.asStaff(['approver', 'committee'], { householdIds: households.slice(2) });
      for (const action of ['approve', 'return'] as const) {
        expect((await decide(action, ids, kin, '核对')).problem.code).toBe('proposal.own_household');
      }
      expect(await balances()).toEqual([0, 0, 0]);
      const { waitingForMe } = await server.must('village.summary', { as: kin });
      const all = await server.must('village.summary', { as: approver });
      expect(all.waitingForMe - waitingForMe).toBe(1);
      expect((await decide('approve', ids.slice(0, 2), kin)).status).toBe(200);
    });

    test('who may not decide cannot, whatever they send', async () => {
      const ids = await propose(households);
      const supervisor = await server.asStaff('supervisor');
      const shopkeeper = await server.asStaff('shopkeeper');
      for (const as of [committee, supervisor, shopkeeper]) {
        expect((await decide('approve', ids, as)).problem.code).toBe('auth.forbidden');
      }
      expect((await decide('withdraw', ids, await server.asStaff('committee'))).problem.code).toBe(
        'proposal.not_yours',
      );
      expect((await decide('withdraw', ids, supervisor)).problem.code).toBe('auth.forbidden');
    });

    test('ten who approve at once post it once', async () => {
      const ids = await propose(households);
      const before = await entries();
      const others = [approver, await server.asStaff('approver'), await server.asStaff('approver')];
      const got = await Promise.all(
        Array.from({ length: 10 }, (_, n) => decide('approve', ids, others[n % others.length])),
      );
      expect(got.filter(({ status }) => status === 200)).toHaveLength(1);
      for (const { status, problem } of got) if (status !== 200) expect(problem.code).toBe('proposal.state');
      expect(await balances()).toEqual([500, 500, 500]);
      expect(await entries()).toBe(before + 3);
    });

    test('overlapping batches approved at once post each proposal once', async () => {
      const ids = await propose(households);
      const batches = [ids.slice(0, 2), ids.slice(1), [...ids].reverse(), ids.slice(0, 1)];
      await Promise.all(batches.map((batch) => decide('approve', batch)));
      await Promise.all(ids.map((id) => decide('approve', [id])));
      expect(await balances()).toEqual([500, 500, 500]);
    });

    test('the same key is answered alike and posts once; with other content it is refused', async () => {
      const ids = await propose(households);
      const key = newKey();
      const body = { action: 'approve' as const, ids };
      const first = await server.must('proposals.decide', { as: approver, body, key });
      expect(await server.must('proposals.decide', { as: approver, body, key })).toEqual(first);
      const other = { action: 'approve' as const, ids: ids.slice(1) };
      expect(await server.refused('proposals.decide', { as: approver, body: other, key })).toBe(
        'idempotency.conflict',
      );
      expect(await balances()).toEqual([500, 500, 500]);
    });

    test('sent back with a reason, sent again, approved: every step is kept', async () => {
      const ids = await propose(households.slice(0, 1));
      const [id = ''] = ids;
      expect((await decide('return', ids)).problem.code).toBe('proposal.reason_missing');
      expect((await decide('return', ids, approver, '照片不清')).status).toBe(200);
      const returned = await server.must('proposals.get', { as: committee, params: { id } });
      expect(returned).toMatchObject({ state: 'returned', reason: '照片不清', decidedBy: 'approver' });
      expect((await server.must('village.summary', { as: committee })).returnedToMe).toBe(1);
      expect((await decide('resubmit', ids, approver)).problem.code).toBe('auth.forbidden');
      expect((await decide('resubmit', ids, committee)).status).toBe(200);
      expect(await server.must('proposals.get', { as: committee, params: { id } })).toMatchObject({
        reason: null,
        decidedBy: null,
      });
      await approve(ids);
      const { history } = await server.must('proposals.get', { as: committee, params: { id } });
      expect(history.map(({ to, reason }) => [to, reason])).toEqual([
        ['proposed', ''],
        ['returned', '照片不清'],
        ['proposed', ''],
        ['posted', ''],
      ]);
    });

    test('only the steps in the table can be taken, from every state', async () => {
      const reach: Record<ProposalState, (id: string) => Promise<unknown>> = {
        proposed: () => Promise.resolve(),
        returned: (id) => decide('return', [id], approver, '补材料'),
        laid_aside: (id) =>
          decide('return', [id], approver, '重复').then(() => decide('lay_aside', [id], committee)),
        withdrawn: (id) => decide('withdraw', [id], committee),
        on_notice: () => Promise.reject(new Error('this village has no notices')),
        contested: () => Promise.reject(new Error('this village has no notices')),
        posted: (id) => decide('approve', [id]),
      };
      for (const state of PROPOSAL_STATES.filter((one) => one !== 'on_notice' && one !== 'contested')) {
        for (const action of PROPOSAL_ACTIONS) {
          const ids = await propose(households.slice(0, 1));
          await reach[state](ids[0] ?? '');
          const { from, to, by } = PROPOSAL_TRANSITIONS[action];
          const got = await decide(action, ids, by === 'proposer' ? committee : approver, '原因');
          if (from === state) expect(got.data.state).toBe(to);
          else expect(got.problem.code).toBe('proposal.state');
        }
      }
    });

    test('what does not fit the rule or the village is refused before anything is written', async () => {
      const create = (body: object) =>
        server.refused('proposals.create', {
          as: committee,
          body: { ruleId: award, householdIds: households, ...body },
        });
      expect(await create({ points: 600 })).toBe('rule.points');
      expect(await create({ ruleId: judged })).toBe('rule.points');
      expect(await create({ ruleId: 'nosuch' })).toBe('rule.not_found');
      expect(await create({ householdIds: [...households, 'nosuch'] })).toBe('household.not_found');
      expect(await create({ effectiveOn: '2999-01-01' })).toBe('proposal.future_day');
      expect(await create({ effectiveOn: '2001-01-01' })).toBe('proposal.future_day');
      expect(await create({ effectiveOn: '2026-02-30' })).toBe('request.invalid');
      const other = await server.addVillage();
      const [theirs] = [
        await server.must('households.create', { as: other.admin, body: { head: '外村', group: '' } }),
      ];
      expect(await create({ householdIds: [theirs.id] })).toBe('household.not_found');
      const off = await server.must('rules.create', {
        as: server.admin,
        body: { ...RULE, code: `X${newKey().slice(0, 6)}`, enabled: false },
      });
      expect(await create({ ruleId: off.id })).toBe('rule.disabled');
      const query = { householdId: households[0] ?? '' };
      expect((await server.must('proposals.list', { as: committee, query })).items).toEqual([]);
    });

    test('an entry keeps the wording it was made under', async () => {
      const code = `V${newKey().slice(0, 6)}`;
      const rule = await server.must('rules.create', {
        as: server.admin,
        body: { ...RULE, code, title: '旧写法' },
      });
      const ids = await propose(households.slice(0, 1), { ruleId: rule.id });
      await server.must('rules.update', {
        as: server.admin,
        params: { id: rule.id },
        body: { title: '新写法', points: 900 },
      });
      await approve(ids);
      const shown = await server.must('proposals.get', { as: committee, params: { id: ids[0] ?? '' } });
      expect(shown.rule).toMatchObject({ title: '旧写法', version: 1 });
      expect((await balances())[0]).toBe(500);
    });

    test('a household named twice gets the points once', async () => {
      const [one = ''] = households;
      expect(await propose([one, one, one])).toHaveLength(1);
    });

    test('a reversal takes a second person too, and happens once', async () => {
      const { journalNumbers } = await approve(await propose(households.slice(0, 1)));
      const number = journalNumbers[0] ?? 0;
      const body = { number, reason: '复核不符' };
      const both = await server.asStaff(['approver', 'committee']);
      const { id } = await server.must('proposals.createReversal', { as: both, body });
      expect(await server.refused('proposals.createReversal', { as: committee, body })).toBe(
        'proposal.reversal_waiting',
      );
      expect((await decide('approve', [id], both)).problem.code).toBe('proposal.own_entry');
      const shown = await server.must('proposals.get', { as: approver, params: { id } });
      expect(shown).toMatchObject({
        kind: 'reversal',
        points: -500,
        reversesNumber: number,
        rule: null,
        note: '复核不符',
      });

      const decided = await approve([id]);
      expect((await balances())[0]).toBe(0);
      const entry = await server.must('proposals.get', { as: approver, params: { id } });
      expect(entry.journalNumber).toBe(decided.journalNumbers[0]);
      expect(await server.refused('proposals.createReversal', { as: committee, body })).toBe(
        'ledger.already_reversed',
      );
      const lines = await server.must('households.passbook', {
        as: committee,
        params: { id: households[0] ?? '' },
      });
      expect(
        lines.items.map(({ kind, amount, reversedBy, text }) => [kind, amount, reversedBy, text.title]),
      ).toEqual([
        ['reversal', -500, null, 'A1 庭院美'],
        ['award', 500, decided.journalNumbers[0], 'A1 庭院美'],
      ]);
      const nothing = { number: 999_999, reason: '没有' };
      expect(await server.refused('proposals.createReversal', { as: committee, body: nothing })).toBe(
        'ledger.entry_not_found',
      );
      const reversal = { number: decided.journalNumbers[0] ?? 0, reason: '再冲' };
      expect(await server.refused('proposals.createReversal', { as: committee, body: reversal })).toBe(
        'ledger.not_reversible',
      );
    });

    test('reversing a redemption gives points, goods and cost back, and the kiosk sees it undone', async () => {
      const [householdId = ''] = households;
      await approve(await propose([householdId]));
      const name = `毛巾${newKey().slice(0, 4)}`;
      const goods = await server.must('goods.create', {
        as: server.admin,
        body: {
          kind: 'goods',
          category: '日用',
          name,
          unit: '条',
          price: 300,
          costFen: 250,
          barcode: null,
          monthlyLimit: null,
          enabled: true,
        },
      });
      const stocked = { quantity: 10, totalCostFen: 2500, source: 'bought' as const };
      const { journalNumber } = await server.must('goods.stockIn', {
        as: server.admin,
        params: { id: goods.id },
        body: stocked,
      });
      const kiosk = await server.asKiosk();
      const lines = [{ goodsId: goods.id, quantity: 1 }];
      const body = await withCard(server, kiosk, { householdId, lines, expectedPoints: 300 });
      const redeemed = await server.must('kiosk.redeem', { as: kiosk, body });
      expect((await balances())[0]).toBe(200);
      const wrong = { number: redeemed.journalNumber, reason: '拿错了' };
      const { id } = await server.must('proposals.createReversal', { as: committee, body: wrong });
      await approve([id]);
      expect((await balances())[0]).toBe(500);
      const recent = await server.must('kiosk.recent', { as: kiosk });
      expect(recent.items[0]).toMatchObject({ id: redeemed.id, undone: true, mayUndo: false });
      const items = (await server.must('goods.list', { as: server.admin })).items;
      expect(items.find((item) => item.id === goods.id)?.stock).toBe(10);
      // Only an entry that moved a household's points can be reversed by a proposal.
      const stockIn = { number: journalNumber, reason: '入错了' };
      expect(await server.refused('proposals.createReversal', { as: committee, body: stockIn })).toBe(
        'ledger.not_reversible',
      );
    });

    test('a thousand households in one go, all of them or none', async () => {
      const office = await Office.open(server);
      const lines = Array.from({ length: 1000 }, (_, n) => `${n + 1},户主${n},第一组`);
      await office.bring('roster', csv('户号,户主,村民小组', ...lines));
      const as = office.admin;
      const everybody = await server.store.read(async ({ db, t }) => db.select().from(t.households));
      const own = everybody.filter(({ villageId }) => villageId === office.village.id);
      const householdIds = own.map(({ id }) => id);
      const rule = await server.must('rules.create', { as, body: { ...RULE, code: 'A1' } });
      const { ids } = await server.must('proposals.create', { as, body: { ruleId: rule.id, householdIds } });
      expect(ids).toHaveLength(1000);
      const second = await server.asStaff('approver', { village: office.village });
      const decided = await server.must('proposals.decide', { as: second, body: { action: 'approve', ids } });
      expect(decided.journalNumbers).toEqual(ids.map((_, n) => (decided.journalNumbers[0] ?? 0) + n));
      const { pointsOwed, waitingForMe } = await server.must('village.summary', { as: second });
      expect({ pointsOwed, waitingForMe }).toEqual({ pointsOwed: 500_000, waitingForMe: 0 });
      const last = await server.must('proposals.get', { as, params: { id: ids.at(-1) ?? '' } });
      expect(last.journalNumber).toBe(decided.journalNumbers.at(-1));
    });

    test('the list comes page by page, newest first, filtered and none twice', async () => {
      const ids: string[] = [];
      for (let n = 0; n < 3; n += 1) ids.push(...(await propose(households)));
      const mine = await server.asStaff('committee');
      const [own = ''] = await propose(households.slice(0, 1), {}, mine);
      const seen: string[] = [];
      let before: string | undefined;
      do {
        const query = { state: 'proposed' as const, limit: 4, ...(before === undefined ? {} : { before }) };
        const page: AnswerOf<'proposals.list'> = await server.must('proposals.list', { as: approver, query });
        seen.push(...page.items.map(({ id }) => id));
        before = page.next ?? undefined;
      } while (before !== undefined);
      expect(seen.slice(0, 10)).toEqual([own, ...[...ids].reverse()]);
      expect(new Set(seen).size).toBe(seen.length);
      const ofMine = await server.must('proposals.list', { as: mine, query: { mine: 'true' } });
      expect(ofMine.items.map(({ id }) => id)).toEqual([own]);
      const query = { householdId: households[1] ?? '' };
      const ofOne = await server.must('proposals.list', { as: mine, query });
      expect(ofOne.items).toHaveLength(3);
    });

    test('the list of what is open finds it behind any number of newer ones, page by page', async () => {
      const body = { head: '周大河', group: '第一组' };
      const home = [(await server.must('households.create', { as: server.admin, body })).id];
      const waiting = await propose(home);
      for (const action of ['approve', 'return', 'withdraw'] as const) {
        const ids = await propose(home);
        const decided = await decide(action, ids, action === 'withdraw' ? committee : approver, '看过了');
        expect(decided.status).toBe(200);
      }
      const list = async (query: object) =>
        (await server.must('proposals.list', { as: approver, query: { householdId: home[0], ...query } }))
          .items;
      const open = await list({ open: 'true', limit: 1 });
      expect(open.map(({ id }) => id)).toEqual(waiting);
      const all = await list({ limit: 200 });
      const others = await list({ open: 'false', limit: 200 });
      expect(others.map(({ id }) => id)).toEqual(
        all.map(({ id }) => id).filter((id) => !waiting.includes(id)),
      );
      const [newer = ''] = await propose(home);
      expect((await list({ open: 'true', limit: 1 })).map(({ id }) => id)).toEqual([newer]);
      expect((await list({ open: 'true', before: newer })).map(({ id }) => id)).toEqual(waiting);
    });

    test('another village’s proposals are not there', async () => {
      const ids = await propose(households);
      const other = await server.addVillage();
      const stranger = await server.asStaff('approver', { village: other });
      const params = { id: ids[0] ?? '' };
      expect((await decide('approve', ids, stranger)).problem.code).toBe('proposal.not_found');
      expect(await server.refused('proposals.get', { as: stranger, params })).toBe('proposal.not_found');
      expect((await server.must('proposals.list', { as: stranger })).items).toEqual([]);
    });
  });
});
