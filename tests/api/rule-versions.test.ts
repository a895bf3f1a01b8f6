/** A change of a rule counts from a day on: told before, decided by somebody, filed, and taken back as long as it does not count. */
import { and, eq } from 'drizzle-orm';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Tables } from '../../db/index.ts';
import { addDays } from '../../shared/business-day.ts';
import { capOf, PLAIN_RULE } from '../support/capped.ts';
import { handIn, withSecond } from '../support/second-person.ts';
import { type Sent, type StaffCaller, startTestServer, type TestServer } from '../support/server.ts';
import { addHousehold } from '../support/shop.ts';
import { ENGINES } from '../support/stores.ts';

const at = (day: string, time = '10:00') => Date.parse(`${day}T${time}:00+08:00`);

type Change = NonNullable<Sent<'rules.update'>['body']>;

describe.each(ENGINES)('versions of a rule on $engine', ({ engine, missing }) => {
  describe.skipIf(missing)('through the API', () => {
    let server: TestServer;
    let admin: StaffCaller;
    let committee: StaffCaller;
    let approver: StaffCaller;
    let wang: { readonly id: string };
    let codes = 0;
    /** Each rule has a year of its own, so that the clock never goes back. */
    const day = (ofYear: string) => `${String(2027 + codes)}-${ofYear}`;
    const next = (ofYear: string) => `${String(2028 + codes)}-${ofYear}`;
    const decided = () => ({ decidedBy: 'representatives', decidedOn: day('12-02') }) as const;

    beforeAll(async () => {
      server = await startTestServer(engine, { isTold: true });
      wang = await addHousehold(server, 0, '王小明');
      server.clock.nowMs = at('2027-11-01');
      [admin, committee, approver] = [
        await server.asStaff('admin'),
        await server.asStaff('committee'),
        await server.asStaff('approver'),
      ];
    });
    afterAll(() => server.remove());

    const again = (person: StaffCaller) => server.logInAgain(person);
    /** The same people log in again at another time. */
    async function goOn(day: string, time?: string): Promise<void> {
      server.clock.nowMs = at(day, time);
      [admin, committee, approver] = [await again(admin), await again(committee), await again(approver)];
    }
    /** A rule that has counted for so long that its maker may not mend it alone any more. */
    async function oldRule(fields: object = {}): Promise<string> {
      codes += 2;
      await goOn(day('11-10'));
      const body = { ...PLAIN_RULE, points: 100, code: `R${String(codes)}`, ...fields };
      const { id } = await server.must('rules.create', { as: admin, body });
      await goOn(day('12-03'));
      return id;
    }
    const change = (id: string, body: Change) =>
      server.must('rules.update', { as: admin, params: { id }, body });
    const refused = (id: string, body: object) =>
      server.refused('rules.update', { as: admin, params: { id }, body });
    const asTwo = (id: string, body: Change) =>
      withSecond(server, 'rules.update', { as: admin, by: approver, params: { id }, body });
    const withdraw = (id: string, version: number) => ({ as: admin, params: { id }, body: { version } });
    const book = () => server.must('rules.list', { as: admin });
    const counting = async (id: string) => (await book()).items.find((rule) => rule.id === id);
    const versions = async (id: string) =>
      (await server.must('rules.versions', { as: admin, params: { id } })).items;
    const states = async (id: string) => (await versions(id)).map(({ version, state }) => [version, state]);
    /** Proposes a deed, and tells what it is worth under which version. */
    async function proposed(ruleId: string, effectiveOn?: string) {
      const body = { ruleId, householdIds: [wang.id], ...(effectiveOn === undefined ? {} : { effectiveOn }) };
      const { ids } = await server.must('proposals.create', { as: committee, body });
      return deed(ids[0] ?? '');
    }
    async function deed(id: string) {
      const { points, rule, journalNumber } = await server.must('proposals.get', {
        as: committee,
        params: { id },
      });
      return { id, points, version: rule?.version, journalNumber };
    }
    const verified = async () => (await server.http.verifier.verify(server.id)).bad;

    it('values no deed before its day, and every deed from midnight in the village on', async () => {
      const id = await oldRule();
      await asTwo(id, { points: 200, effectiveFrom: day('12-15'), ...decided() });
      expect(await counting(id)).toMatchObject({ version: 1, points: 100 });
      expect((await book()).announced).toMatchObject([
        { id, version: 2, points: 200, effectiveFrom: day('12-15'), ...decided(), filedOn: null },
      ]);
      await goOn(day('12-14'), '23:59');
      const before = await proposed(id);
      expect(before).toMatchObject({ points: 100, version: 1 });
      await goOn(day('12-15'), '00:00');
      // The day of proposing counts, not that of the deed.
      expect(await proposed(id, day('12-14'))).toMatchObject({ points: 200, version: 2 });
      expect(await counting(id)).toMatchObject({ version: 2, points: 200 });
      expect((await book()).announced).toEqual([]);
      expect(await states(id)).toEqual([
        [2, 'counts'],
        [1, 'past'],
      ]);
      // A deed that was proposed before keeps its version when it is approved and posted.
      await server.must('proposals.decide', {
        as: approver,
        body: { action: 'approve', ids: [before.id], reason: '' },
      });
      const posted = await deed(before.id);
      expect(posted).toMatchObject({ points: 100, version: 1 });
      expect(posted.journalNumber).toBeGreaterThan(0);
      expect(await verified()).toBeNull();
    });

    it('holds a deed to the caps of its own day, also when a version comes in between', async () => {
      const id = await oldRule({ caps: [capOf('month', { times: 2 })] });
      await change(id, { caps: [capOf('month', { times: 1 })], effectiveFrom: day('12-15') });
      await goOn(day('12-14'));
      const own = [await proposed(id), await proposed(id)];
      await goOn(day('12-15'));
      const body = { ruleId: id, householdIds: [wang.id] };
      expect(await server.refused('proposals.create', { as: committee, body })).toBe('rule.cap_times');
      const ids = own.map((one) => one.id);
      const decision = { action: 'approve' as const, ids, reason: '' };
      const { journalNumbers } = await server.must('proposals.decide', { as: approver, body: decision });
      expect(journalNumbers).toHaveLength(2);
    });

    it('may be followed by another; nothing begins before what is announced, but a rule is switched off at once', async () => {
      const id = await oldRule();
      await asTwo(id, { points: 200, effectiveFrom: day('12-15') });
      await asTwo(id, { points: 300, effectiveFrom: next('01-01') });
      const household = await server.asHousehold(wang.id);
      const { announced, items } = await server.must('me.rules', { as: household });
      expect(items.find((rule) => rule.id === id)?.points).toBe(100);
      expect(
        announced.flatMap(({ ruleId, on, before, after }) =>
          ruleId === id ? [[on, before?.points, after?.points]] : [],
        ),
      ).toEqual([
        [day('12-15'), 100, 200],
        [next('01-01'), 200, 300],
      ]);
      expect(await refused(id, { points: 50, effectiveFrom: day('12-20') })).toBe('rule.announced');
      expect(await refused(id, { title: '换个说法' })).toBe('rule.announced');
      // The same day is no earlier day: the later decision takes its place.
      await change(id, { points: 250, effectiveFrom: next('01-01') });
      expect(await states(id)).toEqual([
        ...[
          [4, 'announced'],
          [3, 'replaced'],
        ],
        ...[
          [2, 'announced'],
          [1, 'counts'],
        ],
      ]);
      await goOn(day('12-31'), '23:59');
      expect(await counting(id)).toMatchObject({ version: 2, points: 200 });
      await goOn(next('01-01'), '00:00');
      expect(await counting(id)).toMatchObject({ version: 4, points: 250 });
      await change(id, { points: 240, effectiveFrom: next('02-01') });
      await change(id, { enabled: false });
      await goOn(next('02-02'));
      expect(await counting(id)).toMatchObject({ version: 6, enabled: false, points: 250 });
      expect((await states(id)).slice(0, 2)).toEqual([
        [6, 'counts'],
        [5, 'replaced'],
      ]);
      expect(await verified()).toBeNull();
    });

    it('is taken back before its day, and never counts then', async () => {
      const id = await oldRule();
      await asTwo(id, { points: 200, effectiveFrom: day('12-15') });
      await server.must('rules.withdraw', withdraw(id, 2));
      expect(await server.refused('rules.withdraw', withdraw(id, 2))).toBe('rule.version_fixed');
      expect(await server.refused('rules.withdraw', withdraw(id, 1))).toBe('rule.version_fixed');
      expect(await server.refused('rules.withdraw', withdraw(id, 9))).toBe('rule.not_found');
      const [gone] = await versions(id);
      expect(gone).toMatchObject({
        state: 'withdrawn',
        withdrawnBy: 'admin',
        withdrawnAtMs: at(day('12-03')),
      });
      // Another change begins with what counts.
      await change(id, { title: '院子干净', effectiveFrom: day('12-20') });
      await goOn(day('12-25'));
      expect(await proposed(id)).toMatchObject({ points: 100, version: 3 });
      expect(await server.refused('rules.withdraw', withdraw(id, 3))).toBe('rule.version_fixed');
      expect(await verified()).toBeNull();
    });

    it('needs two people to be taken back where it is stricter than what is left', async () => {
      const id = await oldRule();
      await change(id, { points: 50, effectiveFrom: day('12-15') });
      expect(await server.refused('rules.withdraw', withdraw(id, 2))).toBe('change.needs_second');
      const { params, body } = withdraw(id, 2);
      const told = await withSecond(server, 'rules.withdraw', { as: admin, by: approver, params, body });
      expect(told.told.changes.find(({ field }) => field === 'points')).toMatchObject({ was: 50, is: 100 });
      await goOn(day('12-16'));
      expect(await counting(id)).toMatchObject({ points: 100, version: 1 });
      expect(await verified()).toBeNull();
    });

    it('needs two people where it allows more than what would count on its day', async () => {
      const id = await oldRule();
      const body = { points: 200, effectiveFrom: day('12-15') };
      expect(await refused(id, body)).toBe('change.needs_second');
      const handed = await handIn(server, 'rules.update', { as: admin, params: { id }, body });
      const shown = handed.told.changes.find(({ field }) => field === 'effectiveFrom');
      expect(shown).toMatchObject({ was: day('11-10'), is: day('12-15') });
      // Agreed to on a later day, it is the same change.
      await goOn(day('12-06'));
      const agree = { params: { id: handed.id }, body: { mark: handed.mark } };
      await server.must('changes.agree', { as: approver, ...agree });
      // Less than what is announced is no loosening, though it is more than today.
      await change(id, { points: 150, effectiveFrom: day('12-20') });
      expect(await refused(id, { points: 160, effectiveFrom: day('12-25') })).toBe('change.needs_second');
    });

    it('takes no day of the past, none too far, none that is no day', async () => {
      const id = await oldRule();
      const days = [day('12-02'), '1999-01-01', addDays(day('12-03'), 367), addDays(day('12-03'), 9999)];
      for (const effectiveFrom of days)
        expect([effectiveFrom, await refused(id, { points: 50, effectiveFrom })]).toEqual([
          effectiveFrom,
          'rule.day',
        ]);
      for (const effectiveFrom of ['2027-02-30', '2027-13-01', '15/12/2027', 'soon', '', 20271215, null])
        expect([effectiveFrom, await refused(id, { points: 50, effectiveFrom })]).toEqual([
          effectiveFrom,
          'request.invalid',
        ]);
      for (const decidedOn of [day('12-04'), addDays(day('12-03'), 9999)])
        expect(await refused(id, { points: 50, decidedOn })).toBe('rule.meeting_day');
      expect(await refused(id, { points: 50, decidedBy: 'the mayor' })).toBe('request.invalid');
      const fresh = { ...PLAIN_RULE, code: 'X1' };
      const create = (fields: object) =>
        server.refused('rules.create', { as: admin, body: { ...fresh, ...fields } });
      expect(await create({ effectiveFrom: day('12-02') })).toBe('rule.day');
      expect(await create({ decidedOn: day('12-04') })).toBe('rule.meeting_day');
      expect(await states(id)).toEqual([[1, 'counts']]);
    });

    it('is filed afterwards, by an act, and filed again where the day was wrong', async () => {
      const id = await oldRule();
      await change(id, { points: 50, effectiveFrom: day('12-15'), ...decided() });
      const file = (filedOn: string, ...own: readonly number[]) => ({
        as: admin,
        body: { filedOn, versions: own.map((version) => ({ ruleId: id, version })) },
      });
      expect(await server.refused('rules.file', file(day('12-04'), 2))).toBe('rule.meeting_day');
      expect(await server.refused('rules.file', file(day('12-01'), 1, 2))).toBe('rule.meeting_day');
      expect(await server.refused('rules.file', file(day('12-03'), 7))).toBe('rule.not_found');
      expect((await versions(id)).map(({ filedOn }) => filedOn)).toEqual([null, null]);
      expect(await server.must('rules.file', file(day('12-02'), 2))).toEqual({ count: 1 });
      expect(await server.must('rules.file', file(day('12-03'), 1, 2, 2))).toEqual({ count: 2 });
      expect(await server.must('rules.file', file(day('12-03'), 1, 2))).toEqual({ count: 0 });
      expect((await versions(id)).map(({ filedOn }) => filedOn)).toEqual([day('12-03'), day('12-03')]);
      const { items } = await server.must('acts.list', { as: admin, query: { limit: 9 } });
      const filedAgain = items.find(({ act }) => act === 'rules.filed')?.changes ?? [];
      expect(filedAgain.find(({ field }) => field === 'filedVersion')).toMatchObject({ is: 2 });
      expect(filedAgain.find(({ field }) => field === 'filedOn')).toMatchObject({
        was: day('12-02'),
        is: day('12-03'),
      });
      // A later version is not filed because an earlier one was.
      await change(id, { points: 40, effectiveFrom: day('12-16') });
      expect((await versions(id))[0]).toMatchObject({ version: 3, filedOn: null });
      expect(await verified()).toBeNull();
    });

    it('hangs as long as an award in a village with notices; switching off, tighter caps and words need not', async () => {
      const id = await oldRule({ caps: [capOf('month', { times: 3 })] });
      await server.must('village.update', { as: admin, body: { settings: { noticeDays: 5 } } });
      try {
        expect(await book()).toMatchObject({ firstDay: day('12-09'), usualDay: day('12-09') });
        const early = { as: admin, params: { id }, body: { points: 50, effectiveFrom: day('12-08') } };
        const { problem } = await server.call('rules.update', early);
        expect([problem.code, problem.params.first]).toEqual(['rule.day', day('12-09')]);
        for (const body of [
          { title: '院子里外都干净' },
          { caps: [capOf('month', { times: 2 })] },
          { evidence: '照片' },
        ])
          expect(await change(id, body)).toMatchObject({ effectiveFrom: day('12-03'), points: 100 });
        expect(await change(id, { points: 50 })).toMatchObject({ effectiveFrom: day('12-09') });
        const fresh = { ...PLAIN_RULE, code: 'N1', title: '新细则' };
        const made = await server.must('rules.create', { as: admin, body: fresh });
        expect(made).toMatchObject({ version: 1, effectiveFrom: day('12-09') });
        const body = { ruleId: made.id, householdIds: [wang.id] };
        expect(await server.refused('proposals.create', { as: committee, body })).toBe('rule.not_found');
        expect((await book()).announced.map(({ code }) => code)).toContain('N1');
        expect(await change(id, { enabled: false })).toMatchObject({ effectiveFrom: day('12-03') });
        await goOn(day('12-09'), '00:00');
        expect(await proposed(made.id)).toMatchObject({ points: 500, version: 1 });
        expect(await counting(id)).toMatchObject({ enabled: false });
      } finally {
        await withSecond(server, 'village.update', {
          ...{ as: admin, by: approver, body: { settings: { noticeDays: null } } },
        });
      }
      expect(await verified()).toBeNull();
    });

    it('counts at once in the book that a village begins with', async () => {
      const fresh = await server.addVillage('新村', false);
      await server.must('village.update', { as: fresh.admin, body: { settings: { noticeDays: 5 } } });
      const body = { ...PLAIN_RULE, code: 'A1' };
      const made = await server.must('rules.create', { as: fresh.admin, body });
      const { items, announced, firstDay } = await server.must('rules.list', { as: fresh.admin });
      expect([items.length, announced.length, made.effectiveFrom]).toEqual([1, 0, firstDay]);
    });

    it('is held to the book: a day, a meeting or a filing that somebody wrote is named', async () => {
      const id = await oldRule();
      await change(id, { points: 50, effectiveFrom: day('12-15'), ...decided() });
      const tried = [
        [{ effectiveFrom: day('12-04') }, 'rule_versions.effective_from'],
        [{ decidedBy: 'assembly' }, 'rule_versions.decided_by'],
        [{ decidedOn: day('12-01') }, 'rule_versions.decided_on'],
        [{ filedOn: day('12-01') }, 'rule_versions.filed_on'],
        [{ withdrawnBy: 'admin', withdrawnAtMs: 1 }, 'rule_versions.withdrawn_by'],
      ] as const;
      const [before] = await rowOf(id, 2);
      for (const [fields, table] of tried) {
        await store(id, 2, fields);
        expect((await verified())?.table).toBe(table);
        await store(id, 2, before ?? {});
      }
      expect(await verified()).toBeNull();
    });

    const which = ({ ruleVersions }: Pick<Tables, 'ruleVersions'>, id: string, version: number) =>
      and(eq(ruleVersions.ruleId, id), eq(ruleVersions.version, version));
    const rowOf = (id: string, version: number) =>
      server.store.read(({ db, t }) =>
        db
          .select()
          .from(t.ruleVersions)
          .where(which(t, id, version)),
      );
    /** Writes into a version of a rule, past the program. */
    const store = (id: string, version: number, fields: Partial<Tables['ruleVersions']['$inferSelect']>) =>
      server.store.transaction(({ db, t }) =>
        db
          .update(t.ruleVersions)
          .set(fields)
          .where(which(t, id, version))
          .returning({ version: t.ruleVersions.version }),
      );
  });
});
