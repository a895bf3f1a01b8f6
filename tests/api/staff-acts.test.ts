import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import {
  type Caller,
  newKey,
  type StaffCaller,
  startTestServer,
  type TestServer,
} from '../support/server.ts';
import { furnish } from '../support/samples.ts';
import { withSecond } from '../support/second-person.ts';
import { addHousehold } from '../support/shop.ts';
import { ENGINES } from '../support/stores.ts';

/** The changes of an act, without words and units. */
const plain = (changes: readonly { field: string; was?: unknown; is?: unknown }[]) =>
  changes.map(({ field, was, is }) => [field, was, is]);

describe.each(ENGINES)('acts on people on $engine', ({ engine, missing }) => {
  describe.skipIf(missing)('by an administrator', () => {
    let server: TestServer;
    let as: StaffCaller;
    let committee: StaffCaller;
    let known: StaffCaller;
    let householdId = '';
    let phone: Caller;
    let ruleId = '';
    beforeAll(async () => {
      server = await startTestServer(engine);
      as = server.admin;
      committee = await server.asStaff('committee');
      known = await server.asStaff('approver');
      ({ id: householdId } = await addHousehold(server));
      phone = await server.asHousehold(householdId);
      ({ ruleId } = await furnish(server, server, '本'));
    });
    afterAll(() => server.remove());

    const newest = async (limit: number, act = 'staff.') =>
      (await server.must('acts.list', { as, query: { limit, act } })).items;

    /** An approver's account made by the administrator, logged in after its first change of password, and confirmed. */
    async function makeApprover(username: string, displayName: string): Promise<StaffCaller> {
      const body = { username, displayName, roles: ['approver' as const] };
      const { staff, oneTimePassword } = await server.must('staff.create', { as, body });
      const current = await server.must('session.login', { body: { username, password: oneTimePassword } });
      const first = { id: staff.id, headers: { Authorization: `Bearer ${current.accessToken}` } };
      const password = 'seven grey geese';
      await server.must('session.changePassword', {
        as: first,
        body: { current: oneTimePassword, next: password },
      });
      await server.must('staff.confirm', { as: known, params: { id: staff.id }, body: {} });
      return { id: staff.id, username, password, headers: first.headers };
    }

    async function award(approver: StaffCaller): Promise<number> {
      const deed = { ruleId, householdIds: [householdId], points: 200, note: '' };
      const { ids } = await server.must('proposals.create', { as: committee, body: deed });
      const decision = { action: 'approve' as const, ids, reason: '' };
      const { journalNumbers } = await server.must('proposals.decide', {
        as: approver,
        key: newKey(),
        body: decision,
      });
      return journalNumbers[0] ?? 0;
    }

    /** The name that each way of reading shows for the entry of this number. */
    async function shownFor(number: number): Promise<Record<string, string | undefined>> {
      const { items } = await server.must('ledger.entries', { as });
      const book = await server.must('households.passbook', { as, params: { id: householdId } });
      const own = await server.must('me.passbook', { as: phone });
      const csv = await (await server.must('ledger.export', { as, params: { format: 'csv' } })).text();
      const [line = ''] = csv.split('\r\n').filter((one) => one.startsWith(`${String(number)},`));
      const file = await (
        await server.must('households.personalData', { as, params: { id: householdId } })
      ).text();
      return {
        entries: items.find((one) => one.number === number)?.bookedBy,
        entry: (await server.must('ledger.entry', { as, params: { number } })).bookedBy,
        passbook: book.items.find((one) => one.number === number)?.bookedBy,
        own: own.items.find((one) => one.number === number)?.bookedBy,
        csv: ['李建国', '临时账号', '第三个名字'].find((name) => line.includes(name)),
        file: ['李*国', '临**号', '第***字'].find((name) => file.includes(`"${name}"`)),
        home: (await server.must('village.home', { as })).happened.find((one) => one.number === number)?.by,
      };
    }

    it('keeps the name of the approver who approved, when the account is renamed', async () => {
      const approver = await makeApprover('lijianguo', '李建国');
      const before = await award(approver);
      const rename = (displayName: string) =>
        server.must('staff.update', { as, params: { id: approver.id }, body: { displayName } });
      await rename('临时账号');
      const between = await award(approver);
      await rename('第三个名字');
      await server.must('staff.resetPassword', { as, params: { id: approver.id }, body: {} });

      expect(await shownFor(before)).toMatchObject({
        ...{ entries: '李建国', entry: '李建国', passbook: '李建国', own: '李*国', csv: '李建国' },
        file: '李*国',
      });
      expect(await shownFor(between)).toMatchObject({
        ...{ entries: '临时账号', entry: '临时账号', passbook: '临时账号', own: '临**号', csv: '临时账号' },
      });

      const done = (await newest(6)).map(({ act, by, thing, changes }) => [
        act,
        by,
        thing.name,
        plain(changes),
      ]);
      expect(done).toEqual([
        ['staff.password_reset', 'admin', '第三个名字', []],
        ['staff.changed', 'admin', '第三个名字', [['displayName', '临时账号', '第三个名字']]],
        ['staff.changed', 'admin', '临时账号', [['displayName', '李建国', '临时账号']]],
        ['staff.confirmed', 'approver', '李建国', [['roles', undefined, ['approver']]]],
        ['staff.password_changed', '李建国', '李建国', []],
        [
          'staff.created',
          'admin',
          '李建国',
          [
            ['username', undefined, 'lijianguo'],
            ['displayName', undefined, '李建国'],
            ['roles', undefined, ['approver']],
          ],
        ],
      ]);
      expect(await server.must('ledger.verify', { as, body: {} })).toMatchObject({ ok: true });
    });

    it('shows today’s name to entries after the last renaming', async () => {
      const approver = await makeApprover('zhangwei', '张伟');
      await server.must('staff.update', { as, params: { id: approver.id }, body: { displayName: '张薇' } });
      const number = await award(approver);
      expect(await shownFor(number)).toMatchObject({
        entries: '张薇',
        entry: '张薇',
        passbook: '张薇',
        home: '张薇',
      });
    });

    it('tells roles, kin and disabling apart, and nothing where nothing changed', async () => {
      const body = {
        username: 'chenjing',
        displayName: '陈静',
        roles: ['committee' as const],
        householdIds: [householdId],
      };
      const { staff } = await server.must('staff.create', { as, body });
      const change = (fields: object) =>
        server.must('staff.update', { as, params: { id: staff.id }, body: fields });
      const [declared, created] = await newest(2);
      expect([declared?.act, created?.act]).toEqual(['staff.kin_declared', 'staff.created']);
      expect(declared?.changes).toMatchObject([{ field: 'household', unit: 'household' }]);
      await change({ roles: ['approver', 'committee'], householdIds: [], disabled: true });
      const [withdrawn, changed] = await newest(2);
      expect(withdrawn).toMatchObject({ act: 'staff.kin_withdrawn', thing: { id: staff.id } });
      expect(plain(changed?.changes ?? [])).toEqual([
        ['roles', ['committee'], ['approver', 'committee']],
        ['disabled', false, true],
      ]);
      await change({ roles: ['committee', 'approver'], disabled: true });
      expect((await newest(1))[0]?.number).toBe(withdrawn?.number);
    });

    it('never tells a password', async () => {
      const body = { username: 'zhaoli', displayName: '赵丽', roles: ['shopkeeper' as const] };
      const { staff, oneTimePassword } = await server.must('staff.create', { as, body });
      const again = await server.must('staff.resetPassword', { as, params: { id: staff.id }, body: {} });
      const told = JSON.stringify(await newest(20));
      expect(told).not.toContain(oneTimePassword);
      expect(told).not.toContain(again.oneTimePassword);
      expect(told).not.toContain('seven grey geese');
    });

    it('tells of kin that grew by a split, of the new household and of the one that was closed', async () => {
      const fresh = await addHousehold(server);
      const body = {
        username: 'sunming',
        displayName: '孙明',
        roles: ['committee' as const],
        householdIds: [fresh.id],
      };
      const { staff } = await server.must('staff.create', { as, body });
      const approver = await server.asStaff('approver');
      const change = async (household: string, proposed: object) => {
        const sent = {
          as: committee,
          params: { id: household },
          body: { reason: '分家', ...proposed } as never,
        };
        const { id } = await server.must('households.proposeChange', sent);
        await server.must('proposals.decide', {
          as: approver,
          body: { action: 'approve', ids: [id], reason: '' },
        });
      };
      await change(fresh.id, { kind: 'split', fresh: { head: '孙小明', group: '一组' }, points: 0 });
      const split = (await server.must('acts.list', { as, query: { limit: 3 } })).items;
      expect(split.map(({ act, by, via }) => [act, by, via])).toEqual([
        ['staff.kin_extended', 'approver', 'desk'],
        ['cards.issued', 'approver', 'desk'],
        ['households.created', 'approver', 'desk'],
      ]);
      expect(split[0]?.thing).toMatchObject({ kind: 'staff', id: staff.id, name: '孙明' });
      const made = split[2]?.thing.id ?? '';
      await change(made, { kind: 'merge', intoId: fresh.id });
      const closed = (await server.must('acts.ofHousehold', { as, params: { id: made } })).items;
      expect(closed.map(({ act }) => act)).toEqual([
        'cards.revoked',
        'households.closed',
        'cards.issued',
        'households.created',
      ]);
      expect(closed[1]?.changes).toMatchObject([
        { field: 'successor', is: [expect.stringContaining(fresh.number)] },
      ]);
      expect(JSON.stringify(closed[1]?.changes)).not.toContain(fresh.id);
    });

    it('tells of each setting, of the address and of a step that is noted once', async () => {
      const settings = { pointValueFen: 200, pinAboveHundredths: 5000, shopPhone: '0371-6888123' };
      await withSecond(server, 'village.update', { as, body: { name: '前洼新村', settings } });
      const [changed] = await newest(1, 'village.');
      expect(plain(changed?.changes ?? [])).toEqual([
        ['name', '前洼村', '前洼新村'],
        ['pointValueFen', 100, 200],
        ['pinAboveHundredths', undefined, 5000],
        ['shopPhone', undefined, '0371-6888123'],
        ['proposedBy', undefined, ['admin']],
        ['decidedBy', undefined, ['approver']],
      ]);
      expect(changed?.changes.map(({ unit }) => unit)).toEqual([
        ...['text', 'yuan', 'points', 'text'],
        ...['person', 'person'],
      ]);
      const body = { origin: 'http://192.168.1.10:8080', isKept: true };
      await server.must('address.choose', { as, body });
      const [chosen] = await newest(1, 'address.');
      expect(plain(chosen?.changes ?? [])).toContainEqual(['origin', undefined, 'http://192.168.1.10:8080']);
      await server.must('village.noteStep', { as, body: { step: 'balances' } });
      await server.must('village.noteStep', { as, body: { step: 'balances' } });
      expect((await newest(9, 'village.step_noted')).map(({ changes }) => plain(changes))).toEqual([
        [['step', undefined, 'balances']],
      ]);
    });

    it('tells a household who took its file, also when it took it itself', async () => {
      await (await server.must('households.personalData', { as, params: { id: householdId } })).text();
      await (await server.must('me.personalData', { as: phone })).text();
      const own = (await server.must('me.acts', { as: phone, query: { limit: 2 } })).items;
      expect(own.map(({ act, via }) => [act, via])).toEqual([
        ['households.file_taken', 'phone'],
        ['households.file_taken', 'desk'],
      ]);
      expect(own[1]?.by).toBe('admin');
      expect(own[0]?.by).not.toBe('');
    });
  });

  describe.skipIf(missing)('where a household is erased', () => {
    it('forgets whose kin it was, and tells who approved', async () => {
      const server = await startTestServer(engine);
      const as = server.admin;
      const [committee, approver] = [await server.asStaff('committee'), await server.asStaff('approver')];
      const { id } = await addHousehold(server);
      const body = {
        username: 'sunming',
        displayName: '孙明',
        roles: ['committee' as const],
        householdIds: [id],
      };
      await server.must('staff.create', { as, body });
      const approve = (proposal: string) =>
        server.must('proposals.decide', {
          as: approver,
          body: { action: 'approve', ids: [proposal], reason: '' },
        });
      const leaving = { kind: 'departure' as const, toId: null, reason: '搬到县城' };
      await approve(
        (await server.must('households.proposeChange', { as: committee, params: { id }, body: leaving })).id,
      );
      await approve(
        (
          await server.must('households.proposeErasure', {
            as: committee,
            params: { id },
            body: { reason: '本户要求' },
          })
        ).id,
      );
      const [erased] = (await server.must('acts.list', { as, query: { thing: `household:${id}` } })).items;
      expect(erased).toMatchObject({ act: 'households.erased', by: 'approver', isErased: false });
      const [kin] = (await server.must('acts.list', { as, query: { act: 'staff.kin_declared' } })).items;
      expect(kin).toMatchObject({ changes: [], isErased: true });
      expect(await server.must('ledger.verify', { as, body: {} })).toMatchObject({ ok: true });
      await server.remove();
    });
  });
});
