import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { addDays, businessDay } from '../../shared/business-day.ts';
import type { FrozenHandover } from '../../shared/handovers/pack.ts';
import { openRaw } from '../support/raw.ts';
import { goodsSample } from '../support/sample-parts.ts';
import { confirmedSupervisor } from '../support/samples.ts';
import { PASSWORD, type StaffCaller, startTestServer, type TestServer } from '../support/server.ts';
import { givePoints } from '../support/shop.ts';
import { ENGINES } from '../support/stores.ts';

const DAY_MS = 86_400_000;

describe.each(ENGINES)('a hand-over at a change of committee, on $engine', ({ engine, missing }) => {
  describe.skipIf(missing)('through the API', () => {
    let server: TestServer;
    let approver: StaffCaller;
    let supervisor: StaffCaller;
    let old: StaffCaller;
    let next: StaffCaller;
    let id = '';
    beforeAll(async () => {
      server = await startTestServer(engine);
      approver = await server.asStaff('approver');
      supervisor = await confirmedSupervisor(server, approver);
      old = await confirmed('committee');
      next = await confirmed(['committee', 'judge']);
      const as = server.admin;
      const household = await server.must('households.create', { as, body: { head: '王小明', group: '' } });
      await givePoints(server, household.id, 500);
      const goods = await server.must('goods.create', { as, body: goodsSample('大米') });
      await server.must('goods.stockIn', {
        as,
        params: { id: goods.id },
        body: { quantity: 7, totalCostFen: 35_000, source: 'bought' },
      });
      await server.asKiosk();
    });
    afterAll(() => server.remove());

    const today = () => businessDay(server.clock.nowMs, 'Asia/Shanghai');
    const start = (
      as: StaffCaller,
      body: Partial<Record<'fromStaffId' | 'toStaffId' | 'changedOn', string>> = {},
    ) =>
      server.call('handovers.start', {
        as,
        body: { fromStaffId: old.id, toStaffId: next.id, changedOn: today(), ...body },
      });
    const read = (as = old) => server.must('handovers.get', { as, params: { id } });
    const sign = (as: StaffCaller, body: Partial<Record<'hash' | 'password' | 'remark', string>> = {}) =>
      read().then(({ hash }) =>
        server.call('handovers.sign', {
          as,
          params: { id },
          body: { hash, password: PASSWORD, remark: '', ...body },
        }),
      );
    const codeOf = async (called: ReturnType<typeof sign> | ReturnType<typeof start>) => {
      const { status, problem } = await called;
      return status === 200 ? 'done' : problem.code;
    };
    const verified = async () => {
      const { ok, bad } = await server.must('ledger.verify', { as: server.admin, body: {} });
      return { ok, bad };
    };
    async function confirmed(roles: Parameters<TestServer['asStaff']>[0]): Promise<StaffCaller> {
      const person = await server.asStaff(roles);
      await server.must('staff.confirm', { as: approver, params: { id: person.id }, body: {} });
      return person;
    }

    it('is started by an administrator or the committee, between two people who are no supervisors', async () => {
      expect(await codeOf(start(approver))).toBe('auth.forbidden');
      expect(await codeOf(start(supervisor))).toBe('auth.forbidden');
      expect(await codeOf(start(server.admin, { toStaffId: 'nobody' }))).toBe('staff.not_found');
      for (const other of [{ toStaffId: old.id }, { fromStaffId: supervisor.id }])
        expect(await codeOf(start(server.admin, other)), JSON.stringify(other)).toBe('handover.people');
      const gone = await confirmed('judge');
      await server.must('staff.update', {
        as: server.admin,
        params: { id: gone.id },
        body: { disabled: true },
      });
      expect(await codeOf(start(server.admin, { toStaffId: gone.id }))).toBe('handover.people');
      for (const days of [1, -367])
        expect(await codeOf(start(server.admin, { changedOn: addDays(today(), days) }))).toBe('handover.day');
      const { items } = await server.must('handovers.people', { as: server.admin });
      const offered = items.map((one) => one.id);
      expect(offered).toEqual(expect.arrayContaining([old.id, next.id, server.admin.id]));
      expect(offered).not.toEqual(expect.arrayContaining([supervisor.id]));
      expect(offered).not.toEqual(expect.arrayContaining([gone.id]));
    });

    it('freezes balances, stock, open matters, accounts, keys and the head; one at a time, also of two at once', async () => {
      const both = await Promise.all([start(server.admin), start(old)]);
      expect(both.map(({ status }) => status).sort()).toEqual([200, 409]);
      id = both.find(({ status }) => status === 200)?.data.id ?? '';
      expect(await codeOf(start(server.admin))).toBe('handover.under_way');
      const shown = await read();
      expect(shown).toMatchObject({
        ...{ state: 'open', isOverdue: false, changedOn: today(), dueOn: addDays(today(), 10) },
        ...{ from: { id: old.id, name: 'committee' }, to: { id: next.id }, signatures: [], waitsForMe: true },
      });
      expect(shown.pack).toMatchObject({
        households: { active: 1, ended: 0, withPoints: 1, points: 500, held: 0 },
        goods: [{ name: '大米', pieces: 7, costFen: 35_000 }],
        stockCostFen: 35_000,
        open: { waiting: { count: 0 }, shifts: 1, unconfirmed: 0 },
        cards: { valid: 1, ended: 0 },
      });
      expect(shown.pack.money.map(({ kind, fen }) => [kind, fen])).toEqual([
        ['funding', 35_000],
        ['stock', 35_000],
      ]);
      expect(shown.pack.staff.map((one) => one.id)).toEqual(expect.arrayContaining([old.id, next.id]));
      expect([shown.pack.kiosks.length, shown.pack.volunteers.length]).toEqual([1, 1]);
      const { body, hash } = await server.must('signatures.document', {
        as: approver,
        params: { kind: 'handover', id },
      });
      const frozen = JSON.parse(body) as FrozenHandover;
      expect([hash, frozen.head.number]).toEqual([shown.hash, shown.head.number]);
      expect(frozen.balances).toMatchObject([{ points: 500, held: 0 }]);
      // No secret leaves with it, and nobody is called by name.
      for (const secret of ['pinHash', 'passwordHash', 'tokenHash', '王小明', 'committee+', 'username'])
        expect(body).not.toContain(secret);
    });

    it('is signed by its two sides alone, each with the own password, on what they saw', async () => {
      expect(await codeOf(sign(server.admin))).toBe('handover.not_side');
      expect(await codeOf(sign(approver))).toBe('handover.not_side');
      expect(await codeOf(sign(supervisor))).toBe('auth.forbidden');
      expect(await codeOf(sign(old, { password: 'not the password' }))).toBe('auth.wrong');
      expect(await codeOf(sign(old, { hash: '0'.repeat(64) }))).toBe('signature.changed');
      expect((await read()).signatures).toEqual([]);
      expect(await codeOf(sign(old, { remark: '钥匙两把' }))).toBe('done');
      expect(await codeOf(sign(old))).toBe('signature.signed');
      expect(await read()).toMatchObject({
        ...{ state: 'open', waitsForMe: false },
        signatures: [{ side: 'from', by: 'committee', remark: '钥匙两把' }],
      });
      expect((await read(next)).waitsForMe).toBe(true);
    });

    it('is not signed for the other side by an account that its maker alone knows, nor by whoever signed before', async () => {
      // The administrator sets the other side a new password and would sign with it.
      const { oneTimePassword } = await server.must('staff.resetPassword', {
        as: server.admin,
        params: { id: next.id },
        body: {},
      });
      const { accessToken } = await server.must('session.login', {
        body: { username: next.username, password: oneTimePassword },
      });
      const taken = { ...next, headers: { Authorization: `Bearer ${accessToken}` } };
      await server.must('session.changePassword', {
        as: taken,
        body: { current: oneTimePassword, next: 'of-the-administrator-1' },
      });
      expect(await codeOf(sign(taken, { password: 'of-the-administrator-1' }))).toBe('signature.unconfirmed');
      // Both sides of one pack are two accounts; the first one's password does not open the second.
      expect(await codeOf(sign(taken, { password: PASSWORD }))).toBe('auth.wrong');
      await server.must('staff.confirm', { as: approver, params: { id: next.id }, body: {} });
      next = { ...taken, password: 'of-the-administrator-1' };
    });

    it('signed by both in time is over: nothing more is signed or withdrawn, and another may be made', async () => {
      const twice = await Promise.all([
        sign(next, { password: next.password }),
        sign(next, { password: next.password }),
      ]);
      expect(twice.map(({ status }) => status).sort()).toEqual([200, 409]);
      expect(await read()).toMatchObject({ state: 'signed', isOverdue: false });
      const gone = { as: server.admin, params: { id }, body: { reason: '不要了' } };
      expect(await server.refused('handovers.withdraw', gone)).toBe('handover.over');
      expect(await codeOf(sign(old))).toBe('signature.signed');
      const { items } = await server.must('acts.list', { as: server.admin, query: { act: 'signatures.' } });
      expect(items).toHaveLength(2);
      expect(await verified()).toEqual({ ok: true, bad: null });
    });

    it('withdrawn while a signature is missing is over, with its reason for all to read', async () => {
      const { data } = await start(old, { fromStaffId: next.id, toStaffId: old.id });
      const params = { id: data.id };
      const body = { reason: '人选错了' };
      expect(await server.refused('handovers.withdraw', { as: approver, params, body })).toBe(
        'auth.forbidden',
      );
      await server.must('handovers.withdraw', { as: old, params, body });
      expect(await server.refused('handovers.withdraw', { as: old, params, body })).toBe('handover.over');
      const { items } = await server.must('handovers.list', { as: supervisor, query: {} });
      expect(items).toMatchObject([
        { id: data.id, state: 'withdrawn', withdrawn: { by: 'committee', reason: '人选错了' } },
        { id, state: 'signed' },
      ]);
      const { hash } = items[0] ?? { hash: '' };
      const late = { as: old, params, body: { hash, password: PASSWORD } };
      expect(await server.refused('handovers.sign', late)).toBe('handover.over');
      expect(await server.refused('handovers.get', { as: old, params: { id: 'nothing' } })).toBe(
        'handover.not_found',
      );
    });

    it('overdue and unsigned stands on the supervisor’s list from the first entry after the day, and on the home page', async () => {
      const { data } = await start(old);
      id = data.id;
      expect(await codeOf(sign(old))).toBe('done');
      server.clock.nowMs += 11 * DAY_MS;
      old = await logInAgain(old);
      next = await logInAgain(next);
      supervisor = await logInAgain(supervisor);
      const admin = await logInAgain(server.admin);
      expect(await read()).toMatchObject({ state: 'open', isOverdue: true });
      const kinds = async () => {
        const { items } = await server.must('village.look', { as: supervisor, query: { limit: 200 } });
        return items.map(({ kind }) => kind);
      };
      expect(await kinds()).not.toContain('handover_late');
      await server.must('households.create', { as: admin, body: { head: '李四', group: '' } });
      expect((await kinds()).filter((kind) => kind === 'handover_late')).toHaveLength(1);
      expect(await kinds()).toContain('handover');
      const home = (as: StaffCaller) =>
        server.must('village.summary', { as }).then(({ handover }) => handover);
      expect(await home(supervisor)).toMatchObject({ id, isOverdue: true, waitsForMe: false });
      expect(await home(next)).toMatchObject({ id, waitsForMe: true });
      // The list that a supervisor signs is the same whenever it is drafted, also once it was signed late.
      const listed = await server.must('signatures.next', { as: supervisor });
      expect(await codeOf(sign(next, { password: next.password }))).toBe('done');
      expect(await read()).toMatchObject({ state: 'signed', isOverdue: true });
      expect(await home(next)).toBeNull();
      const { after = 0, through = 0, hash = '' } = listed.week ?? {};
      const body = { kind: 'week' as const, hash, after, through, remark: '' };
      await server.must('signatures.sign', { as: supervisor, body });
      await server.must('households.create', { as: admin, body: { head: '赵五', group: '' } });
      const { week } = await server.must('signatures.next', { as: supervisor });
      const later = await server.must('village.look', {
        as: supervisor,
        query: { after: week?.after, through: week?.through },
      });
      expect(later.items.map(({ kind }) => kind)).not.toContain('handover_late');
    });

    it('verify names a pack or a signature that was altered in the database', async () => {
      const admin = await logInAgain(server.admin);
      const said = async () => (await server.must('ledger.verify', { as: admin, body: {} })).bad;
      expect(await said()).toBeNull();
      const raw = await openRaw(server.test);
      await raw.disarm();
      if (engine === 'postgres')
        for (const table of ['frozen_documents', 'signatures'])
          await raw.run(`alter table ${table} disable trigger all`);
      const where = `where village_id = '${server.id}' and id = '${id}'`;
      const swap = (from: string, to: string) =>
        raw.run(`update frozen_documents set body = replace(body, '${from}', '${to}') ${where}`);
      await swap('"stockCostFen":35000', '"stockCostFen":25000');
      expect(await said()).toMatchObject({ table: 'frozen_documents', check: 'hash' });
      await swap('"stockCostFen":25000', '"stockCostFen":35000');
      await swap(next.id, old.id);
      expect(await said()).toMatchObject({ table: 'frozen_documents', check: 'hash' });
      await raw.run(`delete from frozen_documents ${where}`);
      expect(await said()).toMatchObject({ table: 'frozen_documents', check: 'act' });
      await raw.run(
        `insert into frozen_documents (village_id, kind, id, hash, body, after_number, head_number, frozen_at_ms)
         select village_id, kind, '${id}', hash, body, after_number, head_number, frozen_at_ms
         from frozen_documents where kind = 'handover' and village_id = '${server.id}' limit 1`,
      );
      expect(await said()).toMatchObject({ table: 'frozen_documents', check: 'act' });
      await raw.close();
    });

    async function logInAgain(as: StaffCaller): Promise<StaffCaller> {
      const { username, password } = as;
      const { accessToken } = await server.must('session.login', { body: { username, password } });
      return { ...as, headers: { Authorization: `Bearer ${accessToken}` } };
    }
  });
});
