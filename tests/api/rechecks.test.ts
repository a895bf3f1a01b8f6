import { randomBytes } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { bookActs, runChecks, type ToldAct } from '../../server/acts/index.ts';
import { checkRechecks } from '../../server/rechecks/check-book.ts';
import { digestOfDrawn, selectAwards } from '../../server/rechecks/select-awards.ts';
import type { AnyAct } from '../../shared/acts/act.ts';
import type { RecheckOutcome } from '../../shared/rechecks/states.ts';
import { PLAIN_RULE } from '../support/capped.ts';
import { createLedger } from '../support/ledger.ts';
import { confirmedSupervisor } from '../support/samples.ts';
import { type AnswerOf, type StaffCaller, startTestServer, type TestServer } from '../support/server.ts';
import { addHousehold } from '../support/shop.ts';
import { ENGINES } from '../support/stores.ts';

const MONTH = '2026-10';
const at = (day: string) => Date.parse(`${day}T10:00:00+08:00`);
type Part = 'proposer' | 'checker' | 'other' | 'approver' | 'second' | 'judge' | 'supervisor' | 'leader';

describe.each(ENGINES)('random re-checks on $engine', ({ engine, missing }) => {
  describe.skipIf(missing)('through the API', () => {
    let server: TestServer;
    let admin: StaffCaller;
    let people: Record<Part, StaffCaller>;
    let ruleId = '';
    let households: { readonly id: string }[] = [];
    /** The entries of the awards of October, by household. */
    let awards: number[] = [];

    beforeAll(async () => {
      server = await startTestServer(engine);
      server.clock.nowMs = at('2026-10-05');
      admin = server.admin;
      ruleId = (await server.must('rules.create', { as: admin, body: { ...PLAIN_RULE, code: 'A1' } })).id;
      households = [];
      for (let n = 0; n < 12; n += 1)
        households.push(await addHousehold(server, 0, `王${'一二三四五六七八九十甲乙'[n]}`));
      const approver = await server.asStaff('approver');
      const confirmed = async (role: 'committee' | 'judge' | 'group_leader', householdIds: string[] = []) => {
        const person = await server.asStaff(role, { householdIds });
        await server.must('staff.confirm', { as: approver, params: { id: person.id }, body: {} });
        return person;
      };
      people = {
        ...{ approver, second: await server.asStaff('approver') },
        proposer: await confirmed('committee'),
        checker: await confirmed(
          'committee',
          households.slice(0, 11).map(({ id }) => id),
        ),
        other: await confirmed('committee'),
        judge: await confirmed('judge'),
        leader: await confirmed('group_leader'),
        supervisor: await confirmedSupervisor(server, approver),
      };
      awards = await award(households.map(({ id }) => id));
      server.clock.nowMs = at('2026-10-20');
      await everybodyLogsIn();
      // Taken back within the month: it is not drawn from.
      await takeBack(awards[11] ?? 0);
    });
    afterAll(() => server.remove());

    /** Log-ins end before the next month. */
    async function everybodyLogsIn(): Promise<void> {
      const again = (person: StaffCaller) => server.logInAgain(person);
      admin = await again(admin);
      for (const part of Object.keys(people) as Part[]) people[part] = await again(people[part]);
    }

    const approve = async (ids: string[], as = people.approver) =>
      (await server.must('proposals.decide', { as, body: { action: 'approve', ids } })).journalNumbers;

    async function award(householdIds: string[]): Promise<number[]> {
      const made = await server.must('proposals.create', {
        as: people.proposer,
        body: { ruleId, householdIds },
      });
      return approve(made.ids);
    }

    async function takeBack(number: number): Promise<number> {
      const { id } = await server.must('proposals.createReversal', {
        as: people.proposer,
        body: { number, reason: '记错了' },
      });
      return (await approve([id]))[0] ?? 0;
    }

    const view = (as = people.other, month = MONTH) => server.must('rechecks.get', { as, params: { month } });
    type Seen = AnswerOf<'rechecks.get'>;
    interface Order {
      readonly as?: StaffCaller;
      readonly month?: string;
      readonly head?: NonNullable<Seen['head']>;
      readonly called?: number;
      readonly count?: number;
      readonly drawsSeen?: number;
    }
    async function draw({ as = people.proposer, month = MONTH, ...body }: Order = {}) {
      const { head } = await view(people.other, month);
      const seen = { head: head ?? { number: 1, digits: '0000 0000 0000 0000' }, drawsSeen: 0 };
      return server.call('rechecks.draw', {
        ...{ as, params: { month } },
        body: { ...seen, called: 427, calledBy: '三组村民代表', count: 5, ...body },
      });
    }
    const codeOf = async (called: ReturnType<typeof draw> | ReturnType<typeof check>) => {
      const { status, problem } = await called;
      return status === 200 ? 'done' : problem.code;
    };
    const check = (as: StaffCaller, number: number, outcome: RecheckOutcome, note = '') =>
      server.call('rechecks.check', { as, params: { month: MONTH }, body: { number, outcome, note } });
    const itemOf = async (number: number, as = people.other) => {
      const { draws } = await view(as);
      return draws.flatMap(({ items }) => items).find((one) => one.number === number);
    };
    const verified = async () => {
      const { ok, bad } = await server.must('ledger.verify', { as: admin, body: {} });
      return { ok, bad };
    };
    const toDo = async (as = people.other) => (await server.must('village.summary', { as })).recheck;
    /** The hash of an entry, as the book has it. */
    const hashOf = async (number: number) =>
      (await server.must('ledger.entry', { as: admin, params: { number } })).hash;

    it('draw from no month that goes on, and from none without awards', async () => {
      expect(await view()).toMatchObject({ isOver: false, head: null, mayDraw: false, draws: [] });
      expect(await codeOf(draw())).toBe('recheck.month_open');
      expect(await codeOf(draw({ month: '2026-09' }))).toBe('recheck.none');
      expect(await codeOf(draw({ month: '2027-01' }))).toBe('recheck.month_open');
      server.clock.nowMs = at('2026-11-03');
      await everybodyLogsIn();
      expect(await view(people.judge)).toMatchObject({ isOver: true, pool: 11, mayDraw: false, draws: [] });
      expect((await view(people.proposer)).mayDraw).toBe(true);
      // Nothing is compulsory before a village has drawn once.
      expect(await toDo()).toBeNull();
    });

    it('go by the last entry of the month alone, whatever head is sent', async () => {
      // Booked after the month: it is no head of it, and what it takes back was drawn from nevertheless.
      const later = await takeBack(awards[10] ?? 0);
      const { head } = await view();
      expect(head?.number).toBeLessThan(later);
      const notice = await server.must('notices.view', {
        as: people.other,
        query: { from: '2026-10-01', to: '2026-10-31' },
      });
      expect(notice.booked).toMatchObject({ last: head?.number, digits: head?.digits });
      const { digits = '', number = 0 } = head ?? {};
      for (const other of [
        { number: later, digits: (await hashOf(later)).slice(0, 16).replaceAll(/(.{4})(?=.)/g, '$1 ') },
        { number: number - 1, digits },
        { number, digits: '0000 0000 0000 0000' },
        { number: 999_999, digits },
      ])
        expect(await codeOf(draw({ head: other })), JSON.stringify(other)).toBe('recheck.head');
      for (const wrong of [{ called: 1_000_000 }, { called: -1 }, { count: 31 }, { count: 0 }])
        expect(await codeOf(draw(wrong)), JSON.stringify(wrong)).toBe('request.invalid');
    });

    it('are drawn by administrators and the committee, and read by those who look', async () => {
      for (const part of ['approver', 'judge', 'supervisor', 'leader'] as const)
        expect(await codeOf(draw({ as: people[part] })), part).toBe('auth.forbidden');
      expect((await view(people.supervisor)).mayDraw).toBe(false);
      expect(await server.refused('rechecks.get', { as: people.leader, params: { month: MONTH } })).toBe(
        'auth.forbidden',
      );
      expect(await server.refused('rechecks.list', { as: people.leader, query: {} })).toBe('auth.forbidden');
    });

    it('of two at once one is drawn, as anybody computes it from hash and number', async () => {
      const both = await Promise.all([draw(), draw({ as: people.other, called: 428 })]);
      expect(both.map(({ status }) => status).sort()).toEqual([200, 409]);
      const { draws, head, pool } = await view();
      expect(draws).toHaveLength(1);
      const [first] = draws;
      if (!first || !head) throw new Error('nothing was drawn');
      expect(first).toMatchObject({ draw: 1, wanted: 5, pool: 11, calledBy: '三组村民代表' });
      expect(pool).toBe(6);
      const hash = await hashOf(head.number);
      expect(first.head).toEqual({ ...head, hash });
      const expected = selectAwards({ hash, called: first.called }, awards.slice(0, 11), 5);
      expect(first.items.map(({ number }) => number)).toEqual(expected);
      expect(first.digest).toBe(digestOfDrawn(expected));
      const { items } = await server.must('acts.list', { as: admin, query: { act: 'rechecks.' } });
      expect(items).toMatchObject([{ act: 'rechecks.drawn', number: first.journalNumber }]);
    });

    it('a second draw is additional, takes what is left, and replaces nothing', async () => {
      const [first] = (await view()).draws;
      expect(await codeOf(draw({ called: 1 }))).toBe('recheck.drawn');
      // Fewer are left than are wanted: all of them are drawn.
      expect(await codeOf(draw({ called: 1, count: 30, drawsSeen: 1 }))).toBe('done');
      const { draws } = await view();
      expect(draws).toHaveLength(2);
      expect(draws[0]?.items.map(({ number }) => number)).toEqual(first?.items.map(({ number }) => number));
      expect(draws[1]).toMatchObject({ draw: 2, wanted: 30, pool: 6, called: 1 });
      const all = draws.flatMap(({ items }) => items.map(({ number }) => number));
      expect(all.toSorted((a, b) => a - b)).toEqual(awards.slice(0, 11));
      expect(await codeOf(draw({ drawsSeen: 2 }))).toBe('recheck.none');
    });

    it('show each award with its household, deed and people; one taken back meanwhile shows as such', async () => {
      expect(await itemOf(awards[1] ?? 0)).toMatchObject({
        ...{ household: { id: households[1]?.id, head: '王二' }, day: '2026-10-05', points: 500 },
        ...{ proposedBy: 'committee', approvedBy: 'approver', state: 'waiting', check: null, mayCheck: true },
      });
      expect(await itemOf(awards[10] ?? 0)).toMatchObject({ state: 'reversed', mayCheck: false });
      const [number = 0, by] = [awards[10], (await itemOf(awards[10] ?? 0))?.reversedBy];
      expect(by).toBeGreaterThan(number);
      expect(await codeOf(check(people.other, number, 'stood'))).toBe('ledger.already_reversed');
      const { items } = await server.must('rechecks.list', { as: people.supervisor, query: {} });
      expect(items).toMatchObject([
        {
          month: MONTH,
          draws: 2,
          drawn: 11,
          waiting: 10,
          reversed: 1,
          stood: 0,
          failed: 0,
          couldNotCheck: 0,
        },
      ]);
      expect(await toDo()).toEqual({ missing: null, open: 10, openIn: MONTH });
    });

    it('are not looked at by whoever proposed or approved, by kin, by an administrator, or by those who may not', async () => {
      const [number = 0] = awards;
      expect(await codeOf(check(people.proposer, number, 'stood'))).toBe('recheck.own_entry');
      expect(await codeOf(check(people.approver, number, 'stood'))).toBe('recheck.own_entry');
      expect(await codeOf(check(people.checker, number, 'stood'))).toBe('recheck.own_household');
      expect(await codeOf(check(admin, number, 'stood'))).toBe('proposal.administrator');
      for (const part of ['supervisor', 'leader'] as const)
        expect(await codeOf(check(people[part], number, 'stood')), part).toBe('auth.forbidden');
      expect(await itemOf(number, people.checker)).toMatchObject({
        mayCheck: false,
        whyNot: 'own_household',
      });
      expect(await itemOf(number, people.approver)).toMatchObject({ mayCheck: false, whyNot: 'own_entry' });
      expect(await itemOf(number, people.supervisor)).toMatchObject({ mayCheck: false, whyNot: 'role' });
      expect(await codeOf(check(people.other, awards[11] ?? 0, 'stood'))).toBe('recheck.not_drawn');
      expect(await itemOf(number)).toMatchObject({ state: 'waiting' });
    });

    it('that stand are noted once, by one of two who come at once', async () => {
      const [number = 0] = awards;
      const both = await Promise.all([
        check(people.other, number, 'stood'),
        check(people.judge, number, 'stood'),
      ]);
      expect(both.map(({ status }) => status).sort()).toEqual([200, 409]);
      expect(await itemOf(number)).toMatchObject({ state: 'stood', whyNot: 'settled', check: { note: '' } });
      expect(await codeOf(check(people.other, number, 'failed', '不属实'))).toBe('recheck.settled');
    });

    it('that could not be checked need a reason, and can be looked at again', async () => {
      const number = awards[1] ?? 0;
      expect(await codeOf(check(people.other, number, 'could_not_check'))).toBe('recheck.reason_missing');
      expect(await codeOf(check(people.other, number, 'could_not_check', '家里没人'))).toBe('done');
      expect(await itemOf(number)).toMatchObject({
        ...{ state: 'could_not_check', mayCheck: true },
        check: { by: 'committee', note: '家里没人', proposal: null },
      });
      expect(await codeOf(check(people.judge, number, 'stood', '隔天去看了'))).toBe('done');
      expect(await itemOf(number)).toMatchObject({
        state: 'stood',
        check: { by: 'judge', note: '隔天去看了' },
      });
    });

    it('that fail are proposed to be reversed, and another person approves it', async () => {
      const number = awards[2] ?? 0;
      expect(await codeOf(check(people.other, number, 'failed'))).toBe('recheck.reason_missing');
      const { data } = await check(people.other, number, 'failed', '当天不在村');
      const id = data.proposalId ?? '';
      expect(await itemOf(number)).toMatchObject({
        ...{ state: 'failed', mayCheck: false, reversedBy: null },
        check: { note: '当天不在村', proposal: { id, state: 'proposed', journalNumber: null } },
      });
      const proposal = await server.must('proposals.get', { as: people.second, params: { id } });
      expect(proposal).toMatchObject({ kind: 'reversal', reversesNumber: number, note: '当天不在村' });
      const [by] = await approve([id], people.second);
      expect(await itemOf(number)).toMatchObject({
        ...{ state: 'failed', reversedBy: by },
        check: { proposal: { state: 'posted', journalNumber: by } },
      });
      const balance = await server.must('households.get', {
        as: people.other,
        params: { id: households[2]?.id ?? '' },
      });
      expect(balance.balance).toBe(0);
      expect(await codeOf(check(people.other, number, 'stood'))).toBe('recheck.settled');
    });

    it('whose reversal was withdrawn or sent back can be looked at again; a reversal that waits is not proposed twice', async () => {
      const number = awards[3] ?? 0;
      const first = await check(people.other, number, 'failed', '看错门了');
      const body = { action: 'withdraw' as const, ids: [first.data.proposalId ?? ''] };
      await server.must('proposals.decide', { as: people.other, body });
      expect(await itemOf(number)).toMatchObject({
        mayCheck: true,
        check: { proposal: { state: 'withdrawn' } },
      });
      const second = await check(people.judge, number, 'failed', '确实没有做');
      const ids = [second.data.proposalId ?? ''];
      await server.must('proposals.decide', {
        as: people.approver,
        body: { action: 'return', ids, reason: '再去看看' },
      });
      expect(await codeOf(check(people.judge, number, 'stood'))).toBe('done');
      const waiting = awards[4] ?? 0;
      await server.must('proposals.createReversal', {
        as: people.proposer,
        body: { number: waiting, reason: '记错了' },
      });
      expect(await codeOf(check(people.other, waiting, 'failed', '没有做'))).toBe(
        'proposal.reversal_waiting',
      );
      expect(await itemOf(waiting)).toMatchObject({ state: 'waiting' });
    });

    it('remind of a last month of which nothing was drawn, once a village has drawn', async () => {
      await award([households[5]?.id ?? '']);
      server.clock.nowMs = at('2026-12-02');
      await everybodyLogsIn();
      expect(await toDo()).toEqual({ missing: '2026-11', open: 6, openIn: MONTH });
      const { items, next } = await server.must('rechecks.list', { as: people.other, query: { limit: 1 } });
      expect([items.map(({ month }) => month), next]).toEqual([['2026-11'], '2026-11']);
      const rest = await server.must('rechecks.list', { as: people.other, query: { before: '2026-11' } });
      expect([rest.items.map(({ month }) => month), rest.next]).toEqual([[MONTH], null]);
    });

    it('keep the words of a finding for the household alone: they are erased with it, and the book verifies', async () => {
      const number = awards[1] ?? 0;
      const id = households[1]?.id ?? '';
      const ledger = createLedger({ clock: () => server.clock.nowMs });
      await server.store.transaction((tx) => ledger.eraseFactsOf(tx, server.id, id));
      expect(await itemOf(number)).toMatchObject({ state: 'stood', check: { note: '', isErased: true } });
      expect(await verified()).toEqual({ ok: true, bad: null });
    });

    it('are drawn again by verify, which names whatever does not fit', async () => {
      const heard: ToldAct[] = [];
      const found = await server.store.read(async (reader) => {
        const place = { reader, villageId: server.id, giveWay: () => Promise.resolve() };
        await runChecks(place, [
          () => ({ take: (act) => void heard.push(act), finish: () => Promise.resolve(null) }),
        ]);
        const draws = heard.filter(({ act }) => act === 'rechecks.drawn');
        const [first, second] = draws;
        const stood = heard.find(({ act }) => act === 'rechecks.stood');
        const failed = heard.find(({ act }) => act === 'rechecks.failed');
        if (!first || !second || !stood || !failed) throw new Error('the acts are not all there');
        const number = (act: ToldAct, field: string) => Number(act.is.get(field));
        const planted: [string, ToldAct, string, unknown][] = [
          ['another list', first, 'drawn', (second.is.get('drawn') as string[]).slice(0, 5)],
          ['another order', first, 'drawn', (first.is.get('drawn') as string[]).toReversed()],
          ['another number', first, 'called', number(first, 'called') + 1],
          ['a number too large', first, 'called', 1_000_000],
          ['another head', first, 'head', number(first, 'head') - 1],
          ['a head after the month', first, 'head', number(first, 'head') + 1],
          ['a later first entry', first, 'first', number(first, 'first') + 3],
          ['another time zone', first, 'timeZone', 'nowhere'],
          ['another pool', second, 'pool', 11],
          ['a list cut short', second, 'wanted', 3],
          ['another digest', second, 'digest', 'f'.repeat(64)],
          ['a first draw that was a second', second, 'draw', 1],
          ['a finding about what was not drawn', stood, 'entry', awards[11]],
          ['a failed one without its reversal', failed, 'proposal', undefined],
        ];
        const names: [string, string | null][] = [];
        for (const [what, act, field, value] of planted) {
          const is = new Map(act.is);
          if (value === undefined) is.delete(field);
          else is.set(field, value);
          const begun = checkRechecks(place);
          for (const one of heard) begun.take?.(one === act ? { ...one, is } : one);
          const bad = await begun.finish({ isFounded: true, isWhole: true });
          names.push([what, bad?.number === act.number ? bad.table : null]);
        }
        const begun = checkRechecks(place);
        for (const one of heard) begun.take?.(one === stood ? { ...one, actorId: people.proposer.id } : one);
        const bad = await begun.finish({ isFounded: true, isWhole: true });
        names.push(['somebody who had a part in it', bad?.number === stood.number ? bad.table : null]);
        return names;
      });
      expect(found.map(([what, table]) => [what, table?.startsWith('journal_facts.')])).toEqual(
        found.map(([what]) => [what, true]),
      );
      expect(found).toContainEqual(['another list', 'journal_facts.drawn']);
      expect(found).toContainEqual(['another head', 'journal_facts.head']);
      expect(found).toContainEqual(['another pool', 'journal_facts.pool']);
      expect(found).toContainEqual(['a failed one without its reversal', 'journal_facts.proposal']);
    });

    it('a draw that was steered and booked past the program is named by verify', async () => {
      const { head } = await view(people.other, '2026-11');
      const [only = 0] = await (async () => {
        const { items } = await server.must('ledger.entries', {
          as: admin,
          query: { kind: 'award', limit: 1 },
        });
        return items.map(({ number }) => number);
      })();
      const act: AnyAct = {
        act: 'rechecks.drawn',
        on: 'recheck:2026-11',
        is: {
          ...{ draw: 1, called: 7, calledBy: '', wanted: 1, first: (await firstOf('2026-11')) ?? 0 },
          ...{ head: head?.number ?? 0, timeZone: 'Asia/Shanghai', pool: 1 },
          ...{ drawn: [String(only + 1)], digest: digestOfDrawn([only + 1]) },
        },
      };
      const ledger = createLedger({ clock: () => server.clock.nowMs });
      await server.store.transaction((tx) =>
        bookActs(
          ledger,
          tx,
          {
            ...{ villageId: server.id, actorId: people.proposer.id, via: 'desk', today: '2026-12-02' },
            newId: () => randomBytes(8).toString('hex'),
          },
          [act],
        ),
      );
      expect(await verified()).toMatchObject({ ok: false, bad: { table: 'journal_facts.drawn' } });
    });

    async function firstOf(month: string): Promise<number | undefined> {
      const notice = await server.must('notices.view', {
        as: people.other,
        query: { from: `${month}-01`, to: `${month}-30` },
      });
      return notice.booked?.first;
    }
  });
});
