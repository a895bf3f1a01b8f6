/** A text that looks like a number, an address, a name or a label keeps a notice from going out, and the public never sees it. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { DAY_MS } from '../../shared/business-day.ts';
import { PLAIN_RULE } from '../support/capped.ts';
import { goodsSample } from '../support/samples.ts';
import { withSecond } from '../support/second-person.ts';
import { type StaffCaller, startTestServer, type TestServer } from '../support/server.ts';
import { addHousehold } from '../support/shop.ts';
import { ENGINES } from '../support/stores.ts';

const HARVEST = '帮秋云山收玉米';
const PLANTING = '高山造林';

describe.each(ENGINES)('texts that go public, on $engine', ({ engine, missing }) => {
  describe.skipIf(missing)('through the API', () => {
    let server: TestServer;
    let admin: StaffCaller;
    let committee: StaffCaller;
    let approver: StaffCaller;
    let second: StaffCaller;
    let supervisor: StaffCaller;
    let harvestId = '';
    let plainId = '';
    let plantingId = '';
    let household: { readonly id: string };
    /** Made, cleared and put up below. */
    let noticeId = '';

    beforeAll(async () => {
      server = await startTestServer(engine, { isTold: true });
      admin = await server.asStaff('admin');
      committee = await server.asStaff('committee');
      approver = await server.asStaff('approver');
      second = await server.asStaff('approver');
      supervisor = await server.asStaff('supervisor');
      await server.must('staff.confirm', { as: approver, params: { id: supervisor.id }, body: {} });
      const rule = (body: object) =>
        server.must('rules.create', { as: admin, body: { ...PLAIN_RULE, ...body } });
      harvestId = (await rule({ code: 'A1', title: HARVEST })).id;
      plainId = (await rule({ code: 'A2', title: '打扫村口' })).id;
      plantingId = (await rule({ code: 'A3', title: PLANTING })).id;
      household = await addHousehold(server, 0, '赵四海');
      await server.must('village.update', { as: admin, body: { settings: { noticeDays: 3 } } });
    });
    afterAll(() => server.remove());

    async function approved(ruleId: string): Promise<string> {
      const body = { ruleId, householdIds: [household.id] };
      const [id = ''] = (await server.must('proposals.create', { as: committee, body })).ids;
      await server.must('proposals.decide', { as: approver, body: { action: 'approve', ids: [id] } });
      return id;
    }
    const again = (person: StaffCaller) => server.logInAgain(person);
    /** A change of a rule counts once it has hung for the days of a notice. The same people log in again. */
    async function onceItCounts(): Promise<void> {
      server.clock.nowMs += 4 * DAY_MS;
      [admin, committee, approver] = [await again(admin), await again(committee), await again(approver)];
      [second, supervisor] = [await again(second), await again(supervisor)];
      Object.assign(server.admin, await again(server.admin));
    }
    const waiting = () => server.must('notices.list', { as: committee });
    const make = async () => (await server.must('notices.make', { as: committee, body: {} })).id;
    const notice = (id: string) => server.must('notices.get', { as: committee, params: { id } });
    const putUp = (id: string) => ({ as: committee, params: { id }, body: {} });
    const board = () => server.must('board.view', { params: { villageId: server.id } });
    const seen = async () => JSON.stringify(await board());

    describe('are looked through where they are typed', () => {
      const rule = (title: string, more: object = {}) => ({
        as: admin,
        body: { ...PLAIN_RULE, code: 'B9', title, ...more },
      });
      it.each([
        ['照料低保户', 'label', '低保'],
        ['找赵四海领工具', 'name', '赵四海'],
        ['建设路18号门前三包', 'address', '路18号'],
        ['报名电话13912345678', 'phone', undefined],
        ['凭11010519491231002X领', 'identity', undefined],
      ])('“%s” is refused as a rule, and the refusal says why', async (title, what, piece) => {
        const { status, problem } = await server.call('rules.create', rule(title));
        expect([status, problem.code]).toEqual([422, 'text.unfit']);
        expect(problem.params).toEqual({ what, ...(piece === undefined ? {} : { piece }) });
        expect(problem.detail).not.toContain('13912345678');
        expect(problem.detail).not.toContain('11010519491231002X');
      });

      it('may stand in a rule that is private or off, and is asked about when that ends', async () => {
        const { id } = await server.must('rules.create', rule('照料五保老人', { isPrivate: true }));
        const { data } = await server.call(
          'rules.create',
          rule('照料特困老人', { code: 'B8', enabled: false }),
        );
        for (const [params, body] of [
          [{ id }, { isPrivate: false }],
          [{ id: data.id }, { enabled: true }],
        ] as const)
          expect(await server.refused('rules.update', { as: admin, params, body })).toBe('text.unfit');
      });

      it('are refused as shop hours and as the name of an item', async () => {
        const settings = { shopHours: '上午开门，找老赵 139-1234-5678' };
        expect(await server.refused('village.update', { as: admin, body: { settings } })).toBe('text.unfit');
        const body = goodsSample('残疾人专用毛巾');
        expect(await server.refused('goods.create', { as: admin, body })).toBe('text.unfit');
      });
    });

    describe('keep a notice from being made', () => {
      let deedId = '';
      let named: { readonly id: string };

      it('as soon as somebody is called so who did not agree', async () => {
        deedId = await approved(harvestId);
        expect((await waiting()).unfit).toEqual([]);
        named = await addHousehold(server, 0, '秋云山');
        const { unfit } = await waiting();
        expect(unfit).toMatchObject([
          {
            ...{ text: HARVEST, ruleId: harvestId, count: 1 },
            findings: [{ kind: 'name', piece: '秋云山', at: 1 }],
            deeds: [{ proposalId: deedId, name: '赵*海' }],
          },
        ]);
        expect(await server.refused('notices.make', { as: committee, body: {} })).toBe('notice.unfit');
      });

      it('until the deed is taken off with a reason', async () => {
        const reason = '细则里写了人名';
        const body = { action: 'recall' as const, ids: [deedId], reason };
        await server.must('proposals.decide', { as: approver, body });
        expect((await waiting()).unfit).toEqual([]);
        const other = await approved(plainId);
        const id = await make();
        expect((await notice(id)).lines.map(({ proposalId }) => proposalId)).toEqual([other]);
      });

      it('until the rule is private: then the deed is in a sum alone', async () => {
        await server.must('proposals.decide', { as: committee, body: { action: 'resubmit', ids: [deedId] } });
        await server.must('proposals.decide', { as: approver, body: { action: 'approve', ids: [deedId] } });
        expect(await server.refused('notices.make', { as: committee, body: {} })).toBe('notice.unfit');
        const params = { id: harvestId };
        await server.must('rules.update', { as: admin, params, body: { isPrivate: true } });
        const shown = await notice(await make());
        expect([shown.lines, shown.unnamed, shown.unfit]).toEqual([[], { entries: 1, points: 500 }, []]);
        const back = { as: admin, params, body: { isPrivate: false } };
        expect(await server.refused('rules.update', back)).toBe('text.unfit');
      });

      it('until the person agrees to be named', async () => {
        const body = { showsName: true };
        await server.must('households.update', { as: admin, params: { id: named.id }, body });
        const params = { id: harvestId };
        await server.must('rules.update', { as: admin, params, body: { isPrivate: false } });
        await onceItCounts();
        await approved(harvestId);
        expect((await waiting()).unfit).toEqual([]);
      });
    });

    describe('that were taken for it by mistake', () => {
      const asked = (piece: string, kind: 'name' | 'label' | 'address' = 'name') => ({
        as: admin,
        body: { text: PLANTING, kind, piece },
      });

      it('keep a notice that is made from being put up, and the board from showing a deed of one that hangs', async () => {
        await approved(plantingId);
        noticeId = await make();
        await addHousehold(server, 0, '高山');
        const { unfit, board: preview, hash } = await notice(noticeId);
        expect(unfit).toMatchObject([{ text: PLANTING, findings: [{ kind: 'name', piece: '高山' }] }]);
        expect(JSON.stringify(preview)).not.toContain(PLANTING);
        await server.must('notices.review', { as: supervisor, params: { id: noticeId }, body: { hash } });
        expect(await server.refused('notices.putUp', putUp(noticeId))).toBe('notice.unfit');
      });

      it('are cleared by a second person, in this text alone', async () => {
        expect(await server.refused('texts.clear', asked('高山'))).toBe('change.needs_second');
        expect(await server.refused('texts.clear', asked('造林'))).toBe('text.fit');
        expect(await server.refused('texts.clear', asked('高山', 'label'))).toBe('text.fit');
        const sent = asked('高山');
        const change = await withSecond(server, 'texts.clear', { ...sent, by: second, reason: '说的是山' });
        expect(change.state).toBe('agreed');
        expect((await notice(noticeId)).unfit).toEqual([]);
        expect(await server.refused('texts.clear', asked('高山'))).toBe('text.fit');
        const other = { ...PLAIN_RULE, code: 'A4', title: '找高山修树' };
        expect(await server.refused('rules.create', { as: admin, body: other })).toBe('text.unfit');
        const { items } = await server.must('acts.list', { as: admin, query: { act: 'texts.' } });
        expect(items).toHaveLength(1);
        expect(JSON.stringify(items)).not.toContain('高山');
        expect((await server.http.verifier.verify(server.id)).bad).toBeNull();
      });

      it('and the board then shows what the preview showed', async () => {
        const { board: preview } = await notice(noticeId);
        expect(preview?.deeds.map(({ title, names }) => [title, names])).toContainEqual([
          PLANTING,
          ['赵*海'],
        ]);
        await server.must('notices.putUp', putUp(noticeId));
        const shown = (await board()).notices.find(({ number }) => number === preview?.number);
        expect(shown).toEqual({ ...preview, isUp: true });
      });

      it('leave no name behind when the household is forgotten', async () => {
        const { items } = await server.must('households.list', { as: admin, query: { q: '高山' } });
        const params = { id: items[0]?.id ?? '' };
        const decide = (id: string) =>
          server.must('proposals.decide', { as: second, body: { action: 'approve', ids: [id] } });
        const leaving = { kind: 'departure', toId: null, reason: '迁走' } as const;
        await decide(
          (await server.must('households.proposeChange', { as: committee, params, body: leaving })).id,
        );
        const erasure = { reason: '本户要求' };
        await decide(
          (await server.must('households.proposeErasure', { as: committee, params, body: erasure })).id,
        );
        const rows = await server.store.read(({ db, t: { changes } }) => db.select().from(changes));
        const cleared = rows.filter(({ operation }) => operation === 'texts.clear');
        expect(cleared).toMatchObject([{ told: null, input: null, reason: '' }]);
        expect((await server.http.verifier.verify(server.id)).bad).toBeNull();
      });

      it('never for a number', async () => {
        const body = { text: '电话13912345678', kind: 'phone', piece: '13912345678' } as never;
        expect((await server.call('texts.clear', { as: admin, body })).status).toBe(400);
      });
    });

    describe('that were public and hold a name now', () => {
      it('leave the board at once, and the printed notice of these days', async () => {
        expect(await seen()).toContain(HARVEST);
        const { items } = await server.must('households.list', { as: admin, query: { q: '秋云山' } });
        const params = { id: items[0]?.id ?? '' };
        await server.must('households.update', { as: admin, params, body: { showsName: false } });
        expect(await seen()).not.toContain(HARVEST);
        expect((await notice(noticeId)).unfit).toHaveLength(1);
      });
    });

    it('are no reasons of answers to objections', async () => {
      const receive = { kind: 'complaint', words: '没叫我们组' } as const;
      const { id } = await server.must('objections.receive', { as: committee, body: receive });
      const answer = (reason: string) =>
        server.call('objections.answer', {
          as: second,
          params: { id },
          body: { outcome: 'rejected', reason },
        });
      for (const reason of ['问过赵四海', '打过13912345678', '他是低保户', '三组12号的人都在'])
        expect((await answer(reason)).problem.code).toBe('text.unfit');
      expect((await server.must('objections.get', { as: second, params: { id } })).state).toBe('open');
      expect((await answer('问过三个人')).status).toBe(200);
    });
  });
});
