/** People sign in on the day of an announced event; closing it proposes the awards of all. A late sign-in takes two people. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { capOf, PLAIN_RULE } from '../support/capped.ts';
import { newCardCode } from '../support/presence.ts';
import { handIn, withSecond } from '../support/second-person.ts';
import { type Caller, type StaffCaller, startTestServer, type TestServer } from '../support/server.ts';
import { addHousehold } from '../support/shop.ts';
import { ENGINES } from '../support/stores.ts';

const at = (day: string, time = '10:00') => Date.parse(`${day}T${time}:00+08:00`);
const HOUR_RULE = {
  ...{ ...PLAIN_RULE, code: 'D11', title: '义务劳动', pointsMode: 'perUnit' as const },
  ...{ points: 200, perUnit: '小时' },
};
const reason = '只干了一半';

describe.each(ENGINES)('work days on $engine', ({ engine, missing }) => {
  describe.skipIf(missing)('through the API', () => {
    let server: TestServer;
    let admin: StaffCaller;
    let committee: StaffCaller;
    let leader: StaffCaller;
    let approver: StaffCaller;
    /** May propose and decide; has kept a list once. */
    let both: StaffCaller;
    let hourly = '';
    let fixed = '';
    let wang: { readonly id: string; readonly number: string };
    let zhao: { readonly id: string; readonly number: string };
    let qian: { readonly id: string; readonly number: string };
    let card = '';
    let gone: { readonly id: string };

    beforeAll(async () => {
      server = await startTestServer(engine, { isTold: true });
      const as = server.admin;
      const make = async (body: object) =>
        (await server.must('rules.create', { as, body: { ...HOUR_RULE, ...body } })).id;
      hourly = await make({});
      fixed = await make({ ...PLAIN_RULE, code: 'D6', title: '来了就加' });
      wang = await addHousehold(server, 0, '王小明');
      zhao = await addHousehold(server, 0, '赵四');
      qian = await addHousehold(server, 0, '钱七');
      gone = await addHousehold(server, 0, '孙八');
      card = await newCardCode(server, wang.id);
      admin = await server.asStaff('admin');
      committee = await server.asStaff('committee');
      leader = await server.asStaff('group_leader');
      approver = await server.asStaff('approver');
      both = await server.asStaff(['committee', 'approver']);
      await goOn('2027-11-01');
    });
    afterAll(() => server.remove());

    const again = (person: StaffCaller) => server.logInAgain(person);
    /** The same people log in again at another time. */
    async function goOn(day: string, time?: string): Promise<void> {
      server.clock.nowMs = at(day, time);
      [admin, committee, leader, approver, both] = [
        await again(admin),
        await again(committee),
        await again(leader),
        await again(approver),
        await again(both),
      ];
    }

    async function announce(day: string, more: object = {}): Promise<string> {
      const body = { title: '村道大扫除', day, from: '08:00', until: '11:00', place: '村口', ruleId: hourly };
      return (await server.must('workdays.announce', { as: committee, body: { ...body, ...more } })).id;
    }
    const signIn = (id: string, who: object, as: Caller = leader) =>
      server.call('workdays.signIn', { as, params: { id }, body: who });
    const signedIn = async (id: string, who: object, as: Caller = leader) => {
      const got = await signIn(id, who, as);
      expect([got.status, got.problem]).toEqual([200, got.problem]);
      return got.data.attendanceIds[0] ?? '';
    };
    const signOut = (id: string, body: object, as: Caller = leader) =>
      server.call('workdays.signOut', { as, params: { id }, body });
    const enter = (id: string, items: { householdId: string; member?: string; minutes: number | null }[]) =>
      server.call('workdays.enterList', { as: leader, params: { id }, body: { items } });
    const view = (id: string, as: Caller = approver) => server.must('workdays.get', { as, params: { id } });
    const close = (id: string, count: number, as: Caller = committee) =>
      server.call('workdays.close', { as, params: { id }, body: { count } });
    const change = (op: 'workdays.setHours' | 'workdays.leaveOut', id: string, body: object) =>
      server.call(op, { as: leader, params: { id }, body: { reason, ...body } as never });
    const deedsOf = async (batchId: string | null) =>
      (
        await server.must('proposals.list', {
          as: approver,
          query: { batchId: batchId ?? 'none', order: 'oldest' },
        })
      ).items;
    const decide = (ids: string[], as: Caller = approver) =>
      server.call('proposals.decide', { as, body: { action: 'approve', ids, reason: '' } });
    const pointsOf = async ({ id }: { readonly id: string }) =>
      (await server.must('households.get', { as: committee, params: { id } })).balance;
    const verified = async () => (await server.http.verifier.verify(server.id)).bad;

    it('is announced under a rule by the hour or of fixed points, by those who propose', async () => {
      const body = { title: '清沟', day: '2027-11-02', from: '08:00', until: '11:00', place: '村口' };
      const refused = (more: object, as: Caller = committee) =>
        server.refused('workdays.announce', { as, body: { ...body, ruleId: hourly, ...more } });
      expect(await refused({}, leader)).toBe('auth.forbidden');
      expect(await refused({}, approver)).toBe('auth.forbidden');
      expect(await refused({ day: '2027-10-31' })).toBe('workday.day');
      expect(await refused({ until: '08:00' })).toBe('workday.day');
      expect(await refused({ title: '清沟，报名 13912345678' })).toBe('text.unfit');
      expect(await refused({ place: '王小明家门口' })).toBe('text.unfit');
      const range = { ...PLAIN_RULE, code: 'E1', pointsMode: 'range' as const, points: null };
      const { id: ruleId } = await server.must('rules.create', {
        as: admin,
        body: { ...range, pointsMin: 100, pointsMax: 500 },
      });
      expect(await refused({ ruleId })).toBe('workday.rule');
      const id = await announce('2027-11-02', { title: '修路', most: 30 });
      const board = await server.must('board.view', { params: { villageId: server.id } });
      expect(board.workdays).toEqual([
        {
          ...{ title: '修路', day: '2027-11-02', from: '08:00', until: '11:00', place: '村口' },
          ...{ worth: 'hour', points: 200, most: 30 },
        },
      ]);
      const phone = await server.asHousehold(wang.id);
      expect((await server.must('workdays.own', { as: phone })).upcoming).toEqual(board.workdays);
      await server.must('workdays.cancel', { as: committee, params: { id }, body: { reason: '下雨' } });
      expect((await server.must('board.view', { params: { villageId: server.id } })).workdays).toEqual([]);
      expect(await view(id)).toMatchObject({ state: 'cancelled', reason: '下雨', signIn: 'over' });
      expect((await signIn(id, { number: zhao.number })).problem.code).toBe('workday.state');
      expect((await close(id, 0)).problem.code).toBe('workday.state');
      expect(
        await server.refused('workdays.cancel', { as: committee, params: { id }, body: { reason } }),
      ).toBe('workday.state');
    });

    it('takes sign-ins by card and number on the day, and proposes the hours of all at once', async () => {
      const id = await announce('2027-11-03');
      expect((await signIn(id, { card })).problem.code).toBe('workday.too_early');
      await goOn('2027-11-03', '06:59');
      expect((await signIn(id, { card })).problem.code).toBe('workday.too_early');
      expect((await close(id, 0)).problem.code).toBe('workday.too_early');
      expect((await server.must('village.summary', { as: committee })).workdays).toEqual({ open: 1 });
      await goOn('2027-11-03', '07:00');
      await signedIn(id, { card });
      expect((await signIn(id, { card })).problem.code).toBe('workday.twice');
      expect((await signIn(id, { number: wang.number })).problem.code).toBe('workday.twice');
      await signedIn(id, { card, member: '长子' });
      expect((await signIn(id, { card, member: '长 子' })).problem.code).toBe('workday.twice');
      const lost = card;
      card = await newCardCode(server, wang.id, committee);
      expect((await signIn(id, { card: lost })).problem.code).toBe('card.revoked');
      const wrong = await newCardCode(server, wang.id, committee);
      card = await newCardCode(server, wang.id, committee);
      expect((await signIn(id, { card: wrong })).problem.code).toBe('card.revoked');
      expect((await signIn(id, { card: '123456789012' })).status).toBe(404);
      expect((await signIn(id, { number: '99999' })).problem.code).toBe('household.not_found');
      expect((await signIn(id, { card, number: wang.number })).problem.code).toBe('request.invalid');
      expect((await signIn(id, { card }, approver)).problem.code).toBe('auth.forbidden');
      await goOn('2027-11-03', '08:10');
      await signedIn(id, { number: zhao.number }, both);
      await goOn('2027-11-03', '10:40');
      const qianId = await signedIn(id, { number: qian.number });
      expect((await signOut(id, { number: zhao.number })).data.items).toMatchObject([{ minutes: 150 }]);
      expect((await signOut(id, { number: zhao.number })).problem.code).toBe('attendance.not_found');
      await goOn('2027-11-03', '12:30');
      expect((await signOut(id, { card })).data.items.map(({ minutes }) => minutes)).toEqual([180, 180]);

      const before = await view(id);
      expect(before).toMatchObject({ came: 4, toPropose: 4, wrong: 1 });
      expect(before.attendances.map(({ points, refusal }) => [points, refusal?.zh ?? null])).toEqual([
        [600, null],
        [600, null],
        [500, null],
        [null, '没签退，算不出时长'],
      ]);
      expect((await close(id, 4)).problem.code).toBe('workday.not_whole');
      expect((await close(id, 4, leader)).problem.code).toBe('auth.forbidden');
      expect((await close(id, 4, admin)).problem.code).toMatch(
        /^workday\.not_whole|proposal\.administrator$/,
      );
      expect(await deedsOf(null)).toEqual([]);
      expect((await change('workdays.leaveOut', id, { attendanceId: qianId, isLeftOut: true })).status).toBe(
        200,
      );
      expect((await close(id, 4)).problem.code).toBe('workday.moved_on');
      const { batchId } = (await close(id, 3)).data;
      expect((await close(id, 0)).problem.code).toBe('workday.state');
      const deeds = await deedsOf(batchId);
      expect(
        deeds.map(({ points, note, effectiveOn, proposedBy }) => [points, note, effectiveOn, proposedBy]),
      ).toEqual([
        [600, '村道大扫除（11月3日），3 小时', '2027-11-03', 'committee'],
        [600, '村道大扫除（11月3日），3 小时，长子', '2027-11-03', 'committee'],
        [500, '村道大扫除（11月3日），2.5 小时', '2027-11-03', 'committee'],
      ]);
      const after = await view(id);
      expect(after).toMatchObject({ state: 'closed', toPropose: 0, closedBy: 'committee', signIn: 'late' });
      expect(after.attendances.map(({ deed, isLeftOut }) => [deed?.state ?? null, isLeftOut])).toEqual([
        ['proposed', false],
        ['proposed', false],
        ['proposed', false],
        [null, true],
      ]);
      expect(
        (await change('workdays.leaveOut', id, { attendanceId: after.attendances[0]?.id, isLeftOut: true }))
          .problem.code,
      ).toBe('workday.proposed');
      expect((await signIn(id, { number: qian.number, member: '次子' })).problem.code).toBe(
        'workday.too_late',
      );

      // The keepers of the list have a part in its awards.
      const ids = deeds.map((deed) => deed.id);
      const waiting = async (as: Caller) => (await server.must('proposals.waiting', { as })).waitingForMe;
      expect([await waiting(approver), await waiting(both)]).toEqual([3, 2]);
      expect((await decide(ids.slice(2), both)).problem.code).toBe('proposal.own_entry');
      const kept = await server.must('proposals.get', { as: both, params: { id: ids[2] ?? '' } });
      expect(kept).toMatchObject({ mayDecide: false, whyNot: 'own_entry' });
      expect((await decide(ids)).status).toBe(200);
      expect([await pointsOf(wang), await pointsOf(zhao), await pointsOf(qian)]).toEqual([1200, 500, 0]);
      expect(await verified()).toBeNull();
    });

    it('takes a paper list on the day, all lines or none, and one person of a household', async () => {
      const id = await announce('2027-11-04');
      await goOn('2027-11-04', '20:00');
      const line = (household: { readonly id: string }, minutes: number | null, member = '') => ({
        ...{ householdId: household.id, minutes, member },
      });
      const code = async (...items: Parameters<typeof enter>[1]) => (await enter(id, items)).problem.code;
      expect(await code(line(wang, 60), line(zhao, 210))).toBe('workday.hours');
      expect(await code(line(wang, null))).toBe('workday.hours');
      expect(await code(line(wang, 60), line(wang, 60))).toBe('workday.twice');
      expect(await code({ householdId: 'nobody', minutes: 60 })).toBe('household.not_found');
      expect((await view(id)).attendances).toEqual([]);
      expect((await enter(id, [line(wang, 60), line(wang, 90, '次子'), line(zhao, 180)])).status).toBe(200);
      expect(
        (await view(id)).attendances.map(({ way, minutes, points, inAtMs }) => [
          way,
          minutes,
          points,
          inAtMs,
        ]),
      ).toEqual([
        ['paper', 60, 200, null],
        ['paper', 90, 300, null],
        ['paper', 180, 600, null],
      ]);
      expect(await verified()).toBeNull();
    });

    it('lowers hours with a reason, and raises them with a second person only', async () => {
      const id = await announce('2027-11-04');
      await enter(id, [{ householdId: wang.id, minutes: 120 }]);
      const [one] = (await view(id)).attendances;
      const attendanceId = one?.id ?? '';
      expect((await change('workdays.setHours', id, { attendanceId, minutes: 60 })).status).toBe(200);
      const raise = { attendanceId, minutes: 90, reason: '记少了' };
      expect((await change('workdays.setHours', id, raise)).problem.code).toBe('change.needs_second');
      const sent = { as: committee, params: { id }, body: raise };
      const { id: changeId, mark } = await handIn(server, 'workdays.setHours', sent);
      const agree = (as: Caller) =>
        server.call('changes.agree', { as, params: { id: changeId }, body: { mark } });
      expect((await agree(committee)).problem.code).toBe('auth.forbidden');
      expect((await agree(approver)).status).toBe(200);
      expect((await view(id)).attendances).toMatchObject([
        { minutes: 90, hoursReason: '记少了', hoursBy: 'committee', agreedBy: 'approver' },
      ]);
      // Pages say hours; the table keeps the figures, and says what they count.
      const table = await (await server.must('acts.export', { as: admin })).text();
      expect(table).toContain('时长（分钟）: 60 → 90');
      expect(await verified()).toBeNull();
    });

    it('is entered late by two people alone, and stays marked', async () => {
      const id = await announce('2027-11-05');
      const late = { number: qian.number, member: '老钱', minutes: 120, reason: '卡没带' };
      const sent = { as: committee, params: { id }, body: late };
      expect(await server.refused('workdays.signLate', sent)).toBe('workday.not_late');
      await goOn('2027-11-05', '09:00');
      expect(await server.refused('workdays.signLate', { ...sent, as: committee })).toBe('workday.not_late');
      await signedIn(id, { number: zhao.number });
      await goOn('2027-11-06', '09:00');
      expect((await signIn(id, { number: qian.number })).problem.code).toBe('workday.too_late');
      expect((await enter(id, [{ householdId: qian.id, minutes: 60 }])).problem.code).toBe(
        'workday.too_late',
      );
      expect((await signOut(id, { number: zhao.number })).data.items).toMatchObject([{ minutes: 120 }]);
      const now = { ...sent, as: committee };
      expect(await server.refused('workdays.signLate', now)).toBe('change.needs_second');
      expect(await server.refused('workdays.signLate', { ...now, as: leader })).toBe('auth.forbidden');
      const tooLong = { ...now, body: { ...late, minutes: 240 } };
      expect(await server.refused('workdays.signLate', tooLong)).toBe('workday.hours');
      expect((await view(id)).attendances).toHaveLength(1);

      const kin = await server.asStaff('approver', { householdIds: [qian.id] });
      const handed = await handIn(server, 'workdays.signLate', { ...now, as: both });
      const agree = (as: Caller) =>
        server.call('changes.agree', { as, params: { id: handed.id }, body: { mark: handed.mark } });
      expect((await agree(both)).problem.code).toBe('proposal.own_entry');
      expect((await agree(kin)).problem.code).toMatch(/^proposal\.(?:own_household|before_confirmed)$/);
      expect((await view(id)).attendances).toHaveLength(1);
      expect((await agree(approver)).status).toBe(200);
      expect((await agree(approver)).problem.code).toBe('change.state');
      const seen = await view(id);
      expect(seen).toMatchObject({ came: 2, late: 1, toPropose: 2, wrong: 0 });
      expect(seen.attendances[1]).toMatchObject({
        ...{ isLate: true, way: 'late', member: '老钱', lateReason: '卡没带', minutes: 120 },
        ...{ inBy: 'committee+approver', agreedBy: 'approver', points: 400 },
      });
      const { batchId } = (await close(id, 2)).data;
      const deeds = await deedsOf(batchId);
      expect(deeds.map(({ note }) => note)).toEqual([
        '村道大扫除（11月5日），2 小时',
        '村道大扫除（11月5日），2 小时，老钱，补录',
      ]);
      const { items } = await server.must('proposals.concerns', {
        as: approver,
        query: { batchIds: batchId ?? '' },
      });
      expect(items).toMatchObject([{ count: 1, kinds: [{ kind: 'late', count: 1 }] }]);
      // After closing, too: it is proposed by itself.
      const more = { number: wang.number, minutes: 60, reason: '漏了' };
      await withSecond(server, 'workdays.signLate', { ...now, by: approver, body: more });
      expect(await view(id)).toMatchObject({ state: 'closed', toPropose: 1, late: 2 });
      const again = (await close(id, 1)).data;
      expect((await deedsOf(again.batchId)).map(({ note }) => note)).toEqual([
        '村道大扫除（11月5日），1 小时，补录',
      ]);
      const ids = [...deeds, ...(await deedsOf(again.batchId))].map((deed) => deed.id);
      expect((await decide([ids[1] ?? ''], both)).problem.code).toBe('proposal.own_entry');
      expect((await decide(ids)).status).toBe(200);
      const phone = await server.asHousehold(qian.id);
      const own = (await server.must('workdays.own', { as: phone })).own;
      expect(own[0]).toMatchObject({ title: '村道大扫除', member: '老钱', minutes: 120, isLate: true });
      expect(await verified()).toBeNull();
    });

    it('names who is over a cap before it is closed, and loses nobody else', async () => {
      const { id: ruleId } = await server.must('rules.create', {
        as: admin,
        body: { ...HOUR_RULE, code: 'D12', caps: [capOf('month', { points: 500 })] },
      });
      const id = await announce('2027-11-06', { ruleId, from: '08:00', until: '12:00' });
      await enter(id, [
        { householdId: wang.id, minutes: 150 },
        { householdId: wang.id, member: '次子', minutes: 60 },
        { householdId: zhao.id, minutes: 120 },
      ]);
      const seen = await view(id);
      expect(seen.attendances.map(({ refusal }) => refusal?.zh ?? null)).toEqual([
        null,
        expect.stringContaining('每月最多 5 分'),
        null,
      ]);
      expect((await close(id, 3)).problem.code).toBe('workday.not_whole');
      const attendanceId = seen.attendances[1]?.id;
      await change('workdays.leaveOut', id, { attendanceId, isLeftOut: true, reason: '这个月够了' });
      expect((await view(id)).attendances[1]).toMatchObject({ isLeftOut: true, leftOutReason: '这个月够了' });
      const { batchId, count } = (await close(id, 2)).data;
      expect([count, (await deedsOf(batchId)).map(({ points }) => points)]).toEqual([2, [500, 400]]);
      expect(await verified()).toBeNull();
    });

    it('gives the same for coming under a fixed rule, to so many as there is room for', async () => {
      const id = await announce('2027-11-06', { ruleId: fixed, most: 2 });
      await signedIn(id, { number: wang.number });
      const zhaoId = await signedIn(id, { number: zhao.number });
      expect((await signIn(id, { number: qian.number })).problem.code).toBe('workday.full');
      await change('workdays.leaveOut', id, { attendanceId: zhaoId, isLeftOut: true });
      await signedIn(id, { number: qian.number });
      expect(
        (await change('workdays.leaveOut', id, { attendanceId: zhaoId, isLeftOut: false })).problem.code,
      ).toBe('workday.full');
      const { batchId } = (await close(id, 2)).data;
      expect((await deedsOf(batchId)).map(({ points, note }) => [points, note])).toEqual([
        [500, '村道大扫除（11月6日）'],
        [500, '村道大扫除（11月6日）'],
      ]);
    });

    it('asks for the member where the rule counts by that, and tells the deed', async () => {
      const caps = [
        capOf('year', { scope: 'member', times: 1 }),
        capOf('ever', { scope: 'event', times: 9 }),
      ];
      const body = { ...PLAIN_RULE, code: 'F3', title: '献血', caps };
      const { id: ruleId } = await server.must('rules.create', { as: admin, body });
      const id = await announce('2027-11-06', { ruleId, title: '献血' });
      expect(await view(id)).toMatchObject({ asksMember: true, worth: 'fixed' });
      expect((await signIn(id, { number: wang.number })).problem.code).toBe('workday.member_missing');
      await signedIn(id, { number: wang.number, member: '长子' });
      const { batchId } = (await close(id, 1)).data;
      expect(await deedsOf(batchId)).toMatchObject([{ member: '长子', event: '2027-11-06 献血' }]);
    });

    it('takes one of two that come at once', async () => {
      const id = await announce('2027-11-06', { title: '包饺子' });
      const two = await Promise.all([
        signIn(id, { number: wang.number }),
        signIn(id, { number: wang.number }, committee),
      ]);
      expect(two.map(({ status }) => status).sort()).toEqual([200, 409]);
      await signOut(id, { number: wang.number });
      const [first] = (await view(id)).attendances;
      const [, outcome] = await Promise.all([
        change('workdays.leaveOut', id, { attendanceId: first?.id, isLeftOut: true }),
        close(id, 1),
      ]);
      const now = await view(id);
      // Either it was left out before, and the closing saw another list; or it is proposed, and stays.
      expect(now.attendances[0]?.isLeftOut).toBe(outcome.status !== 200);
      if (outcome.status !== 200) expect((await close(id, 0)).status).toBe(200);
      const closings = await Promise.all([close(id, 0), close(id, 0)]);
      expect(closings.map(({ status }) => status)).toEqual([409, 409]);
      expect(await verified()).toBeNull();
    });

    it('keeps hours when the household is erased, and no names or reasons', async () => {
      await goOn('2027-11-06');
      const id = await announce('2027-11-06', { title: '植树' });
      await enter(id, [{ householdId: gone.id, member: '孙家小妹', minutes: 120 }]);
      const [one] = (await view(id)).attendances;
      await change('workdays.setHours', id, { attendanceId: one?.id, minutes: 60, reason: '小妹先走' });
      await change('workdays.leaveOut', id, { attendanceId: one?.id, isLeftOut: true, reason: '小妹不要分' });
      const params = { id: gone.id };
      const leave = { kind: 'departure', toId: null, reason: '迁走' } as const;
      const left = await server.must('households.proposeChange', { as: committee, params, body: leave });
      expect((await decide([left.id])).status).toBe(200);
      const file = JSON.stringify(await personalFile(gone.id));
      for (const word of ['孙家小妹', '小妹先走', '小妹不要分']) expect(file).toContain(word);
      const erasing = { as: committee, params, body: { reason: '本户要求' } };
      const erasure = await server.must('households.proposeErasure', erasing);
      expect((await decide([erasure.id])).status).toBe(200);
      expect((await view(id)).attendances).toMatchObject([
        { member: '', minutes: 60, isLeftOut: true, leftOutReason: '', hoursReason: '' },
      ]);
      expect(await verified()).toBeNull();
    });

    async function personalFile(id: string): Promise<unknown> {
      const data: unknown = await server.must('households.personalData', { as: admin, params: { id } });
      return data instanceof Blob ? data.text() : data;
    }
  });
});
