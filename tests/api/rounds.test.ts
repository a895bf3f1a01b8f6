import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { bookActs, runChecks } from '../../server/acts/index.ts';
import { checkRounds } from '../../server/rounds/check-book.ts';
import type { AnyAct } from '../../shared/acts/act.ts';
import { businessDay } from '../../shared/business-day.ts';
import { PLAIN_RULE, under } from '../support/capped.ts';
import { createLedger } from '../support/ledger.ts';
import { confirmedSupervisor } from '../support/samples.ts';
import {
  type AnswerOf,
  newKey,
  type StaffCaller,
  startTestServer,
  type TestServer,
} from '../support/server.ts';
import { addHousehold } from '../support/shop.ts';
import { ENGINES } from '../support/stores.ts';

type Marks = (number[] | null)[];

const ITEMS = [
  { name: '齐', most: 2000 },
  { name: '洁', most: 2000 },
];
const BANDS = [
  { least: 3600, points: 1000 },
  { least: 3200, points: 500 },
];
/** By household: a mean of 37, one of 33.5 after rounding, one below all bands, one of 36 with a judge apart. */
const MARKS: readonly Marks[] = [
  [
    [1900, 1800],
    [1700, 1650],
    [1000, 1000],
    [1900, 1900],
  ],
  [
    [1850, 1850],
    [1650, 1700],
    [1100, 1000],
    [1900, 1900],
  ],
  [null, [1700, 1650], [1050, 1000], [1600, 1600]],
];

describe.each(ENGINES)('rounds on $engine', ({ engine, missing }) => {
  describe.skipIf(missing)('through the API', () => {
    let server: TestServer;
    let ruleId = '';
    let cappedId = '';
    let passingId = '';
    let households: { readonly id: string; readonly number: string }[] = [];
    let people: Record<
      'opener' | 'approver' | 'keyer' | 'supervisor' | 'book' | 'one' | 'two' | 'three',
      StaffCaller
    >;
    let today = '';

    beforeAll(async () => {
      server = await startTestServer(engine);
      today = businessDay(server.clock.nowMs, 'Asia/Shanghai');
      const as = server.admin;
      const range = { pointsMode: 'range' as const, points: null, pointsMin: 100, pointsMax: 1000 };
      const rule = (code: string, more = {}) =>
        server.must('rules.create', {
          as,
          body: { ...PLAIN_RULE, ...range, code, title: `庭院 ${code}`, ...more },
        });
      ruleId = (await rule('A1')).id;
      cappedId = (await rule('A2', under('month', { points: 1000 }))).id;
      passingId = (await rule('A3')).id;
      households = [];
      for (const head of ['王一', '王二', '王三', '王四'])
        households.push(await addHousehold(server, 0, head));
      const approver = await server.asStaff('approver');
      const confirmed = async (
        role: 'committee' | 'judge' | 'group_leader' | 'book_keeper',
        kin: string[] = [],
      ) => {
        const person = await server.asStaff(role, { householdIds: kin });
        await server.must('staff.confirm', { as: approver, params: { id: person.id }, body: {} });
        return person;
      };
      people = {
        ...{ approver, opener: await confirmed('committee'), keyer: await server.asStaff('approver') },
        supervisor: await confirmedSupervisor(server, approver),
        book: await confirmed('book_keeper'),
        ...{ one: await confirmed('committee'), two: await confirmed('judge') },
        three: await confirmed('group_leader', [households[0]?.id ?? '']),
      };
    });
    afterAll(() => server.remove());

    const judges = () => [people.one, people.two, people.three];
    function order(more: object = {}) {
      return {
        ...{ name: '十二月美丽庭院', day: today, ruleId, items: ITEMS, bands: BANDS },
        ...{ judgeIds: judges().map(({ id }) => id), householdIds: households.map(({ id }) => id) },
        ...more,
      };
    }
    const open = async (more: object = {}) =>
      (await server.must('rounds.open', { as: people.opener, body: order(more) })).id;
    const refusedOpen = (more: object, as = people.opener) =>
      server.refused('rounds.open', { as, body: order(more) });
    const handIn = (
      id: string,
      place: number,
      more: { as?: StaffCaller; marks?: Marks; versionSeen?: number } = {},
    ) => {
      const judge = judges()[place] ?? people.one;
      const { as = judge, marks = MARKS[place] ?? [], versionSeen = 0 } = more;
      return server.call('rounds.handIn', {
        ...{ as, params: { id } },
        body: { judgeId: judge.id, marks: [...marks], versionSeen },
      });
    };
    const codeOf = async (called: Promise<{ status: number; problem: { code: string } }>) => {
      const { status, problem } = await called;
      return status === 200 ? 'done' : problem.code;
    };
    const view = (id: string, as = people.opener) => server.must('rounds.get', { as, params: { id } });
    const close = (id: string, leftOut = 0, as = people.opener) =>
      server.call('rounds.close', { as, params: { id }, body: { leftOut } });
    const rowsOf = async (batchId: string, as = people.approver) =>
      (await server.must('proposals.list', { as, query: { batchId, order: 'oldest', limit: 50 } })).items;
    async function allHandIn(id: string): Promise<void> {
      for (const place of [0, 1, 2]) expect(await codeOf(handIn(id, place))).toBe('done');
    }
    const verified = async () => {
      const { ok, bad } = await server.must('ledger.verify', { as: server.admin, body: {} });
      return { ok, bad };
    };

    it('are opened by the committee, with what the rule gives and three people who may judge', async () => {
      for (const part of ['two', 'three', 'supervisor', 'approver', 'book'] as const)
        expect(await refusedOpen({}, people[part]), part).toBe('auth.forbidden');
      // Enough people are there: an administrator leaves it to others.
      expect(await refusedOpen({}, server.admin)).toBe('proposal.administrator');
      const { items } = await server.must('rounds.judges', { as: people.opener });
      expect(items.map(({ id }) => id).toSorted()).toEqual(
        [people.opener, people.approver, people.keyer, ...judges()].map(({ id }) => id).toSorted(),
      );
      const [one, two] = judges().map(({ id }) => id);
      const kin = await server.asStaff('committee', { householdIds: [households[0]?.id ?? ''] });
      const cases: [object, string][] = [
        [{ day: '2020-01-01' }, 'round.day'],
        [{ day: '2099-01-01' }, 'round.day'],
        [{ householdIds: [] }, 'round.households'],
        [{ householdIds: ['nobody'] }, 'household.not_found'],
        [{ judgeIds: [one, two, two] }, 'round.judges'],
        [{ judgeIds: [one, two, people.supervisor.id] }, 'round.judges'],
        [{ judgeIds: [one, two, server.admin.id] }, 'round.judges'],
        [{ judgeIds: [one, two, 'nobody'] }, 'staff.not_found'],
        [{ judgeIds: [one, people.three.id, kin.id] }, 'round.kin'],
        [{ bands: [...BANDS].reverse() }, 'round.bands'],
        [{ bands: [{ least: 4001, points: 500 }] }, 'round.bands'],
        [{ bands: [{ least: 3000, points: 1100 }] }, 'rule.points'],
        [{ bands: [{ least: 3000, points: 0 }] }, 'request.invalid'],
        [{ items: [{ name: '齐', most: 2025 }] }, 'request.invalid'],
        [{ items: [{ name: '齐', most: 10_050 }] }, 'request.invalid'],
        [{ ruleId: 'none' }, 'rule.not_found'],
      ];
      for (const [more, code] of cases) expect(await refusedOpen(more), JSON.stringify(more)).toBe(code);
      const minus = await server.must('rules.create', {
        as: server.admin,
        body: { ...PLAIN_RULE, code: 'K1', title: '乱堆', points: -500 },
      });
      expect(await refusedOpen({ ruleId: minus.id })).toBe('round.not_award');
      expect((await server.must('rounds.list', { as: people.opener })).items).toEqual([]);
    });

    it('take whole groups, each household once', async () => {
      const id = await open({ groups: ['第一组'], householdIds: [households[1]?.id ?? ''] });
      expect((await view(id)).households.map(({ number }) => number)).toEqual(
        households.map(({ number }) => number),
      );
      expect(
        await codeOf(
          server.call('rounds.withdraw', { as: people.two, params: { id }, body: { reason: '雨' } }),
        ),
      ).toBe('auth.forbidden');
      await server.must('rounds.withdraw', { as: people.opener, params: { id }, body: { reason: '下雨' } });
      expect((await view(id)).withdrawn).toMatchObject({ reason: '下雨' });
      expect(await codeOf(handIn(id, 0))).toBe('round.state');
      expect(await codeOf(close(id))).toBe('round.state');
      expect(
        await server.refused('rounds.withdraw', {
          as: people.opener,
          params: { id },
          body: { reason: '雨' },
        }),
      ).toBe('round.state');
    });

    it('take marks whole or not at all, and none for the own family', async () => {
      const id = await open();
      const [first = [], second = []] = MARKS;
      const wrong: [number, { as?: StaffCaller; marks?: Marks; versionSeen?: number }, string][] = [
        [0, { marks: first.slice(1) }, 'round.marks'],
        [0, { marks: [[1900], ...first.slice(1)] }, 'round.marks'],
        [0, { marks: [[1900, 2050], ...first.slice(1)] }, 'round.marks'],
        [0, { marks: [[1900, 1825], ...first.slice(1)] }, 'request.invalid'],
        [0, { marks: [[1900, -50], ...first.slice(1)] }, 'request.invalid'],
        // Kin of the first household leaves it out.
        [2, { marks: second }, 'round.own_household'],
        // Judges do not key in for each other, and others who are no staff of it do not at all.
        [1, { as: people.one }, 'round.judge_keys'],
        [0, { as: people.supervisor }, 'auth.forbidden'],
        [0, { as: people.book }, 'auth.forbidden'],
        [0, { versionSeen: 1 }, 'round.changed'],
      ];
      for (const [place, more, code] of wrong)
        expect(await codeOf(handIn(id, place, more)), JSON.stringify(more)).toBe(code);
      const stranger = { judgeId: people.keyer.id, marks: [...first], versionSeen: 0 };
      expect(
        await server.refused('rounds.handIn', { as: people.keyer, params: { id }, body: stranger }),
      ).toBe('round.not_judge');
      expect((await view(id)).judges.every(({ version }) => version === 0)).toBe(true);
      await server.must('rounds.withdraw', { as: people.opener, params: { id }, body: { reason: '重来' } });
    });

    let closedId = '';

    it('show nobody the marks of others before all have handed in', async () => {
      const id = await open();
      closedId = id;
      const toDo = async (as: StaffCaller) => (await server.must('village.summary', { as })).rounds;
      expect(await toDo(people.one)).toEqual({ toMark: 1, toClose: 0 });
      expect(await codeOf(handIn(id, 0))).toBe('done');
      expect(await toDo(people.one)).toEqual({ toMark: 0, toClose: 0 });
      // One of two at once under the same version is refused.
      const both = await Promise.all([handIn(id, 1), handIn(id, 1, { marks: MARKS[0] ?? [] })].map(codeOf));
      expect(both.toSorted()).toEqual(['done', 'round.changed']);
      const seen = async (as: StaffCaller) => {
        const { judges: all, results } = await view(id, as);
        return [results, ...all.map(({ marks }) => marks !== null)];
      };
      for (const part of ['opener', 'approver', 'supervisor', 'three'] as const)
        expect(await seen(people[part]), part).toEqual([null, false, false, false]);
      expect(await seen(people.one)).toEqual([null, true, false, false]);
      expect(await server.refused('rounds.get', { as: people.book, params: { id } })).toBe('auth.forbidden');
      expect(await codeOf(close(id))).toBe('round.sheets_missing');
      // The paper of the third is keyed in, and whoever did it is named beside.
      expect(await codeOf(handIn(id, 2, { as: people.keyer }))).toBe('done');
      const { judges: all, results, mayClose } = await view(id);
      expect(all.map(({ keyedBy, kin }) => [keyedBy !== null, kin])).toEqual([
        [false, []],
        [false, []],
        [true, [0]],
      ]);
      expect(mayClose).toBe(true);
      expect(results).not.toBeNull();
      expect(await toDo(people.opener)).toEqual({ toMark: 0, toClose: 1 });
      expect(await toDo(people.two)).toEqual({ toMark: 0, toClose: 0 });
    });

    it('let a judge correct the own sheet until the end, and others only what was keyed in', async () => {
      const id = closedId;
      const { version = 0 } = (await view(id)).judges[1] ?? {};
      expect(await codeOf(handIn(id, 1, { versionSeen: version }))).toBe('done');
      expect(await codeOf(handIn(id, 1, { as: people.keyer, versionSeen: 2 }))).toBe('round.own_sheet');
      expect(await codeOf(handIn(id, 2, { as: people.keyer, versionSeen: 1 }))).toBe('done');
      expect((await view(id)).judges.map((judge) => judge.version)).toEqual([1, 2, 2]);
      const { results } = await view(id);
      expect(
        results?.map(({ mean, least, most, apart, points }) => [mean, least, most, apart, points]),
      ).toEqual([
        // Two judges: 37 and 37.
        [3700, 3700, 3700, null, 1000],
        [3350, 3350, 3350, null, 500],
        [2050, 2000, 2100, null, null],
        // 38, 38 and 32: a mean of 36, and the third stands apart.
        [3600, 3200, 3800, 2, 1000],
      ]);
    });

    it('propose the awards when they are closed, once, as any award is proposed', async () => {
      const id = closedId;
      expect(await codeOf(close(id, 0, people.two))).toBe('auth.forbidden');
      expect(await codeOf(close(id, 0, server.admin))).toBe('proposal.administrator');
      expect(await codeOf(close(id, 1))).toBe('round.left_out');
      const both = await Promise.all([close(id), close(id)].map(codeOf));
      expect(both.toSorted()).toEqual(['done', 'round.state']);
      const { closed, results } = await view(id);
      expect(closed).toMatchObject({ awards: 3, total: 2500, leftOut: 0 });
      expect(results?.map(({ points }) => points)).toEqual([1000, 500, null, 1000]);
      expect(await codeOf(handIn(id, 0, { versionSeen: 1 }))).toBe('round.state');
      const rows = await rowsOf(closed?.batchId ?? '');
      expect(rows.map(({ points, note, effectiveOn }) => [points, note, effectiveOn])).toEqual([
        [1000, '评比第 3 轮 · 2 位评委 · 平均 37 分（37～37）', today],
        [500, '评比第 3 轮 · 3 位评委 · 平均 33.5 分（33.5～33.5）', today],
        [1000, '评比第 3 轮 · 3 位评委 · 平均 36 分（32～38）', today],
      ]);
      expect(rows.every(({ state }) => state === 'proposed')).toBe(true);
      expect(await verified()).toEqual({ ok: true, bad: null });
    });

    it('are approved by nobody who judged or keyed in', async () => {
      const { closed } = await view(closedId);
      const rows = await rowsOf(closed?.batchId ?? '', people.keyer);
      expect(rows.map(({ whyNot, mayDecide }) => [whyNot, mayDecide])).toEqual(
        rows.map(() => ['judged', false]),
      );
      const ids = rows.map(({ id }) => id);
      const decide = (as: StaffCaller) =>
        server.call('proposals.decide', { as, body: { action: 'approve', ids } });
      expect(await codeOf(decide(people.keyer))).toBe('proposal.judged');
      expect(await codeOf(decide(people.approver))).toBe('done');
      const balance = async (place: number) =>
        (
          await server.must('households.get', {
            as: people.opener,
            params: { id: households[place]?.id ?? '' },
          })
        ).balance;
      expect([await balance(0), await balance(1), await balance(2), await balance(3)]).toEqual([
        1000, 500, 0, 1000,
      ]);
      expect(await verified()).toEqual({ ok: true, bad: null });
    });

    it('stand in the own file of a household, with what each judge gave', async () => {
      const { data } = await server.call('households.personalData', {
        as: server.admin,
        params: { id: households[3]?.id ?? '' },
      });
      const file = data instanceof Blob ? await data.text() : JSON.stringify(data);
      expect(file).toContain('评比得分');
      expect(file).toMatch(/"平均分":\s*"36"/);
    });

    it('leave out who is at a cap, once the caller has seen how many', async () => {
      const as = people.opener;
      const householdIds = [households[3]?.id ?? ''];
      await server.must('proposals.create', { as, body: { ruleId: cappedId, householdIds, points: 500 } });
      const id = await open({ ruleId: cappedId });
      await allHandIn(id);
      const { results } = await view(id);
      expect(results?.map(({ points, leftOut }) => [points, leftOut])).toEqual([
        [1000, null],
        [500, null],
        [null, null],
        [1000, 'cap'],
      ]);
      expect(await codeOf(close(id, 0))).toBe('round.left_out');
      expect(await codeOf(close(id, 1))).toBe('done');
      const now = await view(id);
      expect(now.closed).toMatchObject({ awards: 2, total: 1500, leftOut: 1 });
      expect(now.results?.map(({ points }) => points)).toEqual([1000, 500, null, null]);
      expect(await verified()).toEqual({ ok: true, bad: null });
    });

    it('close without a batch where no result reaches a band, and are refused when the rule is off or the day is to come', async () => {
      const low = await open({ bands: [{ least: 4000, points: 500 }] });
      await allHandIn(low);
      expect((await close(low)).data).toMatchObject({ batchId: null, awards: 0 });
      const later = await open({ day: businessDay(server.clock.nowMs + 2 * 86_400_000, 'Asia/Shanghai') });
      await allHandIn(later);
      const leftOut = async (id: string) =>
        (await view(id)).results?.filter((one) => one.leftOut !== null).map((one) => one.leftOut);
      expect(await leftOut(later)).toEqual(['rule', 'rule', 'rule']);
      expect(await codeOf(close(later, 3))).toBe('proposal.future_day');
      const off = await open({ ruleId: passingId });
      await allHandIn(off);
      await server.must('rules.update', {
        as: server.admin,
        params: { id: passingId },
        body: { enabled: false },
      });
      expect(await codeOf(close(off, 3))).toBe('rule.disabled');
    });

    it('are listed newest first, page by page', async () => {
      const all = await server.must('rounds.list', { as: people.two });
      expect(all.items.map(({ number }) => number)).toEqual([7, 6, 5, 4, 3, 2, 1]);
      const numbers: number[] = [];
      let before: number | undefined;
      do {
        const page: AnswerOf<'rounds.list'> = await server.must('rounds.list', {
          as: people.two,
          query: { before, limit: 3 },
        });
        numbers.push(...page.items.map(({ number }) => number));
        before = page.next === null ? undefined : Number(page.next);
      } while (before !== undefined);
      expect(numbers).toEqual([7, 6, 5, 4, 3, 2, 1]);
    });

    it('whose acts were changed are named', async () => {
      const named = await server.store.read(async (reader) => {
        const at = { reader, villageId: server.id, giveWay: () => Promise.resolve() };
        const heard: Parameters<NonNullable<ReturnType<typeof checkRounds>['take']>>[0][] = [];
        const listen = () => ({
          take: (act: (typeof heard)[number]) => heard.push(act),
          finish: () => Promise.resolve(null),
        });
        expect(await runChecks(at, [listen, checkRounds])).toBeNull();
        const closing = heard.find(({ act }) => act === 'rounds.closed');
        const sheet = heard.find(({ act }) => act === 'rounds.handed_in');
        const planted = [
          [closing, 'results', ['3750 1000', '3350 500', '2050 0', '3600 1000']],
          [closing, 'results', ['3700 1000', '3350 1000', '2050 0', '3600 1000']],
          [sheet, 'judge', people.keyer.id],
          [sheet, 'version', 2],
          [sheet, 'marks', ['20 20']],
          [sheet, 'marks', ['20 20', '20', '-', '20 20']],
        ] as const;
        const found: (string | undefined)[] = [];
        for (const [act, field, value] of planted) {
          const begun = checkRounds(at);
          const is = new Map(act?.is ?? []).set(field, value);
          for (const one of heard) begun.take?.(one === act ? { ...one, is } : one);
          found.push((await begun.finish({ isFounded: true, isWhole: true }))?.table);
        }
        return found;
      });
      expect(named).toEqual([
        ...['journal_facts.results', 'journal_facts.results', 'journal_facts.judge'],
        ...['journal_facts.version', 'journal_facts.marks', 'journal_facts.marks'],
      ]);
    });

    it('a result that was booked past the program is named by verify', async () => {
      const id = await open();
      await allHandIn(id);
      const act: AnyAct = {
        act: 'rounds.closed',
        on: `round:${id}`,
        is: { results: ['4000 1000', '3350 500', '2050 0', '3600 1000'], awards: 3, total: 2500, leftOut: 0 },
      };
      const ledger = createLedger({ clock: () => server.clock.nowMs });
      const by = {
        villageId: server.id,
        actorId: people.opener.id,
        via: 'desk',
        today,
        newId: newKey,
      } as const;
      await server.store.transaction((tx) => bookActs(ledger, tx, by, [act]));
      const { ok, bad } = await verified();
      expect([ok, bad?.table]).toEqual([false, 'journal_facts.results']);
    });
  });
});
