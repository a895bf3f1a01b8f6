import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { agePin, typePin } from '../support/pins.ts';
import { openRaw } from '../support/raw.ts';
import { withCard } from '../support/presence.ts';
import { basketSample, goodsSample } from '../support/sample-parts.ts';
import { confirmedSupervisor, furnish, listToSign } from '../support/samples.ts';
import { withSecond } from '../support/second-person.ts';
import { type StaffCaller, startTestServer, type TestServer, type TestVillage } from '../support/server.ts';
import { givePoints } from '../support/shop.ts';
import { ENGINES } from '../support/stores.ts';

const DAY_MS = 86_400_000;

describe.each(ENGINES)('the supervisor’s seat on $engine', ({ engine, missing }) => {
  describe.skipIf(missing)('of a village that opens its books', () => {
    let server: TestServer;
    let village: TestVillage;
    let approver: StaffCaller;
    let supervisor: StaffCaller;
    beforeAll(async () => {
      server = await startTestServer(engine);
      village = await server.addVillage('新洼村', false);
      approver = await server.asStaff('approver', { village });
      await server.asKiosk(village);
      const as = village.admin;
      await server.must('households.create', { as, body: { head: '王小明', group: '' } });
      supervisor = await server.asStaff('supervisor', { village });
    });
    afterAll(() => server.remove());

    const next = () => server.must('signatures.next', { as: supervisor });
    const board = async () => {
      const params = { villageId: village.id };
      return (await server.must('board.view', { params })).unsigned;
    };
    const verified = async () => {
      const { ok, bad } = await server.must('ledger.verify', { as: village.admin, body: {} });
      return { ok, bad };
    };

    it('has nothing to sign before, and the board says nothing', async () => {
      expect(await board()).toBeNull();
      expect((await next()).opening).toBeNull();
    });

    it('signs the opening as it was within five days; until then the board says that nobody has', async () => {
      const { head } = await server.must('village.opening', { as: approver });
      await server.must('village.open', { as: approver, body: { head } });
      expect(await board()).toMatchObject({ isOverdue: false });
      await server.must('households.create', { as: village.admin, body: { head: '李四', group: '' } });
      const { opening } = await next();
      expect(opening).toMatchObject({
        isOverdue: false,
        openedBy: 'approver',
        made: { households: 1, head },
      });
      server.clock.nowMs += 6 * DAY_MS;
      village = { ...village, admin: await logInAgain(village.admin) };
      approver = await logInAgain(approver);
      supervisor = await logInAgain(supervisor);
      expect(await board()).toMatchObject({ isOverdue: true, dueOn: opening?.dueOn });
      const body = { kind: 'opening' as const, hash: opening?.hash ?? '', remark: '和纸账对得上' };
      expect(await server.refused('signatures.sign', { as: approver, body })).toBe('auth.forbidden');
      expect(await server.refused('signatures.sign', { as: village.admin, body })).toBe('auth.forbidden');
      const wrong = { ...body, hash: '0'.repeat(64) };
      expect(await server.refused('signatures.sign', { as: supervisor, body: wrong })).toBe(
        'signature.changed',
      );
      const signed = await server.must('signatures.sign', { as: supervisor, body });
      expect(signed).toMatchObject({ by: 'supervisor', roles: ['supervisor'], remark: '和纸账对得上' });
      expect(await server.refused('signatures.sign', { as: supervisor, body })).toBe('signature.signed');
      expect([await board(), (await next()).opening]).toEqual([null, null]);
    });

    it('a supervisor whom an administrator made alone signs nothing', async () => {
      const puppet = await server.asStaff('supervisor', { village });
      const body = await listToSign(server, puppet);
      expect((await server.must('signatures.next', { as: puppet })).maySign).toBe(false);
      expect(await server.refused('signatures.sign', { as: puppet, body })).toBe('signature.unconfirmed');
    });

    it('signs the list with the head of the book, and the next one begins where it ended', async () => {
      const body = { ...(await listToSign(server, supervisor)), remark: '' };
      const { items } = await server.must('village.look', {
        as: supervisor,
        query: { after: body.after, through: body.through },
      });
      expect(items.map(({ kind }) => kind)).toContain('account');
      const signed = await server.must('signatures.sign', { as: supervisor, body });
      expect(signed.head.number).toBe(body.through);
      const document = await server.must('signatures.document', {
        as: approver,
        params: { kind: 'week', id: signed.documentId },
      });
      const frozen = JSON.parse(document.body) as { items: object[]; head: object };
      expect(frozen.items).toHaveLength(items.length);
      expect(frozen.head).toMatchObject({ number: body.through });
      const { week, last, dueOn } = await next();
      expect([week?.after, last?.id, typeof dueOn]).toEqual([body.through, signed.id, 'string']);
      expect(await server.refused('signatures.sign', { as: supervisor, body })).toBe('signature.changed');
    });

    it('is an act of the book, and what everybody of the staff can read', async () => {
      const { items } = await server.must('signatures.list', { as: approver, query: {} });
      expect(items.map(({ kind }) => kind)).toEqual(['week', 'opening']);
      const acts = await server.must('acts.list', {
        as: village.admin,
        query: { act: 'signatures.signed' },
      });
      expect(acts.items).toHaveLength(2);
      expect(await verified()).toEqual({ ok: true, bad: null });
    });

    it('tells of what came since: without card, a new price, another head, a new password', async () => {
      const as = village.admin;
      const { after = 0 } = (await next()).week ?? {};
      const kiosk = await server.asKiosk(village);
      const household = await server.must('households.create', { as, body: { head: '赵六', group: '' } });
      const goods = await server.must('goods.create', { as, body: goodsSample('面粉') });
      await givePoints(server, household.id, 500, village.id);
      const params = { id: goods.id };
      await server.must('goods.update', { as, params, body: { price: 110 } });
      await server.must('goods.update', { as, params, body: { name: '白面' } });
      const ofHousehold = { id: household.id };
      await server.must('households.update', { as, params: ofHousehold, body: { head: '赵小六' } });
      await server.must('staff.resetPassword', { as, params: { id: approver.id }, body: {} });
      await server.must('goods.stockIn', {
        as,
        params,
        body: { quantity: 5, totalCostFen: 500, source: 'bought' },
      });
      const pin = await typePin(server, household.id, as);
      await agePin(server, household.id);
      const basket = { ...basketSample(household.id, goods.id), expectedPoints: 110 };
      const { number } = household;
      const { presence } = await server.must('kiosk.lookup', { as: kiosk, body: { number } });
      const { proof } = await server.must('kiosk.checkPin', {
        as: kiosk,
        body: { householdId: household.id, pin, presence: presence.token },
      });
      const withPin = { ...basket, presence: presence.token, pinProof: proof };
      await server.must('kiosk.redeem', { as: kiosk, body: withPin });
      await server.must('kiosk.redeem', { as: kiosk, body: await withCard(server, kiosk, basket) });
      await withSecond(server, 'goods.stocktake', {
        village,
        as,
        params,
        body: { counted: 1, reason: '月底盘点' },
      });
      const found = await server.must('village.look', { as: supervisor, query: { after, limit: 2 } });
      const more = await server.must('village.look', {
        as: supervisor,
        query: { after, skip: found.next ?? 0, limit: 50 },
      });
      const all = [...found.items, ...more.items];
      expect([all.length, more.next]).toEqual([found.count, null]);
      expect(all.map(({ kind }) => kind)).toEqual([
        ...['loss', 'no_card', 'account', 'identity', 'item_name', 'price', 'new_item', 'account', 'account'],
      ]);
      expect(all.find(({ kind }) => kind === 'price')?.act).toMatchObject({ thing: { name: '白面' } });
    });

    it('verify names a document, a signature or a remark that was altered, and one that is gone', async () => {
      const raw = await openRaw(server.test);
      await raw.disarm();
      const guarded = ['frozen_documents', 'signatures'];
      if (engine === 'postgres')
        for (const table of guarded) await raw.run(`alter table ${table} disable trigger all`);
      const after = async (...statements: string[]) => {
        for (const one of statements) await raw.run(one);
        return (await verified()).bad;
      };
      const of = `where village_id = '${village.id}'`;
      const body = (from: string, to: string) =>
        `update frozen_documents set body = replace(body, '${from}', '${to}') ${of} and kind = 'opening'`;
      expect(await after(body('"households":1', '"households":9'))).toMatchObject({
        ...{ table: 'frozen_documents', check: 'hash' },
      });
      expect(await after(body('"households":9', '"households":1'))).toBeNull();
      const remark = (text: string) => `update signatures set remark = '${text}' ${of} and kind = 'opening'`;
      expect(await after(remark('不看了'))).toMatchObject({ table: 'signatures', check: 'act' });
      expect(await after(remark('和纸账对得上'))).toBeNull();
      expect(await after(`update signatures set signed_by = 'somebody' ${of}`)).toMatchObject({
        ...{ table: 'signatures', check: 'act', found: 'somebody' },
      });
      expect(await after(`update signatures set signed_by = '${supervisor.id}' ${of}`)).toBeNull();
      expect(await after(`delete from signatures ${of} and kind = 'week'`)).toMatchObject({
        ...{ table: 'signatures', check: 'missing' },
      });
      await raw.close();
    });

    async function logInAgain(as: StaffCaller): Promise<StaffCaller> {
      const { username, password } = as;
      const { accessToken } = await server.must('session.login', { body: { username, password } });
      return { ...as, headers: { Authorization: `Bearer ${accessToken}` } };
    }
  });

  describe.skipIf(missing)('is append-only in the database', () => {
    it('refuses every change but the erasure of a remark', async () => {
      const server = await startTestServer(engine);
      const approver = await server.asStaff('approver');
      const supervisor = await confirmedSupervisor(server, approver);
      const body = { ...(await listToSign(server, supervisor)), remark: '请王小明家来核对' };
      await server.must('signatures.sign', { as: supervisor, body });
      const raw = await openRaw(server.test);
      async function said(statement: string): Promise<string> {
        try {
          await raw.run(statement);
          return '';
        } catch (error) {
          return String(error);
        }
      }
      for (const change of [
        ...["update frozen_documents set body = '{}'", 'delete from frozen_documents'],
        ...["update signatures set signed_by = 'x'", "update signatures set remark = 'x'"],
        ...[
          'update signatures set remark = null',
          'update signatures set signed_at_ms = 1, remark = null, salt = null',
        ],
        'delete from signatures',
      ])
        expect(await said(change), change).toMatch(/never|only be erased/);
      expect(await said('update signatures set remark = null, salt = null')).toBe('');
      await raw.close();
      const { items } = await server.must('signatures.list', { as: supervisor, query: {} });
      expect(items).toMatchObject([{ remark: '', isErased: true }]);
      expect(await server.must('ledger.verify', { as: server.admin, body: {} })).toMatchObject({ ok: true });
      await server.remove();
    });

    it('a remark that names a household is erased with it, and the signature stands', async () => {
      const server = await startTestServer(engine);
      const { closedId } = await furnish(server, server, '本');
      const approver = await server.asStaff('approver');
      const supervisor = await confirmedSupervisor(server, approver);
      const body = { ...(await listToSign(server, supervisor)), remark: '请本迁家来核对' };
      await server.must('signatures.sign', { as: supervisor, body });
      const { id } = await server.must('households.proposeErasure', {
        as: await server.asStaff('committee'),
        params: { id: closedId },
        body: { reason: '本户要求' },
      });
      await server.must('proposals.decide', { as: approver, body: { action: 'approve', ids: [id] } });
      const { items } = await server.must('signatures.list', { as: supervisor, query: {} });
      expect(items).toMatchObject([{ remark: '', isErased: true, by: 'supervisor' }]);
      expect(await server.must('ledger.verify', { as: server.admin, body: {} })).toMatchObject({ ok: true });
      await server.remove();
    });
  });
});
